"""Runs the examples of README.md and docs/user-guide.md, so that they stay true.

A block that opens with ```console test is run: each line after "$ " by bash, all blocks of a file in
one scratch folder; each other line must be in the output of the command above it ("…" stands for
anything). ```console test exit=N expects that status. ```console test model needs the SmolLM2 model
to be fetched, else the block is skipped, and the test says so.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ASSAY = pathlib.Path(os.environ["ASSAY"])
SOURCE = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"])
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
MODEL = CACHE / "assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"


def commands(block):
    """(command, expected lines) pairs of a block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip() and found:
            found[-1][1].append(line.strip())
    return found


def run(command, expected, folder, status):
    env = dict(os.environ, PATH=f"{ASSAY.parent}:{os.environ['PATH']}", XDG_DATA_HOME=str(folder / ".data"))
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, text=True, timeout=800,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"$ {command}\n{done.stdout}", flush=True)
    if done.returncode != status:
        return f"`{command}` ended with {done.returncode}, not {status}"
    for line in expected:
        pattern = ".*".join(re.escape(part) for part in re.split(r"\s*…\s*", line))
        if not re.search(pattern, done.stdout):
            return f"`{command}` did not print: {line}"
    return None


def check(file):
    """Returns (blocks run, blocks skipped, complaints)."""
    ran, skipped, complaints = 0, 0, []
    with tempfile.TemporaryDirectory() as scratch:
        for options, block in re.findall(r"^```console test([^\n]*)\n(.*?)^```", file.read_text(), re.M | re.S):
            if "model" in options and not MODEL.exists():
                print(f"SKIPPED a block of {file.name}: no model; run `assay model fetch smollm2`")
                skipped += 1
                continue
            ran += 1
            status = re.search(r"exit=(\d)", options)
            for command, expected in commands(block):
                complaint = run(command, expected, pathlib.Path(scratch), int(status[1]) if status else 0)
                if complaint:
                    complaints.append(f"{file.name}: {complaint}")
    return ran, skipped, complaints


def main():
    results = [check(SOURCE / name) for name in ("README.md", "docs/user-guide.md")]
    ran, skipped = sum(r[0] for r in results), sum(r[1] for r in results)
    complaints = [c for r in results for c in r[2]]
    print("\n".join(complaints) or f"readme: {ran} blocks are true, {skipped} skipped")
    if complaints or ran + skipped == 0:
        return 1
    return 77 if skipped else 0


sys.exit(main())
