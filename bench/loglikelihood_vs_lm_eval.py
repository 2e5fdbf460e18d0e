#!/usr/bin/env python3
"""Log-likelihood scoring: the local engine against lm-evaluation-harness 0.4.13 `hf` on the CPU.

    loglikelihood_vs_lm_eval.py [--repeats N] [--batches 1,16] [bbq] [five-shot]

Both score the same requests with the same weights (SmolLM2-135M-Instruct; dequantised to f32 for the
harness), on the same machine in one go, and their results are compared request by request.
  bbq        the first 200 items of BBQ Age, 3 choices each, "{context} {question}\\nAnswer: {choice}"
             (needs ASSAY_SHARED_DATA)
  five-shot  200 generated word problems of 4 choices each, after 5 worked examples
The harness's own default is batch size 1; larger batches are measured beside it.
"""
import argparse
import os
import random
import tempfile

import peer


def bbq_requests():
    shared = os.environ.get("ASSAY_SHARED_DATA") or os.path.join(peer.ROOT, "..", "shared", "data")
    path = os.path.join(shared, "bbq", "data", "Age.jsonl")
    if not os.path.exists(path):
        peer.skip("no " + path + "; set ASSAY_SHARED_DATA")
    out = []
    for item in peer.read_lines(path)[:200]:
        for choice in ("ans0", "ans1", "ans2"):
            out.append({"context": f"{item['context']} {item['question']}\nAnswer:",
                        "continuation": " " + item[choice]})
    return out


def word_problem(rng):
    name = rng.choice(["Anna", "Ben", "Carla", "David", "Emma", "Farid", "Grace", "Hugo", "Ines", "Jonas"])
    thing = rng.choice(["apples", "pencils", "stamps", "marbles", "books", "coins", "shells", "buttons"])
    first, second, third = rng.randint(11, 60), rng.randint(2, 30), rng.randint(2, 9)
    text = (f"Question: {name} has {first} {thing} and buys {second} more at the market. On the way home "
            f"{name} gives {third} of them to a friend. How many {thing} does {name} have now?\nAnswer:")
    right = first + second - third
    return text, right, [right, right + third, right + 10, right - 1]


def five_shot_requests():
    rng = random.Random(20260101)
    head = ""
    for _ in range(5):
        text, right, _ = word_problem(rng)
        head += f"{text} {right}\n\n"
    out = []
    for _ in range(200):
        text, _, choices = word_problem(rng)
        out += [{"context": head + text, "continuation": f" {choice} in all"} for choice in choices]
    return out


WORKLOADS = {"bbq": (bbq_requests, 3), "five-shot": (five_shot_requests, 4)}


def agreement(ours, theirs, choices):
    """Largest difference of a request's log-probability, and the share of items with the same best choice."""
    delta = max(abs(a["logprob"] - b["logprob"]) for a, b in zip(ours, theirs))
    items = range(0, len(ours), choices)

    def best(rows, i):
        return max(range(choices), key=lambda k: rows[i + k]["logprob"])
    same = sum(best(ours, i) == best(theirs, i) for i in items)
    return delta, same, len(items)


def engine(dtype, requests, out, repeats):
    """Best-of-three style: the median of `repeats` processes."""
    runs = [peer.last_json([peer.engine_program(), "score", peer.model_path(), dtype, "0", requests, out])
            for _ in range(repeats)]
    return sorted(runs, key=lambda r: r["seconds"])[len(runs) // 2]


def compare(name, repeats, batches):
    make, choices = WORKLOADS[name]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        requests = os.path.join(folder, "requests.jsonl")
        peer.write_lines(requests, make())
        theirs = {}
        for batch in batches:
            out = os.path.join(folder, f"peer{batch}.jsonl")
            theirs[batch] = peer.worker("score_worker", requests, out, batch)
        reference = peer.read_lines(os.path.join(folder, f"peer{batches[0]}.jsonl"))
        for batch, run in theirs.items():
            rows.append([f"lm-eval 0.4.13 hf, f32, batch size {batch}", f"{run['seconds']:.2f}", "", "",
                         f"{run['peak_bytes'] / 2**20:.0f}", "", ""])
        default = theirs[batches[0]]["seconds"]
        best = min(run["seconds"] for run in theirs.values())
        for dtype in ("f32", "as-stored", "auto"):
            out = os.path.join(folder, dtype + ".jsonl")
            engine(dtype, requests, out, 1)  # converts and probes, once for all
            run = engine(dtype, requests, out, repeats)
            delta, same, items = agreement(peer.read_lines(out), reference, choices)
            rows.append([f"Assay, {dtype} ({run['scored_dtype']})", f"{run['seconds']:.2f}",
                         f"{default / run['seconds']:.1f}", f"{best / run['seconds']:.1f}",
                         f"{run['peak_bytes'] / 2**20:.0f}", f"{delta:.4f}", f"{same}/{items}"])
            tokens = f"{run['prompt_tokens']} tokens in the requests, {run['computed_tokens']} computed"
    print(f"{name}: {len(reference)} requests, {tokens}; {run['engine']}; torch "
          f"{theirs[batches[0]]['torch']}, {theirs[batches[0]]['threads']} threads\n{peer.machine()}\n")
    peer.table(["program", "seconds", f"times batch {batches[0]}", "times best batch", "peak MiB",
                "largest difference, nats", "same choice"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--batches", default="1,16")
    parser.add_argument("workloads", nargs="*", default=[])
    arguments = parser.parse_args()
    peer.engine_program()
    for name in arguments.workloads or WORKLOADS:
        compare(name, arguments.repeats, [int(b) for b in arguments.batches.split(",")])


if __name__ == "__main__":
    main()
