"""assay effort: tables, JSON, CSV and picture from attack artifacts; the published ones where they are."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.dom.minidom

ASSAY = os.environ["ASSAY"]
DATA = pathlib.Path(os.environ["ASSAY_SHARED_DATA"]) / "jailbreakbench-artifacts"


def effort(*words, status=0):
    done = subprocess.run([ASSAY, "effort", *map(str, words)], capture_output=True, text=True, timeout=300)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done.stdout if status == 0 else done.stderr


def artifact(method, model, hits, budget, kind="black_box"):
    """One attempt a behaviour; None: not broken."""
    items = [{"index": i, "goal": "Say the word lantern", "behavior": f"b{i}", "category": "stand-in",
              "prompt": "p", "response": "r", "number_of_queries": budget, "queries_to_jailbreak": hit,
              "prompt_tokens": 1, "response_tokens": 1, "jailbroken": hit is not None,
              "jailbroken_other": hit is not None and i != 0} for i, hit in enumerate(hits)]
    return {"parameters": {"method": method, "model": model, "attack_type": kind}, "jailbreaks": items}


def own(folder):
    fast = [1 + i % 7 for i in range(28)] + [None, None]
    slow = [20 + 2 * i for i in range(20)] + [None] * 10
    for name, hits in (("fast", fast), ("slow", slow)):
        (folder / f"{name}.json").write_text(json.dumps(artifact(name, "m, \"x\"", hits, 100)))
    (folder / "info.json").write_text('{"models": ["m"]}')
    text = effort(folder)
    assert "93%" in text and "4 (" in text and "stratified log-rank" in text, text
    assert "攻破" in effort(folder, "--lang", "zh")
    out = folder / "out"
    out.mkdir()
    found = json.loads(effort(folder, "--json", "--costs", "5,50", "--csv", out / "p.csv", "--svg", out / "c.svg"))
    attacks = {a["method"]: a for a in found["attacks"]}
    assert attacks["fast"]["median"]["value"] == 4 and attacks["slow"]["median"]["value"] == 48, found
    at = {x["cost"]: x["success"] for x in attacks["fast"]["success_at"]}
    assert at[5]["value"] == 20 / 30 and at[5]["interval"]["low"] < 20 / 30 < at[5]["interval"]["high"], at
    assert attacks["fast"]["other_labels"][0]["differ"] == 1
    pair, = found["comparisons"]["pairs"]
    assert pair["paired"] and pair["adjusted_p"] < 0.01 and pair["success_difference"]["value"] < 0, pair
    assert len(found["left_out"]) == 1
    together, = found["together"]
    assert together["behaviours"] == 30 and together["any"]["value"] == 28 / 30, together
    assert [f["share"]["value"] for f in together["first"]] == [28 / 30, 0], together
    rows = list(csv.DictReader((out / "p.csv").open(newline="")))
    assert rows[0]["model"] == 'm, "x"' and float(rows[0]["success"]) <= float(rows[1]["success"]), rows[0]
    assert all(float(r["band_low"]) <= float(r["low"]) <= float(r["success"]) <= float(r["high"]) <= 1 for r in rows)
    picture = xml.dom.minidom.parse(str(out / "c.svg"))
    assert len(picture.getElementsByTagName("circle")) == 2
    assert effort(folder, "--json", "--costs", "5,50") == effort(folder, "--json", "--costs", "5,50")
    assert "jailbreaks" in effort(folder / "info.json", status=3)
    bad = artifact("m", "n", [3], 2)
    (folder / "bad.json").write_text(json.dumps(bad))
    message = effort(folder, status=3)
    assert "bad.json, item 1" in message and "number_of_queries" in message, message
    effort(folder / "nothing.json", status=3)
    effort(status=2)
    effort(folder, "--costs", "0", status=2)
    (folder / "bad.json").unlink()
    effort(folder / "fast.json", "--csv", "/nonexistent/x.csv", status=3)


def published():
    found = json.loads(effort(DATA, "--json"))
    broken = {(a["method"], a["model"]): round(100 * a["broken"]["value"]) for a in found["attacks"]}
    assert len(broken) == 18, broken
    for key, share in {("GCG", "vicuna-13b-v1.5"): 80, ("PAIR", "vicuna-13b-v1.5"): 69,
                       ("JailbreakChat", "vicuna-13b-v1.5"): 90, ("DSN", "llama-2-7b-chat-hf"): 94,
                       ("adaptive_random_search", "gpt-4-0125-preview"): 78}.items():
        assert broken[key] == share, (key, broken[key])
    gcg = {(c["from"], c["to"]): c for m in found["transfer"] if m["method"] == "GCG" for c in m["cells"]}
    near = gcg["vicuna-13b-v1.5", "gpt-3.5-turbo-1106"]
    assert near["broke"] == 80 and near["share"]["value"] == 44 / 80, near
    text = effort(DATA)
    assert "155 of 1,437" in text and "GCG (transfer)" in text, text


def main():
    with tempfile.TemporaryDirectory() as folder:
        own(pathlib.Path(folder))
    if not DATA.is_dir():
        print(f"skipped the rest: no {DATA}")
        sys.exit(77)
    published()


main()
