"""`assay assess --vary` on a real model: crossed contexts, forms of the weights, resumption, refusals."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["ASSAY_SOURCE_DIR"], "tests/support"))
import schema  # noqa: E402  (found by the line above)

ASSAY = os.environ["ASSAY"]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SMOLLM2 = CACHE / "assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"


def command(home, *words):
    return [ASSAY, "assess", SMOLLM2, "--lang", "en", "--store", home / "runs.db", "--out", home / "out", *map(str, words)]


def assess(home, *words, status=0, says=()):
    done = subprocess.run(command(home, *words), capture_output=True, text=True, timeout=600)
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    for piece in says:
        assert piece in done.stdout + done.stderr, f"no {piece!r} in\n{done.stdout}\n{done.stderr}"
    return done


def task_of(home, name):
    """The task's part of the report document: figures by id, shares by source."""
    document = json.loads((home / "out/report.json").read_text())
    wrong = schema.errors(document)
    assert not wrong, wrong
    result = next(r for r in document["results"] if r["task"] == name)
    return {f["id"]: f for f in result["figures"]}, {s["source"]: s["share"] for s in result["variance"]}


def check_refusals(home):
    assess(home, "--vary", "mood", status=2, says=["mood", "persona"])
    assess(home, "--vary", "format", "--tasks", "facts", status=2, says=["facts", "format"])
    assess(home, "--vary", "language", "--tasks", "facts", status=2, says=["facts", "language"])
    assess(home, "--vary", "persona", "--contexts", "1", status=2)
    assess(home, "--vary", "quantisation", "--dtype", "f32", "--tasks", "facts", status=2, says=["--vary-weights"])
    assess(home, "--vary", "quantisation", "--vary-weights", "f32", "--tasks", "facts", status=2, says=["facts"])
    assess(home, "--vary", "quantisation", "--vary-weights", "f32,q3", "--tasks", "facts", status=2, says=["q3"])


def check_report(home):
    done = assess(home, "--tasks", "facts", "--vary", "persona,quantisation", "--vary-weights", "as-stored,f32",
                  "--contexts", 4, "--limit", 20)
    assert "persona (5), quantisation (2)" in done.stderr, done.stderr
    figures, shares = task_of(home, "facts")
    assert figures["vary.all.en"]["estimate"]["n"] == 80, figures["vary.all.en"]
    assert figures["vary.reference.en"]["estimate"]["n"] == 20 == figures["accuracy.en"]["estimate"]["n"]
    assert figures["vary.reference.en"]["estimate"]["value"] == figures["accuracy.en"]["estimate"]["value"]
    worst, lowest = figures["vary.worst.en"]["estimate"], figures["vary.at_least.en"]["estimate"]
    assert worst["value"] <= figures["vary.reference.en"]["estimate"]["value"] and lowest["sides"] == "lower", figures
    assert lowest["interval"]["low"] <= worst["value"], (lowest, worst)
    assert {"vary.quantisation.0.en", "vary.quantisation.1.en"} <= set(figures), sorted(figures)
    for part in ("item", "persona", "quantisation"):
        assert part in shares, shares
    assert abs(sum(share["value"] for share in shares.values()) - 1) < 1e-6, shares
    markdown = (home / "out/report.md").read_text()
    assert "Worst context" in markdown and "the form of the weights" in markdown.lower(), markdown[-3000:]


def check_kill_and_resume(home):
    """SIGKILL in the middle: the resumed run asks the rest in the same contexts, and gives the same figures."""
    words = ("--tasks", "arithmetic", "--vary", "system,format,temperature", "--contexts", 6, "--limit", 10)
    assess(home, *words)
    whole = task_of(home, "arithmetic")
    started = subprocess.Popen(command(home, *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done = 0
    for _ in range(600):
        time.sleep(0.05)
        shown = subprocess.run([ASSAY, "runs", "--store", home / "runs.db", "--json"], capture_output=True, text=True)
        runs = json.loads(shown.stdout)["runs"] if shown.returncode == 0 else []
        done = max((r.get("samples", 0) for r in runs if not r.get("finished")), default=0)
        if done > 0 or started.poll() is not None:
            break
    started.send_signal(signal.SIGKILL)
    started.wait()
    if done:
        assess(home, "--resume", "latest")
        assert task_of(home, "arithmetic") == whole, "the resumed run differs from the whole one"


def main():
    if not SMOLLM2.is_file():
        print("skipped: no model; `assay model fetch smollm2` brings it")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        check_refusals(home)
        check_report(home)
        check_kill_and_resume(home)


main()
