#!/usr/bin/env python3
"""Time from the start of the process to the first generated token, and peak memory beside weights.

    first_token.py [--repeats N]

The file is in the system's cache and the weights have been converted before, as in any but the very
first run of a model."""
import argparse
import json
import subprocess
import time

import peer

PROMPT = "The three primary colours are"


def one(dtype):
    start = time.monotonic()
    process = subprocess.Popen([peer.engine_program(), "first-token", peer.model_path(), dtype, "0", PROMPT],
                               stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    seconds = time.monotonic() - start
    rest = process.stdout.read()
    if process.wait() != 0 or line.strip() != "first":
        raise SystemExit("bench_engine failed")
    return seconds, json.loads(rest.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    rows = []
    for dtype in ("as-stored", "auto", "f32"):
        one(dtype)  # warms the caches
        runs = [one(dtype) for _ in range(arguments.repeats)]
        middle = sorted(runs, key=lambda r: r[0])[len(runs) // 2]
        rows.append([f"{dtype} ({middle[1]['scored_dtype']})", f"{middle[0]:.2f}",
                     f"{max(r[0] for r in runs):.2f}", f"{middle[1]['peak_bytes'] / 2**20:.0f}"])
    print(f"SmolLM2 135M, {arguments.repeats} starts each\n{peer.machine()}\n")
    peer.table(["weights", "median s to first token", "slowest", "peak MiB"], rows)


if __name__ == "__main__":
    main()
