"""What `cmake --install` put there is what a user of the system meets: the manual page, completions
that shells are asked for, and the example of each subcommand's help, which is typed.

Usage: installed.py CMAKE BUILD

bash has to be there. zsh, fish, man and mandoc are asked where they are, and are told of.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

# The words of a command line, the last one being completed, and what has to be offered, all of it or,
# behind "...", among others. In the folder are net.py, notes.md and sub.
BASH = [
    (["check", "--format", "=", ""], "text tap csv json"),
    (["check", "--format", "="], "text tap csv json"),
    (["check", "--format=j"], "--format=json"),
    (["derive", "--format", "m"], "markdown"),
    (["graph", "--format", "=", "d"], "dot"),
    (["--torch", "=", "2.11,"], "2.11,native 2.11,avx512"),
    (["--dtype", ""], "float32 float64"),
    (["--torch", "2.6", "gr"], "gradcheck graph"),
    (["--torch", "=", "2.6", "derive", "--le"], "--level="),
    (["transcript", "--level", "=", ""], ""),
    (["graph", "--on"], ""),
    (["worksheet", "--o"], "--only="),
    (["check", "--re"], "--require-all"),
    (["check", "--names", "=", "no"], "notes.md"),
    (["example", ""], "... plain dropout"),
    (["example", "plain", ""], ""),
    (["help", "tr"], "transcript"),
    (["graph", ""], "net.py sub"),
    (["graph", "net.py", ""], ""),
    (["check", "net.py", "n"], "net.py notes.md"),
    (["n"], "net.py"),
    ([""], "... net.py sub " + "run check example help"),
]
FISH = [
    ("check --format=", "--format=csv --format=json --format=tap --format=text"),
    ("derive --level ", "links numbers"),
    ("--torch=2.11,", "--torch=2.11,avx512 --torch=2.11,native"),
    ("graph --on", ""),
    ("worksheet --o", "--only"),
    ("check --names=no", "--names=notes.md"),
    ("example p", "plain"),
    ("help gr", "gradcheck graph"),
    ("graph ", "net.py sub/"),
    ("check net.py n", "net.py notes.md"),
    ("", "... net.py sub/ run check example help"),
]
# What zsh's own _arguments is given.
ZSH = [
    (["check", "--format="], "--format=[how to write it]:FORMAT:(text tap csv json)"),
    (["--torch=2.6", "derive", ""], "--format=[how to write it]:FORMAT:(text markdown latex html)"),
    (["check", ""], "1:script:_mlpstep_scripts"),
    (["check", ""], "*:file:_files"),
    (["check", "--names="], "--names=[other names for values, a line NAME = NAME-IN-THE-SCRIPT "
                            "each]:FILE:_files"),
    (["example", ""], "1:example:_mlpstep_examples"),
    ([""], "1:script:_mlpstep_first"),
]


def quoted(words):
    return " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)


def ask(shell, script, folder):
    done = subprocess.run([*shell, script], cwd=folder, text=True, capture_output=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode or done.stderr:
        return f"{shell[0]} ends with {done.returncode}\n{done.stderr}"
    return [answer.split("\n")[1:-1] for answer in done.stdout.split("==")[1:]]


def compare(shell, answers, cases):
    if isinstance(answers, str) or len(answers) != len(cases):
        return [f"{shell}: {answers}"]
    wrong = []
    for (words, wanted), got in zip(cases, answers):
        wanted = wanted.split()
        is_right = set(wanted[1:]) <= set(got) if wanted[:1] == ["..."] else sorted(wanted) == sorted(got)
        if not is_right:
            wrong.append(f"{shell}: {words}: {got}, not {wanted}")
    return wrong


def check_bash(share, folder):
    script = (f"source {share}/bash-completion/completions/mlpstep\n"
              "complete -p mlpstep >/dev/null || exit 1\n"
              "ask() { COMP_WORDS=(mlpstep \"$@\") COMP_CWORD=$#; _mlpstep\n"
              "        echo ==; [[ ${#COMPREPLY[@]} == 0 ]] || printf '%s\\n' \"${COMPREPLY[@]}\"; }\n"
              + "".join(f"ask {quoted(words)}\n" for words, _ in BASH))
    return compare("bash", ask(["bash", "--norc", "-c"], script, folder), BASH)


def check_fish(share, folder):
    script = (f"source {share}/fish/vendor_completions.d/mlpstep.fish\n"
              + "".join(f"echo ==; complete -C 'mlpstep {line}' | string replace -r '\\t.*' ''\n"
                        for line, _ in FISH))
    return compare("fish", ask(["fish", "--no-config", "-c"], script, folder), FISH)


def check_zsh(share, folder):
    """The shell finds the function by its name, and it says what may be completed."""
    script = (f"fpath=({share}/zsh/site-functions $fpath); autoload -Uz compinit; compinit -D -u\n"
              "[[ $_comps[mlpstep] == _mlpstep ]] || exit 1\n"
              "_arguments() { print -rl -- \"$@\" }\n"
              "ask() { words=(mlpstep \"$@\") CURRENT=$(( $# + 1 )); print '=='; _mlpstep }\n"
              + "".join(f"ask {quoted(words)}\n" for words, _ in ZSH))
    answers = ask(["zsh", "-f", "-c"], script, folder)
    if isinstance(answers, str) or len(answers) != len(ZSH):
        return [f"zsh: {answers}"]
    return [f"zsh: {words}: no {wanted} in {got}" for (words, wanted), got in zip(ZSH, answers)
            if wanted not in got]


def check_man(commands, share, folder):
    page = f"{share}/man/man1/mlpstep.1"
    wrong = []
    for command in (["man", "--warnings", "-l", page],
                    ["mandoc", "-T", "lint", "-W", "error", page]):
        if shutil.which(command[0]):
            done = subprocess.run(command, text=True, capture_output=True, cwd=folder,
                                  env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
            if done.returncode or done.stderr or command[0] == "mandoc" and done.stdout:
                wrong.append(f"{command[0]}: {done.stdout[-500:]}{done.stderr}")
        else:
            print(f"{command[0]} is not here")
    with open(page, encoding="utf-8") as file:
        text = file.read().replace("\\-", "-")
    return wrong + [f"the manual page lacks {command}" for command in commands
                    if text.count(f"\n.B {command}\n") != 2]


def check_examples(mlpstep, commands):
    """Lines behind $ are typed, and print what follows."""
    wrong, count = [], 0
    for command in commands:
        shown = subprocess.run([mlpstep, command, "--help"], text=True, capture_output=True).stdout
        lines = re.sub("^  ", "", shown.split("\nExample:\n")[1], flags=re.M)
        with tempfile.TemporaryDirectory() as folder:
            for typed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", lines, re.M):
                done = subprocess.run(["sh", "-c", typed[0]], cwd=folder, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                count += 1
                if done.stdout != typed[1] or done.returncode > (command in ("check", "diff")):
                    wrong.append(f"{typed[0]}\nprints\n{done.stdout}with {done.returncode}")
    return wrong if count > len(commands) > 9 else [f"only {count} examples"]


def main(cmake, build):
    wrong = []
    with tempfile.TemporaryDirectory() as prefix, tempfile.TemporaryDirectory() as folder:
        subprocess.run([cmake, "--install", build, "--prefix", prefix], check=True,
                       stdout=subprocess.DEVNULL)
        os.environ["PATH"] = f"{prefix}/bin:{os.environ['PATH']}"
        for name in ("net.py", "notes.md"):
            with open(os.path.join(folder, name), "w", encoding="utf-8"):
                pass
        os.mkdir(os.path.join(folder, "sub"))
        share = os.path.join(prefix, "share")
        mlpstep = f"{prefix}/bin/mlpstep"
        shown = subprocess.run([mlpstep, "--help"], text=True, capture_output=True).stdout
        commands = re.findall(r"^(?:Usage:|  or: ) mlpstep \[?(\w+)", shown, re.M)
        wrong = check_examples(mlpstep, commands) + check_bash(share, folder)
        for shell, check in (("fish", check_fish), ("zsh", check_zsh)):
            if shutil.which(shell):
                wrong += check(share, folder)
            else:
                print(f"{shell} is not here")
        wrong += check_man(commands, share, folder)
    print("\n".join(wrong) or "as it should be")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
