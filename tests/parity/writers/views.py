"""Views, changes in place, indices: what shares numbers with what, and what its gradient is."""

STATEMENTS = """a = m.«view(-1)|view(2, 6)|view(4, 3)|view(1, 12)|reshape(6, 2)|flatten()»; print(a)
a = m.«t()|T|transpose(0, 1)|mT|swapaxes(0, 1)|permute(1, 0)»; print(a.is_contiguous(), a.stride()); print(a.reshape(-1))
a = m[«0|1:|:, 1|-1, 1:3|::2|:, ::2|None|..., 0|[2, 0]|:, [1, 1]|m > 0|[0, 1], [1, 2]|torch.tensor([1, 0])»]; print(a)
m[«0|:, 1|1:, 2:|[0, 2]|m > 1|::2|1, 2|-1|..., 0»] = «0|$f|m.sum().detach()»; print(m)
m[«0|1»] «+=|*=|-=» «1|$f|v|m[2].detach()»; print(m)
m[:, «0|-1»] «+=|*=» «2|$f»; print(m)
m.«add_(1)|mul_($f)|zero_()|fill_($f)|clamp_(-1, 1)|sub_(v)|div_(2)|neg_()|exp_()|tanh_()|sigmoid_()|relu_()|abs_()|square_()|round_()|pow_(2)|copy_(v)»; print(m)
a = m.clone(); a.«t_()|unsqueeze_(0)|transpose_(0, 1)|squeeze_()»; print(a.shape)
a, b = m.«chunk(2)|split([1, 2])|split(2)|chunk(2, dim=1)»; a«|[0]» «+=|*=» 2; print(m, b)
a = m.unbind(«0|1»); print(a[0], len(a)); a = torch.stack(a«|, 1»); print(a)
a = v.expand(«3, 4|2, 3, 4|3, -1»); print(a.stride(), a.sum(«0|-1»)); print(a.contiguous().stride())
a = m.«narrow(0, 1, 2)|narrow(1, 0, 2)|select(0, 1)|select(1, 2)|diagonal()|diag()|unsqueeze(1)|squeeze()|flip(0)|roll(1, 0)|repeat(1, 2)|tile(2)|repeat_interleave(2, 0)|movedim(0, 1)»; print(a)
a = m.detach(); a«[0]|[:, 0]|» «+=|*=» 1; print(m is a, m)
a = m.data; a.«add_(1)|mul_(2)|zero_()»; print(m)
a = m.«view(-1)|t()|[1]|[:, 2]|view(2, 2, 3)[0]|unsqueeze(0)|flatten()|reshape(-1)[2:5]»; a.«add_(1)|mul_(2)|zero_()|fill_($f)»; print(m)
a = m.«tril()|triu()|triu(1)|tril(-1)|masked_fill(m > 0, 0.0)|where(m > 0, v)|gather(1, torch.tensor([[0], [1], [2]]))|index_select(0, torch.tensor([2, 0]))|scatter(1, torch.tensor([[0], [1], [3]]), 5.0)|take_along_dim(torch.tensor([[1], [0], [2]]), 1)|scatter_add(0, torch.tensor([[0, 1, 2, 0]]), v[None])|index_add(0, torch.tensor([0, 0]), m[:2])|masked_select(m > 0)|cumsum(1)|cumprod(0)|sort(1)[0]|topk(2)[0]|argsort(1).float()|max(1)[0]|amax(0)|median(1)[0]|norm(dim=1)|std(0)|var(1)|prod(1)|logsumexp(0)|softmax(1)»; print(a)
a = torch.«cat([m, m * 2])|stack([m, m + 1], 1)|hstack([m, m])|vstack([m, v])|where(m > 0, m, v)|einsum('ij,j->i', m, v)|einsum('ij,kj->ik', m, m)|outer(v, v)|minimum(m, v)|maximum(m, v)|addmm(m[:, :3], m, m.t())|addmm(m[:, :3], m, m.t(), beta=0.5, alpha=0.3)|column_stack([v, v])|meshgrid(v, v, indexing='ij')[0]|tensordot(m, m, 2)|clamp(m, -0.5, 0.5)|clamp(m, v, v.abs())|clamp_min(m, v)|lerp(m, m * 2, 0.3)|addcmul(m, m, m, value=0.5)|atan2(m, v)|diff(m)|trapz(m)|cov(m)|cdist(m, m)|dist(m, v)|broadcast_to(v, (2, 4))|roll(m, 1, 1)|tril(m)»; print(a)
print(m.«sum()|sum(0)|mean(1, keepdim=True)|max()|min(1)|argmax(1)|argmin()|any()|all()|unique()|nonzero()|tolist()|std()|var(0, unbiased=False)|norm(1)|quantile(0.5)|count_nonzero()|isnan().any()|numel()|dim()|shape|size(1)|stride()|dtype|requires_grad|is_leaf»)
i = torch.tensor($k(4,3)); print(i.«float()|bool()|sum()|max()|long()|unique()|bincount()|sort()[1]|type(torch.float64)|tolist()|clamp(0, 1)», i «+ 1|* 2|// 2|% 2|/ 2|** 2|== 1|< 2|& 1|- 5»)
r = m.new_«zeros(2)|ones(1, 2)|full((2,), 3.0)|tensor([1.0])|empty(0)»; print(r, r.dtype)
m.requires_grad_(); print(m.«sum()|mean()|pow(2).sum()|exp().sum()»)
print(torch.equal(m, m.clone()), torch.allclose(m, m + 1e-9), (m == m.clone()).all())
u = torch.zeros(2, 4); u[0] = v; u[1, 1:3] = v[:2] * 2; print(u)
u = torch.zeros(3, 3); u.diagonal().fill_($f); print(u)
for k, row in enumerate(m): print(k, row«|.sum()|[0].item()»)
print(m.numpy()«.shape||[0]|.tolist()» if not m.requires_grad else m.detach().numpy().shape)
print(m.to(torch.«float64|int64|bool|float32»)«|.dtype», m.double().sum(), m.int()[0])""".split("\n")

GRADIENTS = """y = x * 2; y[«0|:, 1|1:|[0, 2]|y > 0»] «=|+=|*=» «0.0|x.sum()|3.0|x[0, 0]»; y.sum().backward()
y = x.clone(); y.«add_(x)|mul_(2)|mul_(x)|clamp_(-1, 1)|exp_()|zero_()|t_()|sigmoid_()|pow_(2)»; (y «* y|* 3|» ).sum().backward()
y = x.clone(); z = y.«view(-1)|t()|[1]|[:, 0]|flatten()|unsqueeze(0)»; z.«mul_(3)|add_(1)|zero_()|mul_(2)»; (y ** 2).sum().backward()
y = (x * 2).«t()|view(-1)|[1:]|[:, ::2]|expand(2, 3, 4)|permute(1, 0)|chunk(2, 1)[1]|unbind(0)[1]|flip(1)|roll(1)|repeat(2, 1)|diagonal()|tril()|cumsum(0)|sort(1)[0]|topk(2, 1)[0]|max(0)[0]|gather(1, torch.tensor([[0], [3], [1]]))|masked_fill(x > 0, 1.0)|index_select(1, torch.tensor([3, 3]))|norm(dim=0)|std(1)|prod(0)|logsumexp(1)|median(0)[0]|cumprod(1)|amin(1)|squeeze()|reshape(2, 6)»; (y «* y|* 3|.exp()|.sin()|+ 1» ).«sum()|mean()».backward()
y = torch.«cat([x, x * x])|stack([x, x + 1])|where(x > 0, x * 2, -x)|einsum('ij,kj->ik', x, x)|maximum(x, x.flip(0))|outer(x[0], x[1])|matmul(x, x.t())|addmm(x[:, :3], x, x.t())|cdist(x, x * 2)|vstack([x[0], x[1]])|atan2(x, x.flip(1))|logaddexp(x, -x)|clamp(x, x[0], x[1])|clamp_max(x, x[:, :1])|hypot(x, x + 1)|lerp(x, x * x, 0.5)»; y.«sum()|mean()|pow(2).sum()».backward()
with torch.no_grad(): x «-=|+=|*=» 0.1
x.grad = None
x.data «= x.data * 2|[0] = 1.0|+= 1»
y = torch.zeros(3, 4); y[1] = x[0] * 2; y[:, 0] = x[:, 1]; (y * y).sum().backward()
h = x * 3; h.retain_grad(); h[0].sum().backward(); print(h.grad)
l = [r.pow(2).sum() for r in x]; sum(l).backward()""".split("\n")


def write(page):
    page.add("import torch")
    page.add("m = torch.tensor($l(3,4)«|, dtype=torch.float64»)\nv = torch.tensor($l(4)).to(m.dtype)")
    if page.chance(0.5):
        page.add_some(STATEMENTS, 4, 9)
        return
    page.has_zeros = False
    page.add("x = torch.tensor($l(3,4), requires_grad=True)")
    for template in page.r.sample(GRADIENTS, page.r.randint(2, 5)):
        page.add(template)
        # + 0: README names the sign of a zero in the gradient of a change in place
        page.add("print(x.grad + 0)" if page.chance(0.8) else "print(x, x.grad + 0)")
