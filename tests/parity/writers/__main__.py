import sys

from . import write

print(write(sys.argv[1], sys.argv[2]), end="")
