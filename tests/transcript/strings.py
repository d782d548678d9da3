# Quotes and escapes; print shows the text of a string, a list shows its repr
single = 'single "inside"'
double = "double 'inside'"
print(single, double)
print([single, double])
print(['both \' and "', "plain", ""])
print("tab\tnewline\nbackslash \\ quote \"")
print(["tab\t", "newline\n", "backslash \\"])
print("adjacent " "literals " 'join')
print("""three
lines of
text""")
print("epoch" + " " + "1")
print("-" * 20)
print("naïve café, 3 × 4 ≤ 12 → ✓")
print(["naïve", "→"])
print("a" == "a", "a" == "b", "a" != "b")
