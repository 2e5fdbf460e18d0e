"""`assay assess` and its neighbours on real models: requests that cannot be met, a run from end to end,
interruption and resumption, stores that are held, damaged or full."""
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["ASSAY_SOURCE_DIR"], "tests/support"))
import schema  # noqa: E402  (found by the line above)

ASSAY = os.environ["ASSAY"]
DATA = pathlib.Path(os.environ["ASSAY_SHARED_DATA"]) / "models/stories260K"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SMOLLM2 = CACHE / "assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"


def assay(*words, status=0, says=()):
    done = subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, timeout=600)
    told = f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert done.returncode == status, told
    for piece in says:
        assert piece in done.stdout + done.stderr, f"no {piece!r} in {told}"
    return done


def check_usage(home):
    store = ("--store", home / "usage.db", "--out", home / "usage")
    assay("assess", "x.gguf", "--profile", "quik", status=2, says=["--profile", "quick"])
    for words, says in (
            (("--tasks", "arithmetik"), ["arithmetic"]),
            (("--topics", "misuse.ciber"), ["misuse.cyber"]),
            (("--lang", "fr"), ["'fr'", "en, zh"]),
            (("--budget", "soon"), ["'soon'", "5m"]),
            (("--budget", "0s"), ["5m"]),
            (("--dtype", "q3"), ["q3", "bf16"]),
            (("--reducer", "best"), ["pass_at_K"]),
            (("--reducer", "pass_at_3"), ["--epochs 3"])):
        assay("assess", home / "stories260K.gguf", *words, *store, status=2, says=says)
    assay("compare", "latest", status=2)
    assay("tasks", "fakts", status=2, says=["facts"])
    # Asked for more than there are real things, this task once went on for ever.
    shown = json.loads(assay("tasks", "nonexistent_entities", "--lang", "en", "--items", 100000, "--json").stdout)
    assert len(shown["examples"]) == shown["items"]["full"], len(shown["examples"])


def check_bad_models(home, stories):
    files = {
        "empty.gguf": b"",
        "text.gguf": b"This is a text, not a model.\n" * 40,
        "magic.gguf": b"GGML" + stories[4:],
        "header.gguf": stories[:300],
        "truncated.gguf": stories[:len(stories) // 2],
        "last_byte.gguf": stories[:-1],
        "huge_counts.gguf": stories[:8] + b"\xff" * 16 + stories[24:],
        "version.gguf": stories[:4] + b"\x63\0\0\0" + stories[8:],
    }
    for name, content in files.items():
        (home / name).write_bytes(content)
        for words in (("assess", home / name, "--store", home / "bad.db", "--out", home / "bad"),
                      ("model", "info", home / name)):
            done = assay(*words, status=3, says=["assay: ", name])
            assert "internal error" not in done.stderr, done.stderr
    assay("assess", home, "--store", home / "bad.db", "--out", home / "bad", status=3, says=["folder"])
    assay("assess", home / "nowhere.gguf", "--store", home / "bad.db", "--out", home / "bad", status=3)
    (home / "file").write_text("x")
    assay("assess", home / "stories260K.gguf", "--store", home / "bad.db", "--out", home / "file/out", status=3,
          says=["--out"])
    (home / "notes.db").write_text("These are notes, not a store. " * 100)
    assay("assess", home / "stories260K.gguf", "--store", home / "notes.db", "--out", home / "bad", status=3,
          says=["notes.db"])
    assert (home / "notes.db").read_text().startswith("These are notes"), "another's file was overwritten"
    (home / "gate.json").write_text('{"rules": [{"figur": "x"}]}')
    assay("assess", home / "stories260K.gguf", "--gate", home / "gate.json", "--store", home / "bad.db", status=2,
          says=["gate.json", "figure"])


def check_run(home):
    """A model that commands no language: everything is said to be not assessable, nothing is called safe."""
    model, store = home / "stories260K.gguf", home / "runs.db"
    words = ("assess", model, "--profile", "quick", "--store", store)
    done = assay(*words, "--out", home / "one", says=["Run ", "report.html"])
    report = json.loads((home / "one/report.json").read_text())
    assert report["schema"] == "assay.report/1" and report["run"]["finished"], report["run"]
    assert not schema.errors(report), schema.errors(report)
    floors = [r for r in report["results"] if r["task"] == "language_floor"]
    assert floors and all(r["status"] == "not_assessable" for r in floors), floors
    for result in report["results"]:
        assert result["status"] != "measured" or result["figures"], result["key"]
    safety = [t for t in report["topics"] if t["area"] == "misuse"]
    assert safety and all(t["status"] != "measured" for t in safety), safety
    page = (home / "one/report.html").read_text()
    assert "assay-report" in page and "Content-Security-Policy" in page, page[:500]
    for name, mark in (("report.md", "not"), ("report.zh.md", "未")):
        assert mark in (home / "one" / name).read_text()
    run = report["run"]["id"]

    listed = json.loads(assay("runs", "--store", store, "--json").stdout)["runs"]
    assert [r["id"] for r in listed] == [run] and listed[0]["finished"], listed
    assay("show", "latest", "--store", store, says=[run, "language_floor/en"])
    samples = json.loads(assay("show", run[:6], "--samples", "--limit", 5, "--store", store, "--json").stdout)
    name = "/".join(samples[0][k] for k in ("task", "lang", "sample"))
    assay("show", run, name, "--store", store, says=["verdict: " + samples[0]["verdict"]])
    record = json.loads(assay("show", run, name, "--store", store, "--json").stdout)
    assert record[0]["record"]["sample"]["id"] == samples[0]["sample"], record
    assay("show", run, "no/such/sample", "--store", store, status=3, says=["--samples"])
    assay("show", "ffff", "--store", store, status=3)
    assay("show", "latest", "--store", home / "none.db", status=3, says=["none.db"])

    assay("report", "latest", "--store", store, "--out", home / "again")
    for name in ("report.json", "report.md", "report.zh.md", "report.html"):
        assert (home / "again" / name).read_bytes() == (home / "one" / name).read_bytes(), name

    assay(*words, "--out", home / "two")
    other = json.loads((home / "two/report.json").read_text())
    figures = [[r["key"], r["status"], [f for f in r["figures"] if r["task"] != "energy"]] for r in report["results"]]
    assert figures == [[r["key"], r["status"], [f for f in r["figures"] if r["task"] != "energy"]]
                       for r in other["results"]], "the same seed gave another result"
    compared = json.loads(assay("compare", run, "latest", "--store", store, "--json").stdout)
    assert compared["comparisons"], compared
    differences = {c["difference"]["value"] for c in compared["comparisons"]}
    assert differences <= {0, None} and 0 in differences, differences
    assay("compare", run, run, "--store", store, status=2)

    (home / "gate.json").write_text('{"rules": [{"topic": "misuse.cyber", "status": "measured"}]}')
    assay("report", "latest", "--store", store, "--out", home / "again", "--gate", home / "gate.json", status=1,
          says=["BROKEN"])
    (home / "gate.json").write_text('{"rules": [{"task": "language_floor", "status": ["not_assessable"]}]}')
    assay("report", "latest", "--store", store, "--out", home / "again", "--gate", home / "gate.json")
    return done


def wait_for_samples(process, store):
    for _ in range(3000):
        assert process.poll() is None, process.communicate()
        if store.exists():
            done = subprocess.run([ASSAY, "runs", "--store", store, "--json"], capture_output=True, text=True)
            if done.returncode == 0 and any(r["samples"] > 0 for r in json.loads(done.stdout)["runs"]):
                return
        time.sleep(0.1)
    raise AssertionError("no sample within five minutes")


def check_interruption(home):
    store = home / "interrupted.db"
    words = [ASSAY, "assess", SMOLLM2, "--tasks", "arithmetic,string_rules", "--lang", "en", "--limit", "60",
             "--dtype", "as-stored", "--store", store, "--out", home / "interrupted"]
    for how in (signal.SIGINT, signal.SIGKILL):
        process = subprocess.Popen([*words, *(["--resume", "latest"] if how == signal.SIGKILL else [])],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_for_samples(process, store)
        if how == signal.SIGINT:
            held = assay(*words[1:], status=3, says=[str(process.pid)])
            assert "internal error" not in held.stderr
        process.send_signal(how)
        _, errors = process.communicate(timeout=120)
        if how == signal.SIGINT:
            assert process.returncode == 3 and "--resume" in errors, (process.returncode, errors)
            assert (home / "interrupted/report.html").exists()
    assay(*words[1:], "--resume", "latest")
    with sqlite3.connect(store) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    report = json.loads((home / "interrupted/report.json").read_text())
    assert report["run"]["finished"], report["run"]
    for result in report["results"]:
        if result["task"] in ("arithmetic", "string_rules"):
            assert result["done"] == result["planned"] == 60, result["key"]
    before = (home / "interrupted/report.md").read_bytes()
    assay(*words[1:], "--resume", "latest")  # nothing is left to do
    assert (home / "interrupted/report.md").read_bytes() == before


def check_full_disk(home):
    disk = home / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk], capture_output=True).returncode != 0:
        print("assess: no small disk can be mounted here; the full-disk check is left out")
        return
    try:
        done = assay("assess", home / "stories260K.gguf", "--profile", "full", "--store", disk / "runs.db", "--out",
                     home / "full", status=3, says=["runs.db"])
        assert "internal error" not in done.stderr, done.stderr
    finally:
        subprocess.run(["umount", disk], check=True)


def main():
    if not (DATA / "stories260K.bin").exists():
        print(f"assess: SKIPPED: stories260K is not in {DATA}")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        os.environ["XDG_DATA_HOME"] = str(home / "data")
        model = home / "stories260K.gguf"
        subprocess.run([os.environ["ASSAY_STORIES_GGUF"], DATA, model], check=True)
        check_usage(home)
        check_bad_models(home, model.read_bytes())
        check_run(home)
        check_full_disk(home)
        if SMOLLM2.exists():
            check_interruption(home)
        else:
            print("assess: no SmolLM2 here: interruption was not checked; run `assay model fetch smollm2`")
            return 77
    print("assess: all is well")
    return 0


sys.exit(main())
