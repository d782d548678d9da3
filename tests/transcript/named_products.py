# Products by their names, einsum, and batches of matrices that are broadcast.
import torch

torch.manual_seed(3)
x, s = torch.randn(3, 4, requires_grad=True), torch.randn(3, 4, requires_grad=True)
q, v = torch.randn(4, 4, requires_grad=True), torch.randn(4, requires_grad=True)
u, batch = torch.randn(3, requires_grad=True), torch.randn(2, 4, 3, requires_grad=True)
leaves = (x, s, q, v, u, batch)


def show(label, y):
    for leaf in leaves:
        leaf.grad = None
    print(label, y)
    (y * y).sum().backward()
    print([leaf.grad for leaf in leaves if leaf.grad is not None])


show("outer", torch.outer(u, v))
show("ger", u.ger(v))
show("bmm", torch.bmm(batch, batch.transpose(1, 2)))
show("addmm", torch.addmm(v, x, q))
show("addmm", s.addmm(x, q))
show("matrix @ batch", x @ batch)
show("vector @ batch", v @ batch)
show("batch of one", x.unsqueeze(0) @ batch)
for equation, operands in (("ij,ij->", (x, s)), ("ij,kj->ik", (x, s)), ("ij->ji", (x,)),
                           ("ij->j", (x,)), ("ii->i", (q,)), ("ii", (q,)), ("i,j->ij", (u, v)),
                           ("ij,j->i", (x, v)), ("ij,jk", (x, q)), ("bij,jk->bik", (batch, x)),
                           ("...ij->...ji", (batch,)), ("i,ij,j->", (u, x, v)),
                           ("ij,ij->i", (x, s)), ("bij,ji->b", (batch, x)), ("i , i", (v, v))):
    show(equation, torch.einsum(equation, *operands))
print(torch.einsum("ij,jk->ik", [x, q]).shape, torch.einsum("Ab,bC->CA", x, q).shape)
print(torch.einsum("i,j->ij", torch.arange(2), torch.arange(3)))
