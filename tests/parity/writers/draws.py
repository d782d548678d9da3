"""Random numbers: PyTorch's, of the default generator and of others."""

STATEMENTS = """torch.rand(«3|2, 3|(2, 2)|$n|()»«|, generator=g»)
torch.randn(«3|2, 3|17|16|$n»«|, generator=g|, dtype=torch.float64»)
torch.randint(«10, (4,)|2, 9, (2, 3)|-3, 3, (5,)|100, (1,)»«|, generator=g»)
torch.randperm(«5|10|1»«|, generator=g»)
torch.rand_like(«x|m»)
torch.randn_like(«x|m.t()|x»«|, dtype=torch.float64»)
torch.randint_like(x, «5|2, 7»)
torch.bernoulli(«m.abs().clamp(0, 1)|torch.full((5,), 0.3)|torch.rand(4)»«|, generator=g»)
torch.multinomial(«torch.tensor([0.1, 0.2, 0.7])|torch.rand(4)», «2|1|3»«|, generator=g»)
torch.multinomial(torch.tensor([1.0, 2.0, 3.0, 4.0]), «6|2», replacement=True«|, generator=g»)
torch.normal(«0.0, 1.0, (3,)|x, 1.0|x, x.abs()|0.0, x.abs()»«|, generator=g»)
torch.empty(«4|2, 2»).«normal_|uniform_|exponential_|bernoulli_|random_»(«|generator=g»)
torch.empty(3).«normal_(1, 2)|uniform_(-1, 1)|exponential_(2)|bernoulli_(0.7)|random_(5)|random_(2, 6)»
x.clone().«normal_()|uniform_(0, 2)|bernoulli_(«0.2|0.5»)»
torch.zeros(2, 3).t().«normal_()|uniform_()»
F.dropout(«x|m», «0.5|0.2»«|, training=False»)
nn.Dropout(«0.5|0.1»)(m)
nn.Linear(«2, 3|3, 1|4, 2, bias=False»).«weight|weight.data|weight.sum()»
nn.Linear(3, 2).bias
nn.init.«xavier_uniform_|xavier_normal_|kaiming_uniform_|kaiming_normal_|normal_|uniform_|ones_|eye_»(torch.empty(«2, 3|3, 3»))
nn.init.«xavier_uniform_(w, gain=2.0)|kaiming_normal_(w, nonlinearity='relu')|uniform_(w, -0.1, 0.1)|normal_(w, std=0.02)|constant_(w, 0.3)»
nn.Embedding(«4, 3|2, 2»).weight
nn.Embedding(5, 2, padding_idx=0)(torch.tensor([0, «1|4»]))
nn.PReLU(«|2»).weight, nn.LayerNorm(3).weight, nn.BatchNorm1d(2).running_var
g.initial_seed(), torch.initial_seed()
torch.rand(2, generator=torch.Generator().manual_seed($n))
g.manual_seed(«1|99») is g
torch.default_generator.initial_seed()
x[torch.randperm(len(x))]
m[torch.randint(0, 2, (3,))]
torch.rand(«1|700»).sum() > 0.5
torch.rand(5) < 0.5
torch.rand(3, requires_grad=True)
torch.randn(2, 2, dtype=torch.«double|float»).sum(0)
torch.distributions.«Normal(0.0, 1.0)|Bernoulli(0.4)|Categorical(torch.tensor([0.2, 0.8]))».sample(«|(3,)»)""".split("\n")


def write(page):
    page.add("import torch\nfrom torch import nn\nimport torch.nn.functional as F")
    page.add("torch.manual_seed($n)\ng = torch.Generator()\ng.manual_seed(«0|$n|2147483647»)")
    page.add("x = torch.tensor($l(«3|4|5»))\nm = torch.tensor($l(2,«2|3»))\nw = torch.empty(«3, 2|4, 4»)")
    for template in page.r.sample(STATEMENTS, page.r.randint(5, 10)):
        page.add(f"print({template})")
        page.add_in_order(["torch.manual_seed($n)", "state = torch.get_rng_state()",
                           "print(torch.rand(2))"], 0.1)
