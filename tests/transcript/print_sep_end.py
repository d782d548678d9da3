# Arguments of print: how many, what stands between them, and what follows
print()
print("one")
print("one", 2, 3.0)
print("a", "b", "c", sep="")
print("a", "b", "c", sep=", ")
print("a", "b", "c", sep="\n")
print("a", "b", sep=None, end=None)
print("no newline", end="")
print(" ... and the rest")
for i in range(5):
    print(i, end=" ")
print()
for name in ["loss", "accuracy"]:
    print(name, 0.5, sep="=", end=";\n")
print(1, "", 2, sep="-")
print("", end="")
print("last")
