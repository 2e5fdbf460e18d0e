#!/usr/bin/env python3
"""All activations of SmolLM2 (30 layers) for one prompt, a batch of equal prompts and a ragged batch: Assay's
white box beside TransformerLens' run_with_cache, f32, same threads; time (median of runs) and peak memory
of each process, loading included.

    bench/whitebox_vs_transformerlens.py

Needs SmolLM2 in the cache and the target whitebox_tool. TransformerLens gets the weights from a Hugging
Face model, as its from_pretrained does, without folding. Prints a line of JSON.
"""
import importlib.machinery
import json
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import time
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import peer

MODEL = pathlib.Path(peer.model_path())
PACKAGES = ["transformer_lens==2.16.1", "fancy_einsum", "better_abc", "beartype", "einops", "jaxtyping",
            "wadler-lindig", "typeguard", "rich", "markdown-it-py", "mdurl", "pygments"]
THREADS = int(os.environ.get("THREADS", str(len(os.sched_getaffinity(0)))))
REPEAT = int(os.environ.get("REPEAT", "5"))


def batches():
    rng = random.Random(1)
    make = lambda lengths: [[rng.randrange(1000, 40000) for _ in range(n)] for n in lengths]
    return {"one prompt of 64": make([64]), "8 of 128": make([128] * 8),
            "8 of 32 to 256": make([32, 48, 64, 96, 128, 160, 208, 256])}


def lens():
    import torch
    import transformers
    # Imported by its training loop, which is not used here.
    wandb = sys.modules["wandb"] = types.ModuleType("wandb")
    wandb.__spec__ = importlib.machinery.ModuleSpec("wandb", None)
    from transformer_lens import HookedTransformer, HookedTransformerConfig
    from transformer_lens.pretrained.weight_conversions import convert_llama_weights
    torch.set_num_threads(THREADS)
    torch.set_grad_enabled(False)
    hf = transformers.AutoModelForCausalLM.from_pretrained(str(MODEL.parent), gguf_file=MODEL.name,
                                                           dtype=torch.float32)
    c = hf.config
    cfg = HookedTransformerConfig(
        n_layers=c.num_hidden_layers, d_model=c.hidden_size, n_ctx=512, d_head=64, n_heads=c.num_attention_heads,
        n_key_value_heads=c.num_key_value_heads, d_mlp=c.intermediate_size, d_vocab=c.vocab_size,
        act_fn="silu", normalization_type="RMS", positional_embedding_type="rotary", rotary_dim=64,
        rotary_base=int(c.rope_theta), rotary_adjacent_pairs=False, eps=c.rms_norm_eps, gated_mlp=True,
        final_rms=True, original_architecture="LlamaForCausalLM", dtype=torch.float32, device="cpu")
    model = HookedTransformer(cfg)
    model.load_state_dict(convert_llama_weights(hf, cfg), strict=False)
    del hf
    out = {"load_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    for name, sequences in batches().items():
        longest = max(map(len, sequences))
        tokens = torch.tensor([s + [0] * (longest - len(s)) for s in sequences])
        mask = torch.tensor([[1] * len(s) + [0] * (longest - len(s)) for s in sequences])
        ask = {} if bool(mask.all()) else {"attention_mask": mask}
        times = []
        for _ in range(REPEAT + 1):
            begin = time.perf_counter()
            logits, cache = model.run_with_cache(tokens, **ask)
            times.append(time.perf_counter() - begin)
            entries = len(cache)
            del cache
        out[name] = {"seconds": statistics.median(times[1:]), "entries": entries,
                     "logit": float(logits[0, len(sequences[0]) - 1, 5])}
    out["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(out))


def assay():
    process = subprocess.Popen([peer.whitebox_tool(), str(MODEL), str(THREADS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True)
    info = json.loads(process.stdout.readline())
    out = {"load_mb": info["peak_rss_mb"], "weights_mb": info["parameters"] * 4 / 2**20}
    for name, sequences in batches().items():
        for kind, cache in (("", ["all"]), (", no hook", [])):
            request = dict(op="run", sequences=sequences, cache=cache, logits="all", repeat=REPEAT + 1)
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            replies = [json.loads(process.stdout.readline()) for _ in range(REPEAT + 1)]
            out[name + kind] = {"seconds": statistics.median(r["seconds"] for r in replies[1:])}
            out["peak_mb"] = replies[-1]["peak_rss_mb"]
    process.stdin.close()
    return out


def main():
    peer.inside_peer("transformer_lens2", PACKAGES)
    if sys.argv[1:] == ["lens"]:
        lens()
        return
    ours = assay()
    reply = subprocess.run([sys.executable, __file__, "lens"], stdout=subprocess.PIPE, text=True, check=True)
    theirs = json.loads(reply.stdout.splitlines()[-1])
    ratios = {name: round(theirs[name]["seconds"] / ours[name]["seconds"], 2) for name in batches()}
    print(json.dumps({"assay": ours, "transformer_lens": theirs, "times_as_fast": ratios,
                      "memory_ratio": round(ours["peak_mb"] / theirs["peak_mb"], 2)}))


if __name__ == "__main__":
    main()
