"""Running the mlpstep command on texts."""

import os
import subprocess
import tempfile


def run(mlpstep, subcommand, texts, *options):
    """Runs it on files t0, t1, ... that hold the texts."""
    with tempfile.TemporaryDirectory() as folder:
        names = [f"t{i}" for i in range(len(texts))]
        for name, text in zip(names, texts):
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        return subprocess.run([mlpstep, subcommand, *options, *names], cwd=folder, text=True,
                              capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"})


def output_for(mlpstep, script, subcommand, *options):
    done = run(mlpstep, subcommand, [script], *options)
    if done.returncode or done.stderr:
        raise RuntimeError(f"mlpstep {subcommand}: {done.stderr}\n{script}")
    return done.stdout
