"""What the command and PyTorch say of a script are right answers to it: its report, with and without
bounds, its worksheet and its transcript, for every script of a folder.

Usage: own_answers.py MLPSTEP FOLDER
"""

import glob
import os
import subprocess
import sys

BUILD = "--torch=1.13,native"  # as the PyTorch that printed the transcripts


def run(mlpstep, *words, text=None):
    return subprocess.run([mlpstep, *words], input=text, text=True, capture_output=True)


def answers_to(mlpstep, script):
    """Texts of answers by what they are."""
    with open(script[:-len(".py")] + ".out", encoding="utf-8") as file:
        transcript = file.read()
    answers = {" ".join(words): run(mlpstep, *words, BUILD, script).stdout
               for words in (["run"], ["run", "--bounds"], ["worksheet"])}
    answers = {command: text for command, text in answers.items() if text}
    is_text = all(c >= " " or c == "\n" for c in transcript)
    if "tensor(" in transcript and "..." not in transcript and is_text:
        answers["transcript"] = transcript
    return answers


def problems(mlpstep, script):
    for kind, text in answers_to(mlpstep, script).items():
        done = run(mlpstep, "check", BUILD, script, "-", text=text)
        if done.returncode != 0:
            yield f"{os.path.basename(script)}, {kind}: {done.returncode}\n{done.stdout}{done.stderr}"


def main(mlpstep, folder):
    scripts = sorted(glob.glob(os.path.join(folder, "*.py")))
    scripts = [s for s in scripts if os.path.exists(s[:-len(".py")] + ".out")]
    failures = [p for script in scripts for p in problems(mlpstep, script)]
    print("\n".join(failures))
    print(f"{len(scripts)} scripts, {len(failures)} failures")
    return 1 if failures or not scripts else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
