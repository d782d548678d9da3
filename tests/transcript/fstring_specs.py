# What may follow the colon in an f-string
loss = 0.693147180559945
epoch = 7
print(f"{loss:.4f}|{loss:.0f}|{loss:8.3f}|{loss:<8.2f}|{loss:>8.2f}|{loss:^8.2f}|")
print(f"{loss:e}|{loss:.2e}|{loss:g}|{loss:.3g}|{loss:%}|{loss:.1%}|")
print(f"{loss:+.3f}|{-loss:+.3f}|{loss: .3f}|{loss:08.3f}|{-loss:08.3f}|")
print(f"{epoch}|{epoch:d}|{epoch:3d}|{epoch:03d}|{epoch:<4}|{epoch:>4}|{epoch:^5}|{epoch:.1f}|")
print(f"{1234567:,}|{1234567.891:,.2f}|{1234567:_}|")
print(f"{'left':<8}|{'right':>8}|{'mid':^8}|{'fill':*^8}|{'cut':.2}|{'plain':8}|")
print(f"{255:x}|{255:b}|{255:o}|{255:X}|")
print(f"{1e-07:.10f}|{1e-07:g}|{100000.0:g}|{1000000.0:g}|{0.0001:g}|")
print(f"{float('nan'):.2f}|{float('inf'):6.1f}|{-0.0:.1f}|")
print(f"{2.5:.0f} {3.5:.0f} {0.125:.2f} {0.375:.2f} {1.005:.2f}")
print(f"{True}|{True:d}|{None}|{[1, 2]}|{(1, 'a')}|")
