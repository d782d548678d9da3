import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(6)


def gradients(value, *leaves):
    print(value)
    value.sum().backward()
    for leaf in leaves:
        print(leaf.grad)
        leaf.grad = None


x = torch.randn(3, 5, requires_grad=True)
y = torch.randn(3, 5, requires_grad=True)
z = torch.randn(3, 5, requires_grad=True)

# Directions and distances.
gradients(F.normalize(x) * y.detach(), x)
gradients(F.normalize(x, p=1, dim=0) * y.detach(), x)
gradients(F.cosine_similarity(x, y), x, y)
gradients(nn.CosineSimilarity(dim=0, eps=0.1)(x, y), x, y)
gradients(F.pairwise_distance(x, y), x, y)
gradients(nn.PairwiseDistance(p=1, keepdim=True)(x, y), x, y)
zeros = torch.zeros(2, 3, requires_grad=True)
gradients(F.cosine_similarity(zeros, torch.ones(2, 3)), zeros)
gradients(F.normalize(zeros), zeros)
points = torch.randn(4, 3)
print(F.cosine_similarity(points[:, None], points[None], dim=-1))
print(torch.cosine_similarity(points[0], points[1], dim=0), torch.pairwise_distance(points, points[0]))

# Losses made of them.
like = torch.tensor([1.0, -1.0, 1.0])
gradients(F.triplet_margin_loss(x, y, z), x, y, z)
gradients(nn.TripletMarginLoss(margin=0.3, p=1, swap=True, reduction="none")(x, y, z), x, y, z)
gradients(F.margin_ranking_loss(x[:, 0], y[:, 0], like, margin=0.5), x, y)
gradients(F.hinge_embedding_loss(x[:, 0], like, reduction="none"), x)
gradients(nn.CosineEmbeddingLoss(margin=0.1)(x, y, like), x, y)
variance = torch.rand(3, 5, requires_grad=True)
gradients(F.gaussian_nll_loss(x, y, variance), x, y, variance)
gradients(nn.GaussianNLLLoss(full=True, eps=0.5, reduction="sum")(x, y, variance), x, y, variance)
gradients(F.gaussian_nll_loss(x, y, variance[:, 0]), x, variance)
counts = torch.tensor([[0.0, 1, 2, 3, 4]] * 3)
gradients(F.poisson_nll_loss(x, counts), x)
gradients(nn.PoissonNLLLoss(log_input=False)(x.exp(), counts), x)
for bad in (torch.ones(5), -torch.ones(3, 5)):
    try:
        F.gaussian_nll_loss(x, y, bad)
    except ValueError as error:
        print(error)

# Their texts.
print(nn.CosineSimilarity(), nn.PairwiseDistance(), nn.TripletMarginLoss(), nn.PoissonNLLLoss())
print(nn.MarginRankingLoss(), nn.HingeEmbeddingLoss(), nn.CosineEmbeddingLoss(), nn.GaussianNLLLoss())
print(nn.TripletMarginLoss(0.2).margin, nn.CosineSimilarity(dim=0).dim)

# Smallest first, and back to more dimensions.
gradients(F.softmin(x, dim=1) * y.detach(), x)
net = nn.Sequential(nn.Linear(5, 6), nn.Unflatten(1, (2, 3)), nn.Softmin(dim=-1))
print(net, net(x), nn.Unflatten(-1, [3, -1])(torch.ones(2, 6)).shape)

# Embeddings of two views are drawn together.
torch.manual_seed(1)
encoder = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 3))
optimizer = torch.optim.Adam(encoder.parameters(), lr=0.05)
for step in range(5):
    a, b = F.normalize(encoder(x.detach()), dim=1), F.normalize(encoder(y.detach()), dim=1)
    loss = F.cross_entropy(a @ b.t() / 0.5, torch.arange(3))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
