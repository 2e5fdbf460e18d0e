#!/usr/bin/env python3
"""Makes tests/golden/explain/smollm2.json with Hugging Face transformers on SmolLM2, by plain forward hooks:
logit lens, direct logit attribution by head and MLP, activation patching of every place, and gradient times
difference (attribution patching); a refusal-style direction's score and ablation. Compared by
tests/unit/explain/golden_test.cpp.

    HF_HUB_OFFLINE=1 python tests/parity/make_explain_golden.py MODEL.gguf

Needs torch, transformers and gguf.
"""
import json
import pathlib
import sys

import torch
import transformers

FILE = pathlib.Path(sys.argv[1])
OUT = pathlib.Path(__file__).parents[1] / "golden/explain/smollm2.json"
torch.set_grad_enabled(False)
model = transformers.AutoModelForCausalLM.from_pretrained(
    FILE.parent, gguf_file=FILE.name, dtype=torch.float32, attn_implementation="eager").eval()
tokenizer = transformers.AutoTokenizer.from_pretrained(FILE.parent, gguf_file=FILE.name)
layers = model.model.layers
heads, size = model.config.num_attention_heads, model.config.hidden_size // model.config.num_attention_heads


def ids(text):
    return tokenizer(text, add_special_tokens=False)["input_ids"]


def run(tokens, edits=()):
    """Logits at the end and what stood at each place; edits: (kind, layer, function of its tensor)."""
    seen, handles = {}, []

    def change(kind, layer, x):
        for k, l, f in edits:
            if k == kind and l == layer:
                x = f(x.clone())
        seen[kind, layer] = x
        return x

    for i, layer in enumerate(layers):
        handles.append(layer.register_forward_pre_hook(
            lambda m, a, kw, i=i: ((change("residual", i, a[0]), *a[1:]), kw), with_kwargs=True))
        handles.append(layer.self_attn.register_forward_hook(
            lambda m, a, o, i=i: (change("attention", i, o[0]), *o[1:])))
        handles.append(layer.mlp.register_forward_hook(lambda m, a, o, i=i: change("mlp", i, o)))
        handles.append(layer.self_attn.o_proj.register_forward_pre_hook(
            lambda m, a, i=i: (change("z", i, a[0]),)))
    handles.append(model.model.norm.register_forward_pre_hook(
        lambda m, a: seen.__setitem__(("final", 0), a[0])))
    logits = model(torch.tensor([tokens])).logits[0, -1]
    for handle in handles:
        handle.remove()
    return logits, seen


def lens(tokens, right, wrong):
    logits, seen = run(tokens)
    final = int(logits.argmax())
    out = {"tokens": tokens, "final": final, "logprob": [], "difference": [], "top": []}
    for layer in range(len(layers) + 1):
        x = seen["residual", layer] if layer < len(layers) else seen["final", 0]
        read = model.lm_head(model.model.norm(x[0, -1]))
        out["top"].append(int(read.argmax()))
        out["logprob"].append(float(torch.log_softmax(read, 0)[final]))
        out["difference"].append(float(read[right] - read[wrong]))
    return out


def attribution(tokens, right, wrong):
    logits, seen = run(tokens)
    last = seen["final", 0][0, -1].double()
    scale = (last.pow(2).mean() + model.config.rms_norm_eps).sqrt()
    u = (model.lm_head.weight[right] - model.lm_head.weight[wrong]).double() * model.model.norm.weight.double()
    read = lambda x: float(x.double() @ u / scale)
    out = {"difference": float(logits[right] - logits[wrong]),
           "embedding": read(model.model.embed_tokens.weight[tokens[-1]]), "heads": [], "mlp": []}
    for i, layer in enumerate(layers):
        z = seen["z", i][0, -1].view(heads, size)
        matrix = layer.self_attn.o_proj.weight.view(-1, heads, size)
        out["heads"].append([read(matrix[:, h] @ z[h]) for h in range(heads)])
        out["mlp"].append(read(seen["mlp", i][0, -1]))
    return out


def patching(clean, corrupt, right, wrong, some_layers):
    top = lambda logits: float(logits[right] - logits[wrong])
    logits, clean_seen = run(clean)
    high = top(logits)
    logits, corrupt_seen = run(corrupt)
    low = top(logits)
    begin = next(i for i in range(len(clean)) if clean[i] != corrupt[i])
    out = {"clean": clean, "corrupt": corrupt, "right": right, "wrong": wrong, "layers": some_layers,
           "clean_difference": high, "corrupt_difference": low, "begin": begin,
           "residual": [], "attention": [], "mlp": [], "head": []}
    for layer in some_layers:
        for kind in ("residual", "attention", "mlp"):
            row = []
            for position in range(begin, len(clean)):
                def put(x, position=position):
                    x[0, position] = clean_seen[kind, layer][0, position]
                    return x
                row.append((top(run(corrupt, [(kind, layer, put)])[0]) - low) / (high - low))
            out[kind].append(row)
        row = []
        for head in range(heads):
            def put(x, head=head):
                part = slice(head * size, (head + 1) * size)
                x[0, :, part] = clean_seen["z", layer][0, :, part]
                return x
            row.append((top(run(corrupt, [("z", layer, put)])[0]) - low) / (high - low))
        out["head"].append(row)
    near = {"residual": [], "attention": [], "mlp": [], "head": []}
    with torch.enable_grad():
        leaves = {}

        def leaf(kind, layer):
            def keep(x):
                leaves[kind, layer] = x if x.requires_grad else x.requires_grad_(True)
                leaves[kind, layer].retain_grad()
                return leaves[kind, layer]
            return keep
        edits = [(kind, layer, leaf(kind, layer)) for layer in range(len(layers))
                 for kind in ("residual", "attention", "mlp", "z")]
        logits, _ = run(corrupt, edits)
        (logits[right] - logits[wrong]).backward()
    for layer in some_layers:
        for kind in ("residual", "attention", "mlp", "z"):
            product = leaves[kind, layer].grad[0] * (clean_seen[kind, layer] - corrupt_seen[kind, layer])[0]
            product = product / (high - low)
            if kind == "z":
                near["head"].append([float(product[:, h * size:(h + 1) * size].sum()) for h in range(heads)])
            else:
                near[kind].append([float(product[p].sum()) for p in range(begin, len(clean))])
    out["by_gradient"] = near
    return out


def ablated(tokens, layer, markers):
    """A direction made of one prompt's residual stream, taken out everywhere, and added at `layer`."""
    logits, seen = run(tokens)
    r = seen["residual", layer][0, -1].clone()
    unit = r / r.norm()
    take = lambda x: x - (x @ unit).unsqueeze(-1) * unit
    score = lambda l: float((p := torch.softmax(l.double(), 0)[markers].sum()).add(1e-8).log()
                            - (1 - p).add(1e-8).log())
    every = [(kind, i, take) for i in range(len(layers)) for kind in ("residual", "attention", "mlp")]
    out, _ = run(tokens, every)
    added, _ = run(tokens, [("residual", layer, lambda x: x + r)])
    p, q = torch.log_softmax(logits.double(), 0), torch.log_softmax(out.double(), 0)
    return {"tokens": tokens, "layer": layer, "markers": markers, "plain": score(logits),
            "ablated": score(out), "steered": score(added), "kl": float((p.exp() * (p - q)).sum())}


prompts = [("The capital of France is the city of", " Paris", " Rome"),
           ("The keys on the table", " are", " is"), ("The queen was tired, so", " she", " he")]
golden = {"lens": [], "attribution": []}
for text, right, wrong in prompts:
    tokens, right, wrong = ids(text), ids(right)[0], ids(wrong)[0]
    golden["lens"].append(lens(tokens, right, wrong) | {"right": right, "wrong": wrong})
    golden["attribution"].append(attribution(tokens, right, wrong) | {"tokens": tokens})
golden["patching"] = [patching(ids("The keys on the table"), ids("The key on the table"), ids(" are")[0],
                               ids(" is")[0], [0, 8, 16, 24, 29])]
golden["direction"] = ablated(ids("The queen was tired, so"), 12, [ids(" she")[0], ids(" he")[0]])


def short(x):
    if isinstance(x, float):
        return float(f"{x:.7g}")
    if isinstance(x, list):
        return [short(y) for y in x]
    if isinstance(x, dict):
        return {k: short(v) for k, v in x.items()}
    return x


OUT.write_text(json.dumps(short(golden)) + "\n")
for each in golden["attribution"]:
    total = each["embedding"] + sum(map(sum, each["heads"])) + sum(each["mlp"])
    print(f"difference {each['difference']:.5f}, sum of parts {total:.5f}")
print(OUT, OUT.stat().st_size, "bytes")
