"""Says whether a build compiles every file of C with the flags that were asked for.

Usage: flags.py BUILD FLAG...
Of several -O the last one counts, as it does for compilers.
"""

import json
import os
import shlex
import sys


def main(build, *flags):
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = [command for command in json.load(file) if command["file"].endswith(".c")]
    for command in commands:
        words = shlex.split(command["command"])
        levels = [word for word in words if word.startswith("-O")][-1:]
        missing = [flag for flag in flags
                   if flag not in (levels if flag.startswith("-O") else words)]
        if missing:
            sys.exit(f"{command['file']} is not compiled with {' '.join(missing)}")
    print(f"{len(commands)} files: {' '.join(flags)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
