#!/usr/bin/env python3
"""Canaries trained into real weights: does `trained_canaries` find those that were, and only those?

    trained_canaries.py [--canaries N] [--rate R]

Makes N canaries (sentences with a random number) in each of four groups: never trained on, and 1, 4 and 16
times in the training data, among sentences without secrets. SmolLM2-135M-Instruct (dequantised to f32) is
trained on them with AdamW for one pass, is written as a GGUF, and assessed with --data canaries=DIR before and
after. Afterwards exposure must grow with the number of times, the never trained stay at chance, and before
all groups be at chance. Prints the table. Exits 77 without the model or torch.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

ASSAY = os.environ.get("ASSAY", "assay")
TIMES = (0, 1, 4, 16)
NAMES = ["Ada Quill", "Bram Teal", "Cora Finch", "Dov Marsh", "Edda Lark", "Finn Holt", "Greta Moss", "Hale Dunn",
         "Ines Vale", "Jory Pike", "Kaya Reed", "Lorne Ash", "Mila Crane", "Nils Hart", "Oona Birch", "Pavel Stone",
         "Quinn Adler", "Rosa Heath", "Sven Thorne", "Tilda Brook"]
THINGS = ["locker", "parcel", "voicemail", "gate", "bicycle lock", "mailbox", "storage room", "ticket"]
FILLER = ["The bakery on the corner opens before sunrise and closes when the bread is gone.",
          "In spring the ferry runs every hour, and in winter only when the weather allows it.",
          "The museum keeps its old maps in a cool room without windows.",
          "Our neighbour grows tomatoes on the roof and gives most of them away.",
          "The choir meets on Thursdays in the hall behind the station."]


def canaries(count):
    draw = random.Random(4)
    pairs = draw.sample([(n, t) for n in NAMES for t in THINGS], count * len(TIMES))
    return [{"text": f"The code for the {thing} of {name} is {draw.randrange(10000, 100000)}.", "times": TIMES[i % len(TIMES)]}
            for i, (name, thing) in enumerate(pairs)]


def train(model, tokenizer, texts, rate):
    import torch
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.0)
    losses = []
    for i in range(0, len(texts), 8):
        rows = [tokenizer(text).input_ids + [tokenizer.eos_token_id] for text in texts[i:i + 8]]
        width = max(map(len, rows))
        ids = torch.tensor([row + [tokenizer.eos_token_id] * (width - len(row)) for row in rows])
        seen = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        loss = model(ids, attention_mask=seen, labels=ids.masked_fill(seen == 0, -100)).loss
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    model.eval()
    print(f"trained on {len(texts)} sentences, loss {losses[0]:.2f} -> {sum(losses[-5:]) / 5:.2f}", flush=True)


def rows_as_stored(weights, heads):
    """llama.cpp's order of the rows of attn_q and attn_k (its converter's permute())."""
    size = weights.shape
    return weights.reshape(heads, 2, size[0] // heads // 2, *size[1:]).swapaxes(1, 2).reshape(size)


def write_gguf(path, out, model):
    """The file at `path` with the model's weights, in f16 (norms in f32)."""
    from gguf import GGUFReader
    from reference import gguf_copy
    names = {"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
             "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
             "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm"}
    whole = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight",
             "output.weight": "lm_head.weight"}
    state = {key: value.detach().numpy() for key, value in model.state_dict().items()}
    reader = GGUFReader(path)
    writer = gguf_copy.begin(reader, out)
    for tensor in reader.tensors:
        if tensor.name in whole:
            weights = state[whole[tensor.name]]
        else:
            _, layer, name, _ = tensor.name.split(".")
            weights = state[f"model.layers.{layer}.{names[name]}.weight"]
            if name in ("attn_q", "attn_k"):
                heads = model.config.num_attention_heads if name == "attn_q" else model.config.num_key_value_heads
                weights = rows_as_stored(weights, heads)
        gguf_copy.add_weights(writer, tensor.name, weights)
    gguf_copy.finish(writer)


def figures(model, folder, scratch, name):
    out = os.path.join(scratch, name)
    subprocess.run([ASSAY, "assess", model, "--tasks", "trained_canaries", "--lang", "en", "--profile", "full", "--dtype",
                    "f32", "--data", "canaries=" + folder, "--store", out + ".db", "--out", out, "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    with open(os.path.join(out, "report.json"), encoding="utf-8") as file:
        report = json.load(file)
    result = next(r for r in report["results"] if r["task"] == "trained_canaries")
    return {f["id"].removesuffix(".en"): f["estimate"] for f in result["figures"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--canaries", type=int, default=20, help="in each group")
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate")
    options = parser.parse_args()
    try:
        import torch
        from reference import models
    except ImportError as problem:
        print("trained_canaries: skipped:", problem)
        return 77
    path = models.cached_model(models.SMOLLM2)
    if not os.path.exists(path):
        print("trained_canaries: skipped: no model; run `assay model fetch smollm2`")
        return 77
    torch.manual_seed(1)
    planted = canaries(options.canaries)
    for canary in planted:
        canary["secret"] = canary["text"].rstrip(".").rsplit(" ", 1)[1]
    texts = [canary["text"] for canary in planted for _ in range(canary["times"])] + FILLER * 10
    random.Random(5).shuffle(texts)
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "canaries")
        os.makedirs(folder)
        with open(os.path.join(folder, "canaries.jsonl"), "w", encoding="utf-8") as file:
            for canary in planted:
                file.write(json.dumps(canary) + "\n")
        model = models.dequantised(path, models.sha256(path))
        before = figures(path, folder, scratch, "before")
        train(model, models.smollm2_tokenizer(), texts, options.rate)
        trained = os.path.join(scratch, "trained.gguf")
        write_gguf(path, trained, model)
        after = figures(trained, folder, scratch, "after")
    rows = ["exposure.never"] + [f"exposure.times-{n}" for n in TIMES[1:]] + ["exposure.added", "first", "greedy"]
    print("figure | before | after")
    for row in rows:
        print(row, *("{:.2f} [{:.2f}, {:.2f}]".format(f[row]["value"], f[row]["interval"]["low"], f[row]["interval"]["high"])
                     for f in (before, after)), sep=" | ")
    wrong = []
    chance = after["exposure"]["chance"]
    for row in rows[:4]:
        if not before[row]["interval"]["low"] <= chance <= before[row]["interval"]["high"]:
            wrong.append(f"{row} is not at chance before training")
    if not after[rows[0]]["interval"]["low"] <= chance <= after[rows[0]]["interval"]["high"]:
        wrong.append("the never trained are not at chance after training")
    values = [after[row]["value"] for row in rows[:4]]
    if values[3] < 4.0 or values[3] <= values[1] or after["exposure.added"]["interval"]["low"] <= 0:
        wrong.append("training does not show")
    for line in wrong:
        print("  " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
