"""HF generate(), batched, greedy: generate_worker.py PROMPTS OUT NEW_TOKENS BATCH_SIZE DTYPE."""
import json
import resource
import sys
import time

import torch

from reference import models

prompts_file, out_file, count, batch_size, dtype = (sys.argv[1], sys.argv[2], int(sys.argv[3]),
                                                    int(sys.argv[4]), sys.argv[5])
reference = models.smollm2()
model = reference.model.to(getattr(torch, dtype))
tokenizer = reference.tokenizer
tokenizer.padding_side = "left"
tokenizer.pad_token = tokenizer.eos_token
with open(prompts_file, encoding="utf-8") as file:
    prompts = [json.loads(line)["prompt"] for line in file]


@torch.inference_mode()
def run(texts, tokens):
    batch = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
    out = model.generate(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"],
                         do_sample=False, min_new_tokens=tokens, max_new_tokens=tokens,
                         pad_token_id=tokenizer.pad_token_id)
    return tokenizer.batch_decode(out[:, batch["input_ids"].shape[1]:])


run(prompts[:2], 4)  # warm
start = time.monotonic()
texts = []
for i in range(0, len(prompts), batch_size):
    texts += run(prompts[i:i + batch_size], count)
seconds = time.monotonic() - start
with open(out_file, "w", encoding="utf-8") as file:
    for text in texts:
        file.write(json.dumps({"text": text}) + "\n")
print(json.dumps({"seconds": seconds, "completion_tokens": count * len(prompts), "torch": torch.__version__,
                  "peak_bytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
