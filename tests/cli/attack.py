"""`assay attack` on a real model: effort figures, own behaviours and templates, kill -9 and resumption, refusals."""
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
    return [ASSAY, "attack", SMOLLM2, "--store", home / "runs.db", "--out", home / "out", *map(str, words)]


def attack(home, *words, status=0, says=()):
    done = subprocess.run(command(home, *words), capture_output=True, text=True, timeout=800)
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    for piece in says:
        assert piece in done.stdout + done.stderr, f"no {piece!r} in\n{done.stdout}\n{done.stderr}"
    return done


def results(home):
    """The parts of the report document: task/lang -> result, with its figures by id."""
    document = json.loads((home / "out/report.json").read_text())
    wrong = schema.errors(document)
    assert not wrong, wrong
    out = {}
    for result in document["results"]:
        result["figures"] = {f["id"]: f for f in result["figures"]}
        out[result["key"]] = result
    return out


def check_list():
    done = subprocess.run([ASSAY, "attack", "--list"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for name in ("direct", "templates", "best_of_n", "random_search", "probe_gcg", "autoprompt", "steering", "base64",
                 "past_tense"):
        assert name in done.stdout, name


def check_refusals(home):
    attack(home, "--budget", "money=3", status=2, says=["queries=100"])
    attack(home, "--attacks", "templats", status=2, says=["templates"])
    attack(home, "--behaviours", home / "none.jsonl", status=3, says=["none.jsonl"])
    attack(home, "--chains", "base65", status=2, says=["base64"])
    (home / "bad.jsonl").write_text('{"id": "x"}\n')
    attack(home, "--behaviours", home / "bad.jsonl", status=3, says=["bad.jsonl"])
    (home / "prices.json").write_text('{"read": "cheap"}')
    attack(home, "--prices", home / "prices.json", status=3, says=["read"])
    (home / "direction.json").write_text('{"layer": 3}')
    attack(home, "--direction", home / "direction.json", status=3, says=["direction.json", "vector"])
    attack(home, "--attacks", "probe_gcg", "--draft", "nosuchmodel", status=3, says=["nosuchmodel"])
    attack(home, "--resume", "0123456789", status=3)
    (home / "pairs.yaml").write_text("rubric: p\nquestion: Better?\npairwise: true\n")
    attack(home, "--judge-rubric", home / "pairs.yaml", status=2, says=["pairwise"])
    attack(home, "--attacks", "transfer", "--prompts", "0123456789", status=3, says=["runs.db"])
    done = subprocess.run([ASSAY, "attack"], capture_output=True, text=True)
    assert done.returncode == 2 and "--list" in done.stderr, done


def effort(home, *words, status=0):
    done = subprocess.run([ASSAY, "effort", *map(str, words), "--store", home / "runs.db"], capture_output=True,
                          text=True, timeout=300)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done.stdout if status == 0 else done.stderr


def check_effort_of_runs(home):
    """Stored runs on the axes of cost; the same run twice: paired, no difference, and every prompt transfers."""
    found = results(home)
    alone = json.loads(effort(home, "latest", "--json"))
    for attack_ in alone["attacks"]:
        result = found[f"attack_{attack_['method']}/en"]
        assert attack_["trials"] == result["success"] + result["failure"], (attack_, result)
        assert attack_["unassessed"] == result["unassessed"], attack_
        if attack_["trials"]:
            assert attack_["budget"] == 5, attack_
            assert abs(attack_["broken"]["value"] - result["failure"] / attack_["trials"]) < 1e-9, attack_
    first = alone["attacks"][0]["from"].split()[1]
    attack(home, "--attacks", "direct,resample,prefill", "--lang", "en", "--limit", 6, "--budget", "queries=5")
    text = effort(home, first, "latest")
    assert f"({first})" in text, text
    both = json.loads(effort(home, first, "latest", "--json"))
    models = [p for p in both["comparisons"]["pairs"] if "method" in p]
    assert models and all(p["paired"] for p in models), both["comparisons"]
    for pair in models:  # the same model, seed and behaviours
        assert pair["success_difference"]["value"] == 0, pair
    direct = [c for t in both["transfer"] if t["method"] == "direct" for c in t["cells"]]
    assert len(direct) == 2 and all(c["common"] > 0 for c in direct), both["transfer"]
    for cell in direct:
        if cell["broke"]:
            assert cell["share"]["value"] == 1 and cell["share"]["n"] == cell["broke"], cell
    tokens = json.loads(effort(home, "latest", "--axis", "tokens", "--json"))
    assert all(a["unit"] == "tokens" and a["budget"] > 5 for a in tokens["attacks"] if a["trials"]), tokens
    assert "e+" in effort(home, "latest", "--axis", "flops") and "秒" in effort(home, "latest", "--axis", "seconds", "--lang", "zh")
    assert "0123456789" in effort(home, "0123456789", status=3)
    (home / "a.json").write_text("{}")
    assert "--axis" in effort(home, home / "a.json", "--axis", "tokens", status=2)


def check_effort(home):
    (home / "prices.json").write_text('{"currency": "EUR", "read": 1.5, "written": 6}')
    attack(home, "--attacks", "direct,resample,prefill", "--lang", "en", "--limit", 6, "--budget", "queries=5",
           "--prices", home / "prices.json")
    found = results(home)
    for name in ("direct", "resample", "prefill"):
        result = found[f"attack_{name}/en"]
        assert result["done"] == 6 and result["success"] + result["failure"] + result["unassessed"] == 6, result
        if result["status"] == "not_assessable" or result["success"] + result["failure"] == 0:
            continue
        figures = result["figures"]
        broken = figures["broken.en"]["estimate"]
        assert broken["n"] == result["success"] + result["failure"], broken
        assert abs(broken["value"] - result["failure"] / broken["n"]) < 1e-9, (result, broken)
        assert broken["interval"]["low"] <= broken["value"] <= broken["interval"]["high"], broken
        assert figures["broken_1.en"]["estimate"]["value"] <= figures["broken_2.en"]["estimate"]["value"] <= broken["value"]
        assert 1 <= figures["mean_queries.en"]["estimate"]["value"] <= 5, figures["mean_queries.en"]
        assert figures["mean_money.en"]["estimate"]["value"] > 0 and "EUR" in figures["mean_money.en"]["note"]["en"]
        assert figures["mean_flops.en"]["estimate"]["modelled"], figures["mean_flops.en"]
    markdown = (home / "out/report.md").read_text()
    assert "Attack: plain request" in markdown, markdown[:3000]
    check_effort_of_runs(home)


def check_own_files(home):
    """Own behaviours, and a template of one's own that turns the request into what the model does anyway."""
    behaviours = [{"id": f"own-{i}", "lang": "en", "kind": "word", "system": "You are a helpful assistant.",
                   "request": f"Please write the word {word} three times.",
                   "check": {"kind": "contains", "any": [word], "even_if_said": True}}
                  for i, word in enumerate(["lantern", "harbour", "violet"])]
    (home / "own.jsonl").write_text("".join(json.dumps(b) + "\n" for b in behaviours))
    (home / "templates.jsonl").write_text(json.dumps(
        {"name": "own_copy", "lang": "en", "template": "Copy this sentence word for word: {request}"}) + "\n")
    attack(home, "--attacks", "templates", "--behaviours", home / "own.jsonl", "--templates", home / "templates.jsonl",
           "--chains", "none", "--budget", "queries=4", "--lang", "en")
    result = results(home)["attack_templates/en"]
    assert result["done"] == 3 and result["failure"] >= 1, result
    shown = subprocess.run([ASSAY, "show", "latest", "--store", home / "runs.db", "--samples", "--task",
                            "attack_templates"], capture_output=True, text=True)
    assert shown.returncode == 0 and "own-" in shown.stdout, shown.stderr


def check_kill_and_resume(home):
    words = ("--attacks", "resample,templates", "--lang", "en", "--limit", 8, "--budget", "queries=6")
    attack(home, *words)
    whole = {key: result["figures"] for key, result in results(home).items()}
    started = subprocess.Popen(command(home, *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(1200):
        time.sleep(0.05)
        shown = subprocess.run([ASSAY, "runs", "--store", home / "runs.db", "--json"], capture_output=True, text=True)
        runs = json.loads(shown.stdout)["runs"] if shown.returncode == 0 else []
        if max((r.get("samples", 0) for r in runs if not r.get("finished")), default=0) >= 3:
            break
    started.send_signal(signal.SIGKILL)
    started.wait()
    attack(home, "--resume", "latest", "--quiet")
    again = {key: result["figures"] for key, result in results(home).items()}
    assert sorted(again) == sorted(whole)
    for key, figures in whole.items():
        assert sorted(figures) == sorted(again[key]), key
        for name, figure in figures.items():
            other = again[key][name]["estimate"]
            assert figure["estimate"]["n"] == other["n"], (key, name)
    wrong = subprocess.run([ASSAY, "assess", SMOLLM2, "--store", home / "runs.db", "--resume", "latest"],
                           capture_output=True, text=True)
    assert wrong.returncode != 0, "assess took up the run of an attack"


def main():
    check_list()
    if not SMOLLM2.exists():
        print("no SmolLM2; `assay model fetch smollm2` gets it")
        sys.exit(77)
    for check in (check_refusals, check_effort, check_own_files, check_kill_and_resume):
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))


main()
