"""lm-evaluation-harness's `hf` model on CPU in f32: score_worker.py REQUESTS OUT BATCH_SIZE.

Times HFLM.loglikelihood() alone: starting Python, reading and dequantising are left out."""
import json
import resource
import sys
import time

import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM

from reference import models

requests_file, out_file, batch_size = sys.argv[1], sys.argv[2], int(sys.argv[3])
reference = models.smollm2()
lm = HFLM(pretrained=reference.model, tokenizer=reference.tokenizer, batch_size=batch_size, device="cpu",
          dtype="float32")
with open(requests_file, encoding="utf-8") as file:
    rows = [json.loads(line) for line in file]
instances = [Instance("loglikelihood", {}, (r["context"], r["continuation"]), i) for i, r in enumerate(rows)]
lm.loglikelihood(instances[:2], disable_tqdm=True)  # warm
start = time.monotonic()
results = lm.loglikelihood(instances, disable_tqdm=True)
seconds = time.monotonic() - start
with open(out_file, "w", encoding="utf-8") as file:
    for logprob, greedy in results:
        file.write(json.dumps({"logprob": logprob, "greedy": bool(greedy)}) + "\n")
print(json.dumps({"seconds": seconds, "torch": torch.__version__, "threads": torch.get_num_threads(),
                  "peak_bytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
