import torch

for epoch in range(0, 12):
    if epoch % 5 == 0:
        print("epoch", epoch)
    elif epoch == 11:
        print("done")
    else:
        pass
loss = torch.tensor(0.3)
if loss < 0.5:
    print("below")
if loss.item() >= 0.5:
    print("above")
else:
    print("not above")
if []:
    print("an empty list is true")
elif 0.0:
    print("zero is true")
elif "text":
    print("a text is true")
