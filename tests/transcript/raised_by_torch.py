"""What PyTorch raises, in its words, which a script can catch and print."""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


def attempt(f):
    try:
        f()
        print("no error")
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: torch.tensor([1,2])@torch.tensor([1.,2.]))
attempt(lambda: torch.ones(2,3)@torch.ones(2,3))
attempt(lambda: torch.ones(2,3)@torch.ones(2))
attempt(lambda: torch.ones(3)@torch.ones(2))
attempt(lambda: torch.ones(3)@torch.ones(2,2))
attempt(lambda: torch.ones(2,3,4)@torch.ones(2,3,4))
attempt(lambda: torch.ones(2,3,4)@torch.ones(3,4,2))
attempt(lambda: torch.mm(torch.ones(2,3),torch.ones(2,3)))
attempt(lambda: torch.mm(torch.ones(2),torch.ones(2,3)))
attempt(lambda: torch.mv(torch.ones(2,3),torch.ones(2)))
attempt(lambda: torch.dot(torch.ones(3),torch.ones(2)))
attempt(lambda: torch.dot(torch.ones(3,1),torch.ones(3,1)))
attempt(lambda: torch.bmm(torch.ones(2,3,4),torch.ones(2,3,4)))
attempt(lambda: torch.bmm(torch.ones(3,4),torch.ones(2,3,4)))
attempt(lambda: torch.matmul(torch.ones(2,3),torch.ones(4,3)))
attempt(lambda: torch.matmul(torch.tensor(1.),torch.ones(2)))
attempt(lambda: torch.addmm(torch.ones(3),torch.ones(2,3),torch.ones(2,3)))
attempt(lambda: torch.ones(2,3)+torch.ones(2,2))
attempt(lambda: torch.ones(2,3)*torch.ones(4))
attempt(lambda: torch.ones(2,3)-torch.ones(4,3))
attempt(lambda: torch.ones(2)+'a')
attempt(lambda: torch.ones(2)+None)
attempt(lambda: torch.ones(2)==torch.ones(3))
attempt(lambda: torch.ones(2)<torch.ones(3))
attempt(lambda: torch.ones(2)**torch.ones(3))
attempt(lambda: nn.Linear(3,2)(torch.ones(2,4)))
attempt(lambda: nn.Linear(3,2)(torch.ones(4)))
attempt(lambda: nn.Linear(3,2)(torch.ones(2,2,4)))
attempt(lambda: nn.Linear(3,2)(torch.ones(2,3,dtype=torch.float64)))
attempt(lambda: nn.Linear(3,2).double()(torch.ones(2,3)))
attempt(lambda: nn.Linear(3,2)(torch.ones(2,3,dtype=torch.long)))
attempt(lambda: nn.Linear(3,2)(torch.tensor([1,2,3])))
attempt(lambda: nn.Sequential(nn.Linear(2,3),nn.Linear(4,1))(torch.ones(1,2)))
attempt(lambda: F.linear(torch.ones(2,3),torch.ones(4,2)))
attempt(lambda: torch.cat([torch.ones(2,3),torch.ones(2,2)]))
attempt(lambda: torch.cat([torch.ones(2,3),torch.ones(2,2)],dim=0))
attempt(lambda: torch.cat([torch.ones(2,3),torch.ones(3)]))
attempt(lambda: torch.cat([]))
attempt(lambda: torch.cat([torch.ones(2)],dim=1))
attempt(lambda: torch.cat([torch.tensor(1.),torch.tensor(2.)]))
attempt(lambda: torch.cat(torch.ones(2)))
attempt(lambda: torch.stack([torch.ones(2),torch.ones(3)]))
attempt(lambda: torch.stack([]))
attempt(lambda: torch.stack([1,2]))
attempt(lambda: torch.ones(2,3).view(4,2))
attempt(lambda: torch.ones(2,3).view(-1,4))
attempt(lambda: torch.ones(2,3).view(-1,-1))
attempt(lambda: torch.ones(2,3).t().view(6))
attempt(lambda: torch.ones(2,3).T.view(-1))
attempt(lambda: torch.ones(2,3).reshape(4))
attempt(lambda: torch.ones(2,3).reshape(-1,5))
attempt(lambda: torch.ones(2,3).transpose(0,2))
attempt(lambda: torch.ones(2,3).permute(0,1,2))
attempt(lambda: torch.ones(2,3).permute(0,0))
attempt(lambda: torch.ones(2,2,2).t())
attempt(lambda: torch.ones(2,3).squeeze(3))
attempt(lambda: torch.ones(2,3).unsqueeze(4))
attempt(lambda: torch.ones(2,3).expand(3,3))
attempt(lambda: torch.ones(2,3).expand(2))
attempt(lambda: torch.ones(2,3).expand(3,2,4))
attempt(lambda: torch.ones(2,3).repeat(2))
attempt(lambda: torch.ones(2,3).sum(2))
attempt(lambda: torch.ones(2,3).sum(dim=-3))
attempt(lambda: torch.ones(2,3).mean(dim=5))
attempt(lambda: torch.tensor([1,2]).mean())
attempt(lambda: torch.tensor([1,2]).std())
attempt(lambda: torch.tensor([1,2]).softmax(0))
attempt(lambda: torch.tensor([True]).mean())
attempt(lambda: F.softmax(torch.tensor([1,2]),dim=0))
attempt(lambda: torch.ones(2,3).argmax(3))
attempt(lambda: torch.tensor([]).max())
attempt(lambda: torch.tensor([]).min())
attempt(lambda: torch.ones(2,3)[2])
attempt(lambda: torch.ones(2,3)[-3])
attempt(lambda: torch.ones(2,3)[0,3])
attempt(lambda: torch.ones(2,3)[0,0,0])
attempt(lambda: torch.ones(2,3)[0][5])
attempt(lambda: torch.tensor(1.)[0])
attempt(lambda: torch.ones(3)[torch.tensor([3])])
attempt(lambda: torch.ones(3)[[0,5]])
attempt(lambda: torch.ones(3)[torch.tensor([-4])])
attempt(lambda: torch.ones(2,3)[:, torch.tensor([0,3])])
attempt(lambda: torch.ones(3)[torch.tensor([0.5])])
attempt(lambda: torch.ones(3)[1.5])
attempt(lambda: torch.ones(3)['a'])
attempt(lambda: torch.ones(3)[torch.tensor([True,False])])
attempt(lambda: torch.ones(2,3)[torch.ones(3,3)>0])
attempt(lambda: torch.ones(2,3)[torch.tensor([0,1]),torch.tensor([0,1,2])])
attempt(lambda: torch.ones(3)[::-1])
attempt(lambda: torch.ones(3)[None,0,0])
attempt(lambda: torch.ones(3).item())
attempt(lambda: torch.ones(1,2).item())
attempt(lambda: torch.tensor([]).item())
attempt(lambda: float(torch.ones(2)))
attempt(lambda: int(torch.ones(2)))
attempt(lambda: bool(torch.ones(2)))
attempt(lambda: bool(torch.tensor([])))
attempt(lambda: torch.ones(2) and 1)
attempt(lambda: len(torch.tensor(1.)))
attempt(lambda: list(torch.tensor(1.)))
attempt(lambda: torch.ones(2).foo)
attempt(lambda: torch.ones(2).foo())
attempt(lambda: torch.ones(2).relu6())
attempt(lambda: torch.ones(2).linear)
attempt(lambda: torch.foo)
attempt(lambda: torch.foo(1))
attempt(lambda: torch.nn.Foo)
attempt(lambda: nn.Lineer(2,2))
attempt(lambda: nn.functional.foo)
attempt(lambda: F.foo(1))
attempt(lambda: torch.optim.Foo)
attempt(lambda: torch.nn.init.foo)
attempt(lambda: torch.Foo)
attempt(lambda: nn.Linear(2,2).foo)
attempt(lambda: nn.Linear(2,2).bias2)
attempt(lambda: nn.Sequential(nn.ReLU()).foo)
attempt(lambda: nn.Sequential(nn.ReLU())[1])
attempt(lambda: nn.Sequential(nn.ReLU())[-2])
attempt(lambda: nn.ModuleList([nn.ReLU()])[1])
attempt(lambda: nn.Linear(2,2,bias=False).bias.data)
attempt(lambda: nn.Sequential(1))
attempt(lambda: nn.Sequential('a'))
attempt(lambda: nn.ModuleList([1]))
attempt(lambda: torch.tensor([1,2],requires_grad=True))
attempt(lambda: torch.tensor([1,2]).requires_grad_())
attempt(lambda: torch.tensor([1,2]).requires_grad_(True))
attempt(lambda: torch.optim.SGD([],lr=.1))
attempt(lambda: torch.optim.SGD(nn.Linear(1,1).parameters()))
attempt(lambda: torch.optim.SGD(nn.Linear(1,1).parameters(),lr=-1))
attempt(lambda: torch.optim.SGD(nn.Linear(1,1).parameters(),lr=.1,momentum=-1))
attempt(lambda: torch.optim.SGD(nn.Linear(1,1).parameters(),lr=.1,weight_decay=-1))
attempt(lambda: torch.optim.SGD(nn.Linear(1,1).parameters(),lr=.1,nesterov=True))
attempt(lambda: torch.optim.Adam(nn.Linear(1,1).parameters(),lr=-1))
attempt(lambda: torch.optim.Adam(nn.Linear(1,1).parameters(),betas=(1.,.9)))
attempt(lambda: torch.optim.Adam(nn.Linear(1,1).parameters(),betas=(.9,1.)))
attempt(lambda: torch.optim.Adam(nn.Linear(1,1).parameters(),eps=-1))
attempt(lambda: torch.optim.Adam(nn.Linear(1,1).parameters(),weight_decay=-1))
attempt(lambda: torch.optim.AdamW(nn.Linear(1,1).parameters(),lr=-1.))
attempt(lambda: torch.optim.RMSprop(nn.Linear(1,1).parameters(),lr=-1.))
attempt(lambda: torch.optim.RMSprop(nn.Linear(1,1).parameters(),alpha=-1.))
attempt(lambda: torch.optim.RMSprop(nn.Linear(1,1).parameters(),momentum=-1.))
attempt(lambda: torch.optim.RMSprop(nn.Linear(1,1).parameters(),eps=-1.))
attempt(lambda: torch.optim.SGD(torch.ones(2,requires_grad=True),lr=.1))
attempt(lambda: torch.optim.SGD([torch.ones(2,requires_grad=True)*2],lr=.1))
attempt(lambda: torch.optim.SGD([1,2],lr=.1))
attempt(lambda: torch.optim.lr_scheduler.StepLR(1,2))
attempt(lambda: nn.Dropout(1.5))
attempt(lambda: nn.Dropout(-.1))
attempt(lambda: F.dropout(torch.ones(2),1.5))
attempt(lambda: nn.Embedding(3,2)(torch.tensor([3])))
attempt(lambda: nn.Embedding(3,2)(torch.tensor([1.])))
attempt(lambda: F.one_hot(torch.tensor([3]),2))
attempt(lambda: F.one_hot(torch.tensor([-1])))
attempt(lambda: F.one_hot(torch.tensor([1.])))
attempt(lambda: torch.ones(2,3).gather(1,torch.tensor([[3]])))
attempt(lambda: torch.ones(2,3).gather(1,torch.tensor([3])))
attempt(lambda: torch.ones(2,3).gather(2,torch.tensor([[0]])))
attempt(lambda: torch.ones(2,3).gather(1,torch.tensor([[0.]])))
attempt(lambda: torch.ones(2,3).index_select(0,torch.tensor([2])))
attempt(lambda: torch.zeros(2,3).scatter_(1,torch.tensor([[3]]),1.))
attempt(lambda: torch.zeros(2,3).scatter_(1,torch.tensor([3]),1.))
attempt(lambda: torch.zeros(2).index_add_(0,torch.tensor([2]),torch.ones(1)))
attempt(lambda: torch.multinomial(torch.zeros(2),1))
attempt(lambda: torch.multinomial(torch.tensor([-1.,2.]),1))
attempt(lambda: torch.multinomial(torch.ones(2),3))
attempt(lambda: torch.bernoulli(torch.tensor([2.])))
attempt(lambda: torch.normal(0.,-1.,(2,)))
attempt(lambda: torch.randint(5,(2,),dtype=torch.float32).foo)
attempt(lambda: torch.randint(0,0,(2,)))
attempt(lambda: torch.randn(-1))
attempt(lambda: torch.ones(-1))
attempt(lambda: torch.arange(0,5,-1))
attempt(lambda: torch.arange(0,5,0))
attempt(lambda: torch.linspace(0,1,-1))
attempt(lambda: torch.tensor([[1,2],[3]]))
attempt(lambda: torch.tensor('a'))
attempt(lambda: torch.tensor(['a']))
attempt(lambda: torch.tensor(None))
attempt(lambda: torch.tensor([None]))
attempt(lambda: torch.tensor({}))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.tensor([0,3])))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.tensor([0,-1])))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.tensor([0,1,2])))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.tensor([0.,1.])))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.tensor([[0],[1]])))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.ones(2,2)))
attempt(lambda: F.cross_entropy(torch.ones(3),torch.tensor([0])))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.tensor([0,1]),reduction='foo'))
attempt(lambda: F.cross_entropy(torch.ones(2,3),torch.tensor([0,1]),weight=torch.ones(2)))
attempt(lambda: F.nll_loss(torch.ones(2,3),torch.tensor([0,3])))
attempt(lambda: F.nll_loss(torch.ones(2,3),torch.tensor([0,1,2])))
attempt(lambda: F.nll_loss(torch.ones(2,3),torch.ones(2)))
attempt(lambda: F.mse_loss(torch.ones(2,3),torch.ones(2,2)))
attempt(lambda: F.mse_loss(torch.ones(2,3),torch.ones(2,3),reduction='foo'))
attempt(lambda: nn.MSELoss(reduction='foo')(torch.ones(2),torch.ones(2)))
attempt(lambda: F.l1_loss(torch.ones(2,3),torch.ones(2,2)))
attempt(lambda: F.binary_cross_entropy(torch.tensor([2.]),torch.tensor([1.])))
attempt(lambda: F.binary_cross_entropy(torch.tensor([.5,.5]),torch.tensor([1.])))
attempt(lambda: F.binary_cross_entropy_with_logits(torch.ones(2),torch.ones(3)))
attempt(lambda: nn.BCELoss()(torch.tensor([-.1]),torch.tensor([1.])))
attempt(lambda: nn.BCELoss()(torch.ones(2,1),torch.ones(2)))
attempt(lambda: F.smooth_l1_loss(torch.ones(2),torch.ones(2),beta=-1))
attempt(lambda: F.huber_loss(torch.ones(2),torch.ones(2),delta=-1))
attempt(lambda: F.softmax(torch.ones(2),dim=1))
attempt(lambda: F.log_softmax(torch.ones(2),dim=2))
attempt(lambda: torch.clamp(torch.ones(2)))
attempt(lambda: torch.where(torch.ones(2),torch.ones(2),torch.ones(2)))
attempt(lambda: torch.where(torch.ones(2)>0,torch.ones(2),torch.ones(3)))
attempt(lambda: torch.ones(2,3).topk(5))
attempt(lambda: torch.ones(2).chunk(0))
attempt(lambda: torch.ones(2).split(0))
attempt(lambda: torch.ones(4).split([1,2]))
attempt(lambda: torch.ones(2,3).T.T.foo)
attempt(lambda: torch.einsum('ij',torch.ones(2)))
attempt(lambda: torch.outer(torch.ones(2,2),torch.ones(2)))
attempt(lambda: torch.diag(torch.ones(2,2,2)))
attempt(lambda: torch.ones(2).diagonal())
attempt(lambda: torch.ones(2).masked_fill(torch.ones(3)>0,1.))
attempt(lambda: torch.ones(2).masked_select(torch.ones(2)))
attempt(lambda: torch.ones(2,3).index_select(1,torch.tensor([[0]])))
attempt(lambda: torch.tensor([1,2])/0)
attempt(lambda: torch.ones(2).add_(torch.ones(3)))
attempt(lambda: torch.ones(2).add_(torch.ones(2,2)))
attempt(lambda: torch.tensor([1,2]).add_(1.5))
attempt(lambda: torch.tensor([1,2]).mul_(torch.ones(2)))
attempt(lambda: torch.tensor([True])-torch.tensor([True]))
attempt(lambda: -torch.tensor([True]))
attempt(lambda: torch.tensor([1.])&torch.tensor([1.]))
attempt(lambda: ~torch.tensor([1.]))
attempt(lambda: torch.tensor([1,2])**-1)
attempt(lambda: nn.init.xavier_uniform_(torch.ones(2)))
attempt(lambda: nn.init.kaiming_uniform_(torch.ones(2)))
attempt(lambda: nn.init.kaiming_uniform_(torch.ones(2,2),mode='foo'))
attempt(lambda: nn.init.kaiming_uniform_(torch.ones(2,2),nonlinearity='foo'))
attempt(lambda: nn.init.calculate_gain('foo'))
attempt(lambda: nn.utils.clip_grad_norm_(nn.Linear(1,1).parameters(),1.))
attempt(lambda: nn.Parameter(torch.tensor([1,2])))
attempt(lambda: nn.PReLU(3)(torch.ones(2,2)))
attempt(lambda: nn.Softmax(dim=3)(torch.ones(2)))
attempt(lambda: nn.CrossEntropyLoss(label_smoothing=2.)(torch.ones(2,3),torch.tensor([0,1])))
attempt(lambda: nn.Flatten(3)(torch.ones(2)))
attempt(lambda: torch.flatten(torch.ones(2,3),2,1))
attempt(lambda: torch.tensor([1.]).backward())
attempt(lambda: torch.nn.utils.foo)
attempt(lambda: torch.ones(2,3).norm(dim=3))
attempt(lambda: torch.ones(2).register_hook(lambda g: g))
attempt(lambda: torch.ones(2).retain_grad())
attempt(lambda: torch.autograd.grad(1,2))
attempt(lambda: torch.cumsum(torch.ones(2),3))
attempt(lambda: torch.prod(torch.ones(2),2))
attempt(lambda: torch.var(torch.ones(2),3))
attempt(lambda: torch.logsumexp(torch.ones(2),2))
attempt(lambda: torch.sort(torch.ones(2),3))
attempt(lambda: torch.flip(torch.ones(2),[3]))
attempt(lambda: torch.roll(torch.ones(2),1,3))
attempt(lambda: torch.tril(torch.ones(2)))
attempt(lambda: torch.triu(torch.ones(3)))
attempt(lambda: torch.unbind(torch.ones(2),2))
attempt(lambda: torch.isclose(torch.ones(2),torch.ones(3)))
attempt(lambda: torch.allclose(torch.ones(2),torch.ones(3)))
attempt(lambda: torch.allclose(torch.ones(2),torch.ones(2).double()))
attempt(lambda: torch.maximum(torch.ones(2),torch.ones(3)))
attempt(lambda: torch.minimum(torch.ones(2),torch.ones(3)))
attempt(lambda: torch.dot(torch.ones(2),torch.ones(2).double()))
attempt(lambda: torch.mm(torch.ones(2,2),torch.ones(2,2).double()))
attempt(lambda: torch.ones(2,2)@torch.ones(2,2).double())
attempt(lambda: torch.ones(2,2)@torch.ones(2,2).long())
attempt(lambda: torch.ones(2,2).double()@torch.ones(2))
attempt(lambda: F.linear(torch.ones(2,2),torch.ones(2,2).double()))
attempt(lambda: F.cross_entropy(torch.ones(2,3).double(),torch.tensor([0,1]),weight=torch.ones(3)))
attempt(lambda: M()(1))
attempt(lambda: M())
attempt(lambda: M())
attempt(lambda: M()(1))
attempt(lambda: M()(1,2))
attempt(lambda: M()())
attempt(lambda: M())

x=torch.ones(3)
try:
    x[3]=1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(3)
try:
    x[0]=torch.ones(2)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(3)
try:
    x[:]=torch.ones(2)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(3)
try:
    x[0:2]=torch.ones(3)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(3)
try:
    x['a']=1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(3)
try:
    x[0]='a'
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(3)
try:
    x[torch.tensor([5])]=1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,3)
try:
    x[x>0]=torch.ones(4)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

try:
    nn.Linear(2,2).weight=3
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.weight=torch.ones(2,2)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.tensor([1,2])
try:
    x.requires_grad=True
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    (x*2).requires_grad_(False)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
y=x*2
try:
    y.requires_grad=False
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x+=1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.add_(1)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.mul_(2)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.zero_()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x[0]=1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x[0]+=1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x[0].add_(1)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.view(2,1).add_(1)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    F.relu(x,inplace=True)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    nn.ReLU(inplace=True)(x)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.relu_()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.fill_(1)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.uniform_()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.copy_(torch.ones(2))
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.clamp_(0,1)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.masked_fill_(x>0,1.)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.numpy()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    (x*2).numpy()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    (x*2).backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    (x*2).backward(torch.ones(3))
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    (x*2).sum().backward(torch.ones(2))
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2)
try:
    x.sum().backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2)
try:
    x.backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
y=x.detach().sum()
try:
    y.backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
y=(x**2).sum()
y.backward()
try:
    y.backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
y=(x*x).sum()
y.backward()
try:
    y.backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
y=(x**2).sum()
torch.autograd.grad(y,x)
try:
    torch.autograd.grad(y,x)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
z=torch.ones(2,requires_grad=True)
try:
    torch.autograd.grad((x*2).sum(),z)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
z=torch.ones(2,requires_grad=True)
try:
    torch.autograd.grad((x*2).sum(),[x,z])
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
z=torch.ones(2)
try:
    torch.autograd.grad((x*2).sum(),z)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    torch.autograd.grad(x*2,x)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2)
try:
    torch.autograd.grad(x.sum(),x)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
g,=torch.autograd.grad((x**2).sum(),x)
try:
    g.sum().backward()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.grad.zero_()
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.grad+1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.grad=torch.ones(3)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.grad=1
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.ones(2,requires_grad=True)
try:
    x.grad=torch.ones(2,dtype=torch.float64)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.tensor([1,2])
try:
    x+=.5
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

x=torch.tensor([1,2])
try:
    x/=2
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.load_state_dict({'weight':torch.ones(2,2)})
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.load_state_dict({'weight':torch.ones(3,2),'bias':torch.ones(2)})
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.load_state_dict({'weight':torch.ones(2,2),'bias':torch.ones(2),'foo':torch.ones(1)})
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.load_state_dict(1)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.register_buffer('weight',torch.ones(1))
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.register_parameter('a.b',None)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.register_buffer('x',3)
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    m.state_dict()['foo']
    print("no error")
except Exception as e:
    print(type(e).__name__, e)

m=nn.Linear(2,2)
try:
    next(m.children())
    print("no error")
except Exception as e:
    print(type(e).__name__, e)
