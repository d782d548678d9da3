"""What the command and PyTorch say of a script are right answers to it: its report and its transcript,
for every script of a folder. Its worksheet is none, but is read. A transcript in which one digit, or one letter, was
changed is not, or cannot be decided, and the line is told. What later releases printed, in the
folders torch-RELEASE, is right under the option for them.

Usage: own_answers.py MLPSTEP FOLDER
"""

import functools
import glob
import multiprocessing
import os
import re
import subprocess
import sys

BUILD = "--torch=1.13,native"  # the PyTorch that printed the transcripts
RELEASES = {"torch-2.6": "--torch=2.6,native", "torch-2.11": "--torch=2.11"}
NUMBER = re.compile(rb"(?<![\w.])\d+(\.\d+)?(?![\w.])")
BLANK = re.compile(rb"(tensor\(|[\[ ])\?")
JOBS = 2  # processes: PROCESSORS of the test
WORD = re.compile(rb"(?<![\w.<'])[A-Za-z]{3,}(?![\w(])")


def run(mlpstep, *words, text=None):
    return subprocess.run([mlpstep, *words], input=text, capture_output=True)


def transcript_of(script):
    with open(os.path.splitext(script)[0] + ".out", "rb") as file:
        return file.read()


def answers_to(mlpstep, script):
    """Texts of answers by what they are."""
    answers = {command: run(mlpstep, command, BUILD, script).stdout
               for command in ("run", "worksheet")}
    return {**{command: text for command, text in answers.items() if text},
            "transcript": transcript_of(script)}


def inside_tensor(text, at):
    """Whether a tensor(...) is open there."""
    opened = text.rfind(b"tensor(", 0, at)
    return opened >= 0 and text[opened:at].count(b"(") > text[opened:at].count(b")")


def change_digit(match):
    digits = match.group()
    return bytes([digits[0] + 1 if digits[0] < ord("9") else ord("1")]) + digits[1:]


def change_letter(match):
    word = match.group()
    return word[:-1] + (b"q" if word[-1:] != b"q" else b"z")


def changed(text):
    """The transcript with a digit, or a letter, changed that stands outside tensors, and the number
    of its line; one of each, in the middle where there are several."""
    for what, pattern, change in (("a digit", NUMBER, change_digit), ("a letter", WORD, change_letter)):
        places = [m for m in pattern.finditer(text) if not inside_tensor(text, m.start())]
        if places:
            at = places[len(places) // 2]
            yield (what, text[:at.start()] + change(at) + text[at.end():],
                   text.count(b"\n", 0, at.start()) + 1)


def verdict_on(output, line):
    """The verdict on that line, or "fault"; None where nothing is said of it."""
    marks = re.findall(rb"(wrong|differs|undecided)  +lines? (\d+)(?: to (\d+))?", output)
    for verdict, first, last in marks:
        if int(first) <= line <= int(last or first):
            return verdict.decode()
    return "fault" if b":%d:" % line in output else None


def problems_of_releases(mlpstep, folder):
    for name, option in RELEASES.items():
        for path in sorted(glob.glob(os.path.join(folder, name, "*.out"))):
            script = os.path.join(folder, os.path.basename(path)[:-len(".out")] + ".py")
            done = run(mlpstep, "check", option, script, path)
            if done.returncode != 0:
                yield f"{script}, {option}: {done.returncode}\n{(done.stdout + done.stderr).decode()}"


def problems(mlpstep, script):
    return list(each_problem(mlpstep, script))


def each_problem(mlpstep, script):
    name = os.path.basename(script)
    for kind, text in answers_to(mlpstep, script).items():
        done = run(mlpstep, "check", BUILD, script, "-", text=text)
        if kind == "worksheet" and BLANK.search(text):
            if done.returncode != 2 or b"nothing is answered in it" not in done.stderr:
                yield f"{name}, an empty worksheet: {done.returncode}\n{done.stderr.decode()}"
        elif done.returncode != 0:
            yield f"{name}, {kind}: {done.returncode}\n{(done.stdout + done.stderr).decode()}"
    for what, text, line in changed(transcript_of(script)):
        done = run(mlpstep, "check", BUILD, script, "-", text=text)
        output = done.stdout + done.stderr
        verdict = verdict_on(output, line)
        if not verdict or (done.returncode == 0) != (verdict == "undecided"):
            yield f"{name}, {what} in line {line}: {done.returncode}\n{output.decode()}"


def main(mlpstep, folder):
    scripts = sorted(path for name in ("*.py", "notebooks/*.ipynb", "notebooks/*.txt")
                     for path in glob.glob(os.path.join(folder, name)))
    scripts = [s for s in scripts if os.path.exists(os.path.splitext(s)[0] + ".out")]
    with multiprocessing.Pool(JOBS) as pool:
        found = pool.map(functools.partial(problems, mlpstep), scripts, chunksize=1)
    failures = [p for each in found for p in each]
    failures += problems_of_releases(mlpstep, folder)
    print("\n".join(failures))
    print(f"{len(scripts)} scripts, {len(failures)} failures")
    return 1 if failures or not scripts else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
