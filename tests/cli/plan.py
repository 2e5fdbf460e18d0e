"""`assay plan`: sizes without a run, from a run's clusters and costs, and wishes that can't be met."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ASSAY = os.environ["ASSAY"]
DATA = pathlib.Path(os.environ["ASSAY_SHARED_DATA"]) / "models/stories260K"


def plan(*words, status=0):
    done = subprocess.run([ASSAY, "plan", *map(str, words)], capture_output=True, text=True, timeout=60)
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def main():
    assert "299 items" in plan("--at-most", "0.01")
    assert "299" in plan("--at-most", "0.01", "--lang", "zh")
    found = json.loads(plan("--difference", "0.05", "--json", "--design-effect", 2, "--unassessed", 0.2))
    assert found["answers"] == -(-found["independent_items"] * 20 // 8) and found["groups"] == 2, found
    for words in ((), ("--width", 0.1, "--at-most", 0.1), ("--width", 0), ("--width", 0.1, "--price-in", 1),
                  ("--width", 0.1, "--unassessed", 1), ("--difference", 0.9, "--paired"),
                  ("--width", 0.1, "--from", "latest")):
        plan(*words, status=2)
    if not DATA.is_dir():
        print("skipped the rest: no stories260K")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        subprocess.run([os.environ["ASSAY_STORIES_GGUF"], DATA, home / "m.gguf"], check=True, timeout=60)
        store = home / "runs.db"
        subprocess.run([ASSAY, "assess", home / "m.gguf", "--tasks", "minimal_pairs_bias", "--lang", "en", "--limit", "24",
                        "--store", store, "--out", home / "out", "--quiet"], check=True, timeout=300,
                       stdout=subprocess.DEVNULL)
        task = "language_floor"  # asked of every model; a model this small goes no further
        words = ("--width", 0.1, "--from", "latest", "--task", task, "--store", store, "--json")
        found = json.loads(plan(*words, "--price-hour", 3.6))
        cost = found["cost"]
        assert cost["seconds"] > 0 and cost["tokens"] > 0 and found["from"]["task"] == task, found
        assert abs(cost["money"] - cost["seconds"] / 1000) < 1e-9, found
        half = json.loads(plan(*words, "--rate", 0.5, "--design-effect", 1, "--unassessed", 0))
        assert half["independent_items"] == 402 and half["answers"] == 402, half
        assert "Cost as in run" in plan(*words[:-1])
        plan("--width", 0.1, "--from", "latest", "--task", "nothing", "--store", store, status=3)


main()
