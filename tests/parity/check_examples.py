"""Every example, run by PyTorch and by mlpstep --torch=1.13,native: the same names, the same
six decimals.

    python3 check_examples.py MLPSTEP EXAMPLE...
"""

import os
import sys

import compare
import fixtures
import record
import torch


def check(program, path):
    with open(path, encoding="utf-8") as file:
        script = file.read()
    report = compare.read_report(compare.run(program, script, "--torch", "1.13,native"))
    pairs, problems = compare.pair(record.record(script), report)
    count = 0
    for recorded, reported in pairs:
        for i, (number, text) in enumerate(zip(recorded.numbers, reported.texts)):
            count += 1
            if compare.six_decimals(number) != text:
                problems.append(f"{reported.name}, element {i}: {text}, but PyTorch computes "
                                f"{compare.six_decimals(number)}")
    print(f"{os.path.basename(path)}: {count} values in {len(pairs)} entries, "
          f"{len(problems)} problems")
    for problem in problems:
        print("   ", problem)
    return bool(problems) or count == 0


def main():
    torch.set_num_threads(1)
    fixtures.need_openblas()
    program, examples = sys.argv[1], sys.argv[2:]
    sys.exit(sum(check(program, path) for path in examples) > 0 or not examples)


main()
