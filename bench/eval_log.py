#!/usr/bin/env python3
"""Reads of a large Inspect log: `assay import --summary` and `assay import` beside inspect_ai's own.

Makes a .eval of about SIZE MB (266) by inspect_ai's own writer (zstd, events of agents as they are in
practice), then measures, each in a process of its own, wall time and peak memory of: the header, the
summaries, every sample one by one (inspect_ai), and of assay's summary and whole import.

usage: eval_log.py ASSAY [SIZE]; run it with a Python that has inspect_ai. The log is kept in
$XDG_CACHE_HOME/assay/bench/inspect-SIZE.eval and used again.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "assay/bench"
SAMPLES = 1000


def make(path, megabytes):
    from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSample, EvalSpec, write_eval_log
    from inspect_ai.log import EvalResults, EvalStats
    from inspect_ai.model import ChatMessageAssistant, ChatMessageUser, ModelOutput
    from inspect_ai.scorer import Score
    rng = random.Random(1)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(40000)]

    def text(n):
        return " ".join(rng.choices(words, k=n))

    # A word takes about 3.2 bytes of the packed file; 60 turns a sample.
    per_turn = int(megabytes * 1e6 / SAMPLES / 60 / 3.23)
    samples = []
    for i in range(SAMPLES):
        messages = []
        for turn in range(30):
            messages.append(ChatMessageUser(content=text(per_turn)))
            messages.append(ChatMessageAssistant(content=text(per_turn), model="mock/model"))
        samples.append(EvalSample(
            id=i, epoch=1, input=text(100), target="yes", messages=messages,
            output=ModelOutput.from_content("mock/model", "yes"),
            scores={"match": Score(value="C" if rng.random() < 0.7 else "I", answer="yes")}))
    log = EvalLog(status="success", eval=EvalSpec(
        created="2026-01-01T00:00:00+00:00", task="large",
        dataset=EvalDataset(name="d", samples=SAMPLES, sample_ids=list(range(SAMPLES))),
        model="mock/model", config=EvalConfig(epochs=1)), results=EvalResults(total_samples=SAMPLES,
        completed_samples=SAMPLES), stats=EvalStats(), samples=samples)
    write_eval_log(log, str(path))


def peaked(name, command):
    """Runs the command below a helper that prints the peak memory of its child."""
    helper = ("import resource,subprocess,sys,time; t=time.perf_counter();"
              "r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;"
              "s=time.perf_counter()-t;"
              "print(r,s,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)")
    done = subprocess.run([sys.executable, "-c", helper, *map(str, command)], capture_output=True, text=True)
    code, seconds, peak = done.stdout.split()
    assert code == "0", done.stderr
    print(f"{name:44} {float(seconds):8.2f} s {float(peak):8.0f} MiB", flush=True)


def main():
    assay = sys.argv[1]
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 266
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"inspect-{size}.eval"
    if not path.exists():
        make(path, size)
    print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, {SAMPLES} samples")
    path.read_bytes()  # the page cache is warm for all alike
    python = "from inspect_ai.log import *\n"
    read = {
        "inspect_ai: read_eval_log(header_only)": f"read_eval_log({str(path)!r}, header_only=True)",
        "inspect_ai: read_eval_log_sample_summaries": f"read_eval_log_sample_summaries({str(path)!r})",
        "inspect_ai: read_eval_log_samples, all": f"[s.id for s in read_eval_log_samples({str(path)!r})]",
    }
    with tempfile.TemporaryDirectory() as folder:
        peaked("assay import --summary", [assay, "import", "--summary", path])
        peaked("assay import, all samples into the store",
               [assay, "import", path, "--store", folder + "/runs.db"])
        peaked("python: import inspect_ai.log alone", [sys.executable, "-c", python])
        for name, call in read.items():
            peaked(name, [sys.executable, "-c", python + call])


if __name__ == "__main__":
    main()
