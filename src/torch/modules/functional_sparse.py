# torch.nn.functional in torch.nn.functional: embedding_bag
import torch


# The rows of each bag, by their places among the indices.
class EmbeddingBag(torch.autograd.Function):
    @staticmethod
    def forward(ctx, weight, input, bags, mode):
        rows = []
        ctx.input, ctx.bags, ctx.mode, ctx.chosen = input, bags, mode, []
        ctx.save_for_backward(weight)
        for bag in bags:
            total = torch.zeros(weight.shape[1], dtype=weight.dtype)
            if len(bag) and mode == 'max':
                total, chosen = weight[input[bag[0]:bag[-1] + 1]].max(0)
                ctx.chosen.append(chosen)
            else:
                for i in bag:
                    total = total + weight[input[i]]
                if len(bag) and mode == 'mean':
                    total = total / len(bag)
                ctx.chosen.append(None)
            rows.append(total)
        return torch.stack(rows)

    # PyTorch goes through the indices as its sort puts them.
    @staticmethod
    def backward(ctx, grad):
        weight, = ctx.saved_tensors
        dw = torch.zeros_like(weight)
        if ctx.mode == 'max':
            columns = torch.arange(weight.shape[1])
            for bag, chosen, g in zip(ctx.bags, ctx.chosen, grad):
                if chosen is not None:
                    dw[ctx.input[bag[0]:bag[-1] + 1][chosen], columns] += g
            return dw, None, None, None
        bag_of = [b for b, bag in enumerate(ctx.bags) for _ in bag]
        for i in ctx.input.sort()[1].tolist():
            b = bag_of[i]
            scale = 1 / len(ctx.bags[b]) if ctx.mode == 'mean' else 1
            dw[ctx.input[i]].add_(grad[b], alpha=scale)
        return dw, None, None, None


def _bags(count, offsets, include_last_offset):
    starts = offsets.tolist()
    if not starts or starts[0] != 0:
        refuse('offsets of embedding_bag() begin with 0')
    ends = starts[1:] if include_last_offset else starts[1:] + [count]
    return [range(a, b) for a, b in zip(starts, ends)]


def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False,
                  mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False,
                  padding_idx=None):
    if scale_grad_by_freq or sparse or per_sample_weights is not None or padding_idx is not None:
        refuse('embedding_bag() is supported with offsets, max_norm, norm_type, mode and '
               'include_last_offset')
    if mode not in ('sum', 'mean', 'max'):
        raise ValueError('mode has to be one of sum, mean or max')
    if input.dim() == 2:
        if offsets is not None:
            refuse('embedding_bag() of rows of indices takes no offsets')
        n, size = input.shape
        bags = [range(i * size, i * size + size) for i in range(n)]
    elif input.dim() == 1 and offsets is not None:
        bags = _bags(len(input), offsets, include_last_offset)
    else:
        refuse('embedding_bag() takes rows of indices, or one row and offsets')
    if max_norm is not None:
        torch.embedding_renorm_(weight, input, max_norm, norm_type)
    return EmbeddingBag.apply(weight, input.reshape(-1), bags, mode)
