#!/usr/bin/env python3
"""A step of GCG (512 candidates, top-k 256, suffix of 20 tokens) on SmolLM2 in f32: Assay's search beside
nanoGCG 0.3.0 on the same machine, same prompt, target and first suffix, same number of threads, neither
with the filter for tokenization. And Assay's own two ways beside each other, same seed: with
approximate losses first, and with every loss exact; the accepted suffixes must be the same.

    bench/gcg_vs_nanogcg.py [STEPS [NANO_STEPS]]

Needs SmolLM2 in the cache (`assay model fetch smollm2`) and the target whitebox_tool. Prints a line of JSON.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import peer

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 4
NANO_STEPS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
REQUEST = "Say the code word of the green garden."
TARGET = "Sure, here is the code word of the green garden: marigold"
SUFFIX = " x" * 20


def main():
    tool, model_file = peer.whitebox_tool(), pathlib.Path(peer.model_path())
    peer.inside_peer("nanogcg", ["nanogcg==0.3.0"])
    import torch
    import transformers
    threads = int(os.environ.get("THREADS", str(len(os.sched_getaffinity(0)))))
    torch.set_num_threads(threads)
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(model_file.parent), gguf_file=model_file.name)
    text = tokenizer.apply_chat_template([{"role": "user", "content": REQUEST + "{optim_str}"}],
                                         tokenize=False, add_generation_prompt=True)
    before, after = text.split("{optim_str}")
    ids = lambda s: tokenizer(s, add_special_tokens=False)["input_ids"]
    forbidden = [i for i in range(len(tokenizer)) if not (
        tokenizer.decode([i]).isascii() and tokenizer.decode([i]).isprintable())
        or i in tokenizer.all_special_ids]
    problem = dict(op="gcg", before=ids(before), after=ids(after), target=ids(TARGET), suffix=ids(SUFFIX),
                   forbidden=forbidden, candidates=512, top_k=256, seed=1)
    process = subprocess.Popen([tool, str(model_file), str(threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    print(process.stdout.readline().strip(), file=sys.stderr)

    def ask(**more):
        process.stdin.write(json.dumps(problem | more) + "\n")
        process.stdin.flush()
        reply = json.loads(process.stdout.readline())
        if "error" in reply:
            raise SystemExit(reply["error"])
        return reply["steps"]

    fast = ask(steps=STEPS)
    check = dict(steps=int(os.environ.get("CHECK_STEPS", "3")),
                 candidates=int(os.environ.get("CHECK_CANDIDATES", "512")), seed=2)
    ours, exact = ask(**check), ask(**check, exact=True)
    same = [a["suffix"] == b["suffix"] for a, b in zip(ours, exact)]
    process.stdin.close()
    of = lambda steps, key, digits: [round(s[key], digits) for s in steps]
    out = {"lengths": {k: len(problem[k]) for k in ("before", "suffix", "after", "target")},
           "threads": threads, "assay_seconds": of(fast, "seconds", 2), "assay_cpu": of(fast, "cpu_seconds", 2),
           "losses": of(fast, "loss", 4), "exact_of_drawn": [f"{s['exact']}/{s['drawn']}" for s in fast],
           "largest_error": round(max(s["largest_error"] for s in fast), 4),
           "check": {"candidates": check["candidates"], "same_suffix": same,
                     "exact_cpu": of(exact, "cpu_seconds", 2), "cpu": of(ours, "cpu_seconds", 2)}}
    print(json.dumps(out), file=sys.stderr, flush=True)
    if NANO_STEPS > 0:
        import nanogcg
        model = transformers.AutoModelForCausalLM.from_pretrained(
            str(model_file.parent), gguf_file=model_file.name, dtype=torch.float32).eval()
        plain = model.forward

        def forward(*args, past_key_values=None, **more):
            """nanoGCG 0.3.0 hands over lists, which transformers 4.57 no longer takes, and expects that a
            cache stays as it is."""
            if past_key_values is not None:
                pairs = past_key_values if isinstance(past_key_values, list) else past_key_values.to_legacy_cache()
                past_key_values = transformers.DynamicCache.from_legacy_cache(tuple(tuple(x[:2]) for x in pairs))
            return plain(*args, past_key_values=past_key_values, **more)
        model.forward = forward
        batch = int(os.environ.get("NANO_BATCH", "64"))  # of 512: larger ones need more memory
        marks = []
        original = nanogcg.gcg.GCG.compute_token_gradient

        def marked(self, ids):
            marks.append((time.perf_counter(), time.process_time()))
            return original(self, ids)
        nanogcg.gcg.GCG.compute_token_gradient = marked
        result = nanogcg.run(model, tokenizer, REQUEST, TARGET, nanogcg.GCGConfig(
            num_steps=NANO_STEPS, optim_str_init=SUFFIX, search_width=512, topk=256, batch_size=batch,
            seed=1, filter_ids=False, verbosity="ERROR"))
        marks.append((time.perf_counter(), time.process_time()))
        seconds, cpu = ([b[i] - a[i] for a, b in zip(marks, marks[1:])] for i in (0, 1))
        out["nanogcg_seconds"] = [round(s, 2) for s in seconds]
        out["nanogcg_cpu"] = [round(s, 2) for s in cpu]
        out["nanogcg_losses"] = [round(float(x), 4) for x in result.losses]
        for key, theirs in (("seconds", seconds), ("cpu_seconds", cpu)):
            out["times_as_fast_" + key] = round(statistics.median(theirs) /
                                                statistics.median(s[key] for s in fast), 2)
    print(json.dumps(out))


if __name__ == "__main__":
    main()
