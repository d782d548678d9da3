# torch in torch: embedding_renorm_
import torch


# Each row that the indices name is at most max_norm long from here on.
def embedding_renorm_(input, indices, max_norm, norm_type):
    with torch.no_grad():
        rows = input.clone()
        for i in sorted(set(indices.reshape(-1).tolist())):
            norm = rows[i].norm(norm_type).item()
            if norm > max_norm:
                rows[i] *= max_norm / (norm + 1e-7)
        return input.copy_(rows)
