# torch.nn.modules.sparse in torch.nn: EmbeddingBag
import torch
from torch import nn
from torch.nn import functional


class EmbeddingBag(nn.Module):
    def __init__(self, num_embeddings, embedding_dim, max_norm=None, norm_type=2.,
                 scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None,
                 include_last_offset=False, padding_idx=None, device=None, dtype=None):
        super().__init__()
        if scale_grad_by_freq or sparse or padding_idx is not None:
            refuse('EmbeddingBag is supported without scale_grad_by_freq, sparse and padding_idx')
        self.max_norm, self.norm_type, self.padding_idx = max_norm, norm_type, padding_idx
        self.scale_grad_by_freq, self.sparse = scale_grad_by_freq, sparse
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.mode = mode
        self.include_last_offset = include_last_offset
        if _weight is None:
            self.weight = nn.Parameter(torch.empty(num_embeddings, embedding_dim, dtype=dtype))
            self.reset_parameters()
        else:
            self.weight = nn.Parameter(_weight)

    def reset_parameters(self):
        nn.init.normal_(self.weight)

    @classmethod
    def from_pretrained(cls, embeddings, freeze=True, max_norm=None, norm_type=2.,
                        scale_grad_by_freq=False, mode='mean', sparse=False,
                        include_last_offset=False, padding_idx=None):
        bag = cls(*embeddings.shape, max_norm, norm_type, scale_grad_by_freq, mode, sparse,
                  embeddings, include_last_offset, padding_idx)
        bag.weight.requires_grad = not freeze
        return bag

    def extra_repr(self):
        mode = self.mode if torch.__version__.startswith('1.') else repr(self.mode)
        text = f'{self.num_embeddings}, {self.embedding_dim}'
        if self.max_norm is not None:
            text += f', max_norm={self.max_norm}'
        if self.norm_type != 2:
            text += f', norm_type={self.norm_type}'
        return text + f', mode={mode}'

    def forward(self, input, offsets=None, per_sample_weights=None):
        return functional.embedding_bag(
            input, self.weight, offsets, self.max_norm, self.norm_type,
            mode=self.mode, per_sample_weights=per_sample_weights,
            include_last_offset=self.include_last_offset)
