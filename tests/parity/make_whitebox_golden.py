#!/usr/bin/env python3
"""Writes tests/golden/model/whitebox.json: a tiny model of every family whose weights are a formula (so
that the unit test makes the same ones without Python), and what transformers computes with them.

    python tests/parity/make_whitebox_golden.py      # needs torch and transformers
"""
import json
import pathlib
import tempfile

import numpy
import torch
from safetensors import safe_open

import whitebox

TOKENS = [5, 17, 3, 88, 41, 2, 9]
TARGET = [12, 60]


def formula(name, count, one_dimensional):
    """Value i of the tensor `name`: a hash of both in [-0.25, 0.25), plus 1 for vectors named weight."""
    h = 2166136261
    for byte in name.encode():
        h = (h ^ byte) * 16777619 % 2**32
    s = (numpy.arange(count, dtype=numpy.uint64) * 2654435761 + h) % 2**32
    s = (s ^ (s >> numpy.uint64(15))) * numpy.uint64(2246822519) % 2**32
    s = (s ^ (s >> numpy.uint64(13))) * numpy.uint64(3266489917) % 2**32
    values = ((s >> numpy.uint64(8)).astype(numpy.float64) / 2**24 - 0.5) * 0.5
    if one_dimensional and name.endswith("weight"):
        values = values + 1.0
    return values.astype(numpy.float32)


def case(family):
    model = whitebox.tiny(family)
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        config = json.loads((pathlib.Path(folder) / "config.json").read_text())
        with safe_open(folder + "/model.safetensors", "pt") as file:
            shapes = {name: list(file.get_slice(name).get_shape()) for name in file.keys()}
    state = {name: torch.from_numpy(formula(name, int(numpy.prod(shape)), len(shape) == 1)).reshape(shape)
             for name, shape in shapes.items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected, unexpected
    model.tie_weights()
    model.set_attn_implementation("eager")
    x = whitebox.embedding_rows(model, TOKENS)
    position = len(TOKENS) - 2
    logits = model(inputs_embeds=x).logits[0]
    loss = torch.nn.functional.cross_entropy(logits[position:], torch.tensor(TARGET))
    loss.backward()
    inner = getattr(model.get_input_embeddings(), "embed_scale", torch.tensor(1.0))
    one_hot = (x.grad[0, 3] @ model.get_input_embeddings().weight.detach().T * inner)
    _, seen = whitebox.reference(model, TOKENS)
    keep = [k for k in ("logits", "torch_dtype", "dtype", "transformers_version", "architectures",
                        "_name_or_path") if k in config]
    for key in keep:
        del config[key]
    rounded = lambda values: [float(f"{v:.7g}") for v in numpy.asarray(values, dtype=float).ravel()]
    hooks = {name: rounded(value.reshape(len(TOKENS), -1)[-1][:3]) for name, value in seen.items()
             if name.startswith("blocks.1.") and "pattern" not in name}
    hooks["blocks.1.attn.hook_pattern"] = rounded(seen["blocks.1.attn.hook_pattern"][1, -1][:3])
    return {"config": config, "shapes": shapes, "logits": rounded(logits[-1].detach()),
            "loss": loss.item(), "one_hot": rounded(one_hot), "hooks": hooks}


golden = {"tokens": TOKENS, "target": TARGET, "families": {f: case(f) for f in whitebox.FAMILIES}}
out = pathlib.Path(__file__).parent.parent / "golden/model/whitebox.json"
out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(out, out.stat().st_size, "bytes")
