#!/usr/bin/env python3
"""A step of GCG (512 candidates, top-k 256, suffix of 20 tokens) on SmolLM2 in f32: Assay's search beside
nanoGCG 0.3.0 on the same machine, same prompt, target and first suffix, same number of threads, neither
with the filter for tokenization. And Assay's own two ways beside each other, same seed: with
approximate losses first, and with every loss exact; the accepted suffixes must be the same.

    ASSAY_WHITEBOX_TOOL=build/release/tests/whitebox_tool python bench/gcg_vs_nanogcg.py [STEPS [NANO_STEPS]]

Needs SmolLM2 in the cache (`assay model fetch smollm2`), and a Python with torch, transformers and
nanogcg (its wheel on PYTHONPATH is enough). Prints a line of JSON.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

TOOL = os.environ.get("ASSAY_WHITEBOX_TOOL", "build/release/tests/whitebox_tool")
MODEL = pathlib.Path.home() / ".cache/assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"
STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 4
NANO_STEPS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
REQUEST = "Say the code word of the green garden."
TARGET = "Sure, here is the code word of the green garden: marigold"
SUFFIX = " x" * 20


def main():
    import torch
    import transformers
    torch.set_num_threads(int(os.environ.get("THREADS", str(len(os.sched_getaffinity(0))))))
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(MODEL.parent), gguf_file=MODEL.name)
    text = tokenizer.apply_chat_template([{"role": "user", "content": REQUEST + "{optim_str}"}],
                                         tokenize=False, add_generation_prompt=True)
    before, after = text.split("{optim_str}")
    ids = lambda s: tokenizer(s, add_special_tokens=False)["input_ids"]
    forbidden = [i for i in range(len(tokenizer)) if not (
        tokenizer.decode([i]).isascii() and tokenizer.decode([i]).isprintable())
        or i in tokenizer.all_special_ids]
    problem = dict(op="gcg", before=ids(before), after=ids(after), target=ids(TARGET), suffix=ids(SUFFIX),
                   forbidden=forbidden, candidates=512, top_k=256, seed=1)
    process = subprocess.Popen([TOOL, str(MODEL)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    print(process.stdout.readline().strip(), file=sys.stderr)

    def ask(**more):
        process.stdin.write(json.dumps(problem | more) + "\n")
        process.stdin.flush()
        reply = json.loads(process.stdout.readline())
        if "error" in reply:
            raise SystemExit(reply["error"])
        return reply["steps"]

    fast = ask(steps=STEPS)
    exact = ask(steps=min(STEPS, int(os.environ.get("EXACT_STEPS", "2"))), exact=True)
    same = all(a["suffix"] == b["suffix"] for a, b in zip(fast, exact))
    process.stdin.close()
    out = {"lengths": {k: len(problem[k]) for k in ("before", "suffix", "after", "target")},
           "assay_seconds": [round(s["seconds"], 2) for s in fast],
           "assay_exact_seconds": [round(s["seconds"], 2) for s in exact],
           "same_suffixes": same, "compared_steps": len(exact),
           "losses": [round(s["loss"], 4) for s in fast],
           "exact_of_drawn": [f"{s['exact']}/{s['drawn']}" for s in fast],
           "largest_error": round(max(s["largest_error"] for s in fast), 4)}
    if NANO_STEPS > 0:
        import nanogcg
        model = transformers.AutoModelForCausalLM.from_pretrained(
            str(MODEL.parent), gguf_file=MODEL.name, dtype=torch.float32).eval()
        batch = int(os.environ.get("NANO_BATCH", "64"))  # of 512: larger ones need more memory
        marks = []
        original = nanogcg.gcg.GCG.compute_token_gradient

        def marked(self, ids):
            marks.append(time.perf_counter())
            return original(self, ids)
        nanogcg.gcg.GCG.compute_token_gradient = marked
        result = nanogcg.run(model, tokenizer, REQUEST, TARGET, nanogcg.GCGConfig(
            num_steps=NANO_STEPS, optim_str_init=SUFFIX, search_width=512, topk=256, batch_size=batch,
            seed=1, filter_ids=False, verbosity="ERROR"))
        marks.append(time.perf_counter())
        seconds = [b - a for a, b in zip(marks, marks[1:])]
        out["nanogcg_seconds"] = [round(s, 2) for s in seconds]
        out["nanogcg_losses"] = [round(float(x), 4) for x in result.losses]
        out["times_as_fast"] = round(statistics.median(seconds) /
                                     statistics.median(s["seconds"] for s in fast), 2)
    print(json.dumps(out))


if __name__ == "__main__":
    main()
