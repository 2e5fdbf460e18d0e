#!/usr/bin/env python3
"""Writes tests/golden/model/greedy_f32.json: whole greedy texts of llama.cpp's llama-server on f32 weights.

The weights are SmolLM2's, dequantised by llama-quantize; the key-value cache is f32 and flash attention
off, so that nothing is rounded to half precision and no text has to be cut at a near tie.
"""
import json
import os
import subprocess
import sys
import tempfile

from reference import models, texts
from reference.server import Server, tools_folder

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "golden", "model", "greedy_f32.json")
TOKENS = 48  # a text


def prompts():
    """Beginnings of one story, and the raw prompts of the other golden file."""
    words = texts.STORY.split(" ")
    return [" ".join(words[start:start + 24]) for start in range(0, 160, 20)] + \
           [prompt for prompt, _ in texts.GENERATE_RAW[:5]]


def main():
    stored = models.cached_model("SmolLM2-135M-Instruct.Q4_1.gguf")
    if not os.path.exists(stored):
        print("SKIPPED: no " + stored + "; run `assay model fetch smollm2`")
        sys.exit(77)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        weights = os.path.join(folder, "f32.gguf")
        subprocess.run([os.path.join(tools_folder(), "llama-quantize"), "--allow-requantize", stored, weights,
                        "F32"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Server(weights, tie=0, exact=True) as server:
            for prompt in prompts():
                rows.append({"prompt": prompt, **server.raw(prompt, TOKENS)})
    for row in rows:
        del row["tokens"]
    with open(OUT, "w", encoding="utf-8") as file:
        json.dump({"source": "llama-server, f32 weights and cache", "model_sha256": models.sha256(stored),
                   "generate_raw": rows}, file, ensure_ascii=False, indent=1)
        file.write("\n")
    print(len(rows), "texts in", OUT)


if __name__ == "__main__":
    main()
