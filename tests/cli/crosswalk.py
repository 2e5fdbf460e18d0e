"""The crosswalk: its tasks are ones that the program knows, and its exports hold what a report holds."""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ASSAY = os.environ["ASSAY"]
ROOT = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"])
DATA = pathlib.Path(os.environ["ASSAY_SHARED_DATA"]) / "models/stories260K"


def assay(*words):
    done = subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def main():
    standards = json.loads((ROOT / "src/report/crosswalk.json").read_text())["standards"]
    tasks = json.loads(assay("tasks", "--json"))
    known = {task["name"] for task in (tasks["tasks"] if isinstance(tasks, dict) else tasks)}
    named = {name for standard in standards for clause in standard["clauses"] for link in clause["links"]
             for name in link.get("tasks", [])}
    assert named and named <= known, sorted(named - known)
    if not DATA.is_dir():
        print("skipped the rest: no stories260K")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        subprocess.run([os.environ["ASSAY_STORIES_GGUF"], DATA, home / "m.gguf"], check=True, timeout=60)
        store = ("--store", home / "runs.db")
        assay("assess", home / "m.gguf", "--tasks", "tokenizer_premium", "--lang", "en", "--limit", "8", "--out", home / "out",
              "--quiet", *store)
        report = json.loads((home / "out/report.json").read_text())
        assay("export", "latest", "--to", "crosswalk", "--out", home / "one.csv", *store)
        rows = list(csv.DictReader(io.StringIO((home / "one.csv").read_text(encoding="utf-8"))))
        clauses = [(standard["id"], clause["id"], clause["status"])
                   for standard in report["crosswalk"]["standards"] for clause in standard["clauses"]]
        assert len(clauses) == sum(len(standard["clauses"]) for standard in standards)
        assert {(row["standard"], row["clause"], row["clause_status"]) for row in rows} == set(clauses)
        divide = [row for row in rows if row["clause"] == "1.3" and row["evidence"] == "systemic.divide"]
        assert len(divide) == 1 and "tokenizer_premium/en/" in divide[0]["figures"], divide
        files = json.loads(assay("export", "latest", "--to", "gsn", "--out", home / "gsn", "--json", *store))["files"]
        assert [pathlib.Path(file).name for file in files] == ["safety-case.dot", "safety-case.zh.dot"], files
        for file in files:
            text = pathlib.Path(file).read_text(encoding="utf-8")
            assert text.startswith("digraph") and text.count("[shape=") == len(report["safety_case"]["nodes"])


main()
