#!/usr/bin/env python3
"""Generation: the local engine against HF generate() and llama.cpp's own llama-batched-bench.

    generate_vs_hf.py [--repeats N] [--hf-batches 64,16] [--dtypes as-stored,auto,f32]

64 different prompts of 32 tokens, 128 new tokens each, greedy, on the same machine in one go. The
engine stops where the model ends its answer, the others are made to go on; so tokens per second are
compared, over prompt and completion together and over the whole time.
"""
import argparse
import json
import os
import subprocess
import tempfile

import peer

PROMPTS, LENGTH, NEW = 64, 32, 128


def prompts(folder):
    """Pieces of one story that begin at different words, each cut to LENGTH tokens."""
    path = os.path.join(folder, "prompts.jsonl")
    peer.worker("prompts_worker", path, PROMPTS, LENGTH)
    return path


def batched_bench():
    """llama-batched-bench with weights as stored; its own JSON lines."""
    from reference.server import tools_folder
    command = [os.path.join(tools_folder(), "llama-batched-bench"), "-m", peer.model_path(),
               "-c", str(PROMPTS * (LENGTH + NEW)), "-b", "2048", "-ub", "512", "-npp", str(LENGTH),
               "-ntg", str(NEW), "-npl", str(PROMPTS), "-t", str(os.cpu_count()), "--output-format", "jsonl"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    line = [row for row in done.stdout.splitlines() if row.startswith("{")][-1]
    return json.loads(line)


def engine(dtype, file, out):
    run = peer.last_json([peer.engine_program(), "generate", peer.model_path(), dtype, "0", file, out,
                          str(NEW)])
    run["speed"] = (run["completion_tokens"] + PROMPTS * LENGTH) / run["seconds"]
    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--hf-batches", default="64")
    parser.add_argument("--dtypes", default="as-stored,auto,f32",
                        help="llama-batched-bench runs beside as-stored only")
    arguments = parser.parse_args()
    peer.engine_program()
    rows, total = [], PROMPTS * (LENGTH + NEW)
    with tempfile.TemporaryDirectory() as folder:
        file, out = prompts(folder), os.path.join(folder, "out.jsonl")
        hf = 0.0
        for batch in arguments.hf_batches.split(","):
            run = peer.worker("generate_worker", file, out, NEW, batch, "float32")
            hf = max(hf, total / run["seconds"])
            rows.append([f"HF generate, f32, batch {batch}", f"{run['seconds']:.1f}",
                         f"{total / run['seconds']:.0f}", "", "", f"{run['peak_bytes'] / 2**20:.0f}"])
        own, llama = {dtype: [] for dtype in arguments.dtypes.split(",")}, []
        for dtype in own:
            engine(dtype, file, out)  # converts and probes, once for all
        for _ in range(arguments.repeats):  # in turns, so that a slow moment hits all alike
            if "as-stored" in own:
                llama.append(total / batched_bench()["t"])
            for dtype, runs in own.items():
                runs.append(engine(dtype, file, out))
    base = peer.median(llama) if llama else 0.0
    if llama:
        rows.append(["llama-batched-bench, as stored", f"{total / base:.1f}", f"{base:.0f}",
                     f"{base / hf:.1f}", "1.00", ""])
    for dtype, runs in own.items():
        run = sorted(runs, key=lambda r: r["speed"])[len(runs) // 2]
        rows.append([f"Assay, {dtype} ({run['scored_dtype']})", f"{run['seconds']:.1f}",
                     f"{run['speed']:.0f}", f"{run['speed'] / hf:.1f}", f"{run['speed'] / base:.2f}" if llama else "",
                     f"{run['peak_bytes'] / 2**20:.0f}"])
    print(f"{PROMPTS} prompts of {LENGTH} tokens, {NEW} new tokens; medians of {arguments.repeats}\n"
          f"{peer.machine()}\n")
    peer.table(["program", "seconds", "tokens/s", "times HF", "share of llama-batched-bench", "peak MiB"],
               rows)


if __name__ == "__main__":
    main()
