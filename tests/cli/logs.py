"""`assay import`, `export` and `rescore`: logs of the real tools in, logs out, and what the real inspect_ai
reads in ours. Without a Python that has inspect_ai (ASSAY_INSPECT_PYTHON, python3, or the one of the
benches) that part is left out, and the test then shows as skipped."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ASSAY = os.environ["ASSAY"]
GOLDEN = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"]) / "tests/golden/logs"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")

READ = """
import sys
from inspect_ai.log import read_eval_log, read_eval_log_sample, read_eval_log_sample_summaries
header = read_eval_log(sys.argv[1], header_only=True)
log = read_eval_log(sys.argv[1])
short = read_eval_log_sample_summaries(sys.argv[1])
assert header.status == log.status == "success" and header.version == 2
assert len(log.samples) == len(short) == 8, len(log.samples)
assert header.results.completed_samples == 8
values = {(s.id, s.epoch): s.scores["assay"].value for s in log.samples}
assert values[("\\u9996\\u90fd", 1)] == "C" and values[("\\u9996\\u90fd", 2)] == "I", values
assert values[("sum", 2)] != values[("sum", 2)], "unassessed is NaN"
one = read_eval_log_sample(sys.argv[1], id="\\u9996\\u90fd", epoch=1)
assert one.output.completion == "\\u5317\\u4eac" and one.messages[-1].role == "assistant"
accuracy = header.results.scores[0].metrics["accuracy"].value
assert abs(accuracy - 4 / 6) < 1e-9, accuracy
"""


def assay(*words, status=0, says=()):
    done = subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, timeout=300)
    told = f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert done.returncode == status, told
    for piece in says:
        assert piece in done.stdout + done.stderr, f"no {piece!r} in {told}"
    return done


def inspect_python():
    places = [os.environ.get("ASSAY_INSPECT_PYTHON"), sys.executable, CACHE / "assay/bench/inspect-log/bin/python"]
    for place in filter(None, places):
        try:
            found = subprocess.run([place, "-c", "import inspect_ai.log"], capture_output=True, timeout=120)
        except OSError:
            continue
        if found.returncode == 0:
            return place
    return None


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        store = ("--store", home / "runs.db")
        assay("import", "--summary", GOLDEN / "capitals.eval", says=["mockllm/model", "8 samples"])
        done = json.loads(assay("import", GOLDEN / "capitals.eval", "--json", *store).stdout)
        run = done[0]["run"]
        assay("import", GOLDEN / "lm-eval", GOLDEN / "none", *store, status=3, says=["tiny_words/en", "none"])
        assay("runs", *store, says=[run, "imported", "mockllm/model"])
        assay("show", run, "--samples", *store, says=["capitals/en/首都", "the log records an error"])
        assay("report", run, "--out", home / "report", *store, says=["Right by includes"])
        for name in ("report.md", "report.zh.md"):
            text = (home / "report" / name).read_text()
            assert "capitals" in text and "SHA-256" in text and "inspect_ai" in text, name
        assay("rescore", run, "--scorer", "exact", *store, says=["8 answers scored"])
        assay("rescore", run, "--scorer", "guess", *store, status=2, says=["includes", "refusal"])
        assay("compare", run, "latest", *store, says=["capitals"])
        assay("export", run, "--format", "helm", *store, status=2, says=["lm-eval"])
        for format in ("lm-eval", "garak"):
            files = json.loads(assay("export", run, "--format", format, "--out", home / format, "--task", "capitals",
                                     "--json", *store).stdout)["files"]
            assay("import", files[0], *store, says=["8 samples"])
        assay("export", run, "--format", "inspect", "--out", home / "ours.eval", *store)
        python = inspect_python()
        if python is None:
            print("logs: SKIPPED the part with the real reader: no Python here has inspect_ai", file=sys.stderr)
            sys.exit(77)
        read = subprocess.run([python, "-c", READ, home / "ours.eval"], capture_output=True, text=True, timeout=300)
        assert read.returncode == 0, read.stderr[-3000:]


main()
