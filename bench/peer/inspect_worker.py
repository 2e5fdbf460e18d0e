"""inspect_worker.py URL CONNECTIONS ITEMS.jsonl: an evaluation of the chats by inspect_ai, which prints a JSON
object of the seconds of eval() alone and of the samples that it scored."""
import json
import os
import sys
import tempfile
import time

url, connections, items = sys.argv[1], int(sys.argv[2]), sys.argv[3]
os.environ.update(STUB_API_KEY="none", STUB_BASE_URL=url, INSPECT_LOG_LEVEL="error")

import inspect_ai  # noqa: E402
from inspect_ai import Task, eval  # noqa: E402
from inspect_ai.dataset import MemoryDataset, Sample  # noqa: E402
from inspect_ai.model import get_model  # noqa: E402
from inspect_ai.scorer import includes  # noqa: E402
from inspect_ai.solver import generate  # noqa: E402

with open(items, encoding="utf-8") as file:
    rows = [json.loads(line) for line in file]
task = Task(dataset=MemoryDataset([Sample(id=i, input=row["q"], target=row["a"]) for i, row in enumerate(rows)]),
            solver=[generate()], scorer=includes())
model = get_model("openai-api/stub/stub", base_url=url)
with tempfile.TemporaryDirectory() as folder:
    began = time.perf_counter()
    log, = eval(task, model=model, max_connections=connections, max_samples=connections, log_dir=folder,
                display="none", temperature=0.0, max_tokens=64)
    seconds = time.perf_counter() - began
assert log.status == "success", log.error
print(json.dumps({"seconds": seconds, "scored": log.results.completed_samples,
                  "version": inspect_ai.__version__}))
