"""Prompts of an exact number of tokens: prompts_worker.py OUT COUNT LENGTH."""
import json
import sys

from reference import models, texts

out_file, count, length = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
tokenizer = models.smollm2_tokenizer()
words = (texts.STORY + " ").split(" ")
prompts = []
for start in range(len(words)):
    text = ""
    for word in words[start:start + length + 1]:
        longer = f"{text} {word}".strip()
        if len(tokenizer.encode(longer)) > length:
            break
        text = longer
    if len(tokenizer.encode(text)) == length and all(p.split(" ")[:2] != text.split(" ")[:2] for p in prompts):
        prompts.append(text)
if len(prompts) < count:
    sys.exit(f"only {len(prompts)} prompts of {length} tokens")
with open(out_file, "w", encoding="utf-8") as file:
    for prompt in prompts[:count]:
        file.write(json.dumps({"prompt": prompt}) + "\n")
print(json.dumps({"prompts": count}))
