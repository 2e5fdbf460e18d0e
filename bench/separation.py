#!/usr/bin/env python3
"""Do the suites tell models apart? Two models and spoiled copies of each through `assay assess`.

    separation.py [--profile standard] [--models smollm2,gemma] [--work DIR] [--write FILE]

The copies (bench/peer/spoil.py, which says how they are made) are: coarse weights, two wrong chat
templates, and a model steered towards refusal. Each is assessed in English with the same items, weights
as q8_0. The table has each suite's first primary figure of each model; an arrow where its 95%
interval lies wholly above or below that of the unspoiled model, "n/a" where the figure cannot be given.
With --work, runs that are there already are not made again.
"""
import argparse
import datetime
import json
import os
import subprocess
import tempfile
import time

import peer

GEMMA = "gemma-3-270m-q4_k_m.gguf"
KINDS = {  # of each model: kind -> heading
    "smollm2": {"as_is": "as it is", "levels_12": "12 levels", "levels_8": "8 levels", "turns": "no end of turn",
                "template": "other template", "refusing_1": "refusing"},
    "gemma": {"as_is": "as it is", "levels_12": "12 levels", "template": "ChatML"},
}
NAMES = {"smollm2": "SmolLM2-135M-Instruct", "gemma": "Gemma 3 270M (base)"}


def original(model):
    path = peer.cache("models", peer.MODEL if model == "smollm2" else GEMMA)
    if not os.path.exists(path):
        peer.skip(f"no model; run `assay model fetch {model}`")
    return path


def assay():
    build = os.environ.get("ASSAY_BINARY_DIR") or os.path.join(peer.ROOT, "build", "release")
    return os.environ.get("ASSAY") or os.path.join(build, "src", "assay")


def finished(file):
    """Is there the report of a run that was not stopped?"""
    if not os.path.exists(file):
        return False
    with open(file, encoding="utf-8") as report:
        return bool(json.load(report)["run"].get("finished"))


def assess(model, kind, options, name="", *words):
    """The report of a model's copy; made unless it is there. `name` is that of the choice of tasks in `words`."""
    out = os.path.join(options.work, "-".join(filter(None, [model, kind, options.profile, name])))
    file = os.path.join(out, "report.json")
    if not finished(file):
        copy = os.path.join(options.work, f"{model}-{kind}.gguf")
        facts = peer.worker("spoil", original(model), copy, kind)
        print(f"{model} {kind}: {facts}", flush=True)
        began = time.monotonic()
        try:
            subprocess.run([assay(), "assess", copy, "--lang", "en", "--profile", options.profile, "--dtype", "q8_0",
                            "--store", os.path.join(options.work, "runs.db"), "--out", out, "--quiet", *words],
                           check=True, stdout=subprocess.DEVNULL)
        finally:
            os.remove(copy)
        print(f"  assessed in {time.monotonic() - began:.0f} s", flush=True)
    with open(file, encoding="utf-8") as report:
        return json.load(report)


def first_primary(result):
    for figure in result["figures"]:
        if figure["primary"]:
            return figure
    return None


def number(estimate):
    share = estimate["unit"].startswith(("proportion", "difference of prop", "corrected prop"))
    return f"{100 * estimate['value']:.0f}%" if share else f"{estimate['value']:.3g}"


class Cell:
    def __init__(self, result):
        figure = None if result is None or result["status"] == "not_assessable" else first_primary(result)
        estimate = figure["estimate"] if figure else None
        known = estimate is not None and estimate["value"] is not None
        self.estimate = estimate if known else None
        self.label = figure["label"]["en"] if known else ""

    def beside(self, base):
        """+1 or -1 where this interval is disjoint from the base's, else 0."""
        if self.estimate is None or base.estimate is None:
            return 0
        mine, other = self.estimate["interval"], base.estimate["interval"]
        if None in (mine["low"], mine["high"], other["low"], other["high"]):
            return 0
        return 1 if mine["low"] > other["high"] else -1 if mine["high"] < other["low"] else 0

    def text(self, base):
        if self.estimate is None:
            return "n/a"
        return number(self.estimate) + {1: " ▲", -1: " ▼", 0: ""}[self.beside(base)]


def interval(estimate):
    low, high = estimate["interval"]["low"], estimate["interval"]["high"]
    if low is None or high is None:
        return number(estimate)
    ends = [number(dict(estimate, value=end)).rstrip("%") for end in (low, high)]
    return f"{number(estimate)} [{ends[0]}, {ends[1]}]"


def table(model, reports):
    kinds = list(reports)
    cells = {kind: {r["task"]: Cell(r) for r in report["results"] if r["lang"] == "en"}
             for kind, report in reports.items()}
    lines = ["| suite | figure | " + " | ".join(KINDS[model][kind] for kind in kinds) + " |",
             "|---" * (len(kinds) + 2) + "|"]
    moved = unchanged = 0
    for task in sorted({task for of in cells.values() for task in of}):
        row = [cells[kind].get(task, Cell(None)) for kind in kinds]
        if all(cell.estimate is None for cell in row):
            lines.append(f"| {task} | cannot be assessed in any | " + " | ".join("n/a" for _ in row) + " |")
            continue
        label = next(cell.label for cell in row if cell.label)
        first = interval(row[0].estimate) if row[0].estimate else "n/a"
        lines.append(f"| {task} | {label} | {first} | " + " | ".join(cell.text(row[0]) for cell in row[1:]) + " |")
        if row[0].estimate is not None:
            if any(cell.estimate is None or cell.beside(row[0]) for cell in row[1:]):
                moved += 1
            else:
                unchanged += 1
    lines.append("")
    lines.append(f"{moved} suites that can be assessed as they are move or can no longer be assessed in some spoiled "
                 f"copy; {unchanged} show no difference that their intervals could tell.")
    return lines


def between(reports):
    """The two models as they are, suite by suite."""
    first, second = ({r["task"]: Cell(r) for r in reports[m]["as_is"]["results"] if r["lang"] == "en"}
                     for m in ("smollm2", "gemma"))
    lines = ["| suite | figure | SmolLM2 | Gemma |", "|---|---|---|---|"]
    for task in sorted(set(first) & set(second)):
        mine, other = first[task], second[task]
        if mine.estimate is None and other.estimate is None:
            continue
        label = mine.label or other.label
        lines.append(f"| {task} | {label} | {interval(mine.estimate) if mine.estimate else 'n/a'} | "
                     f"{interval(other.estimate) + other.text(mine)[len(number(other.estimate)):] if other.estimate else 'n/a'} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    peer.add_table_options(parser, "standard")
    parser.add_argument("--models", default="smollm2,gemma")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        options.work = options.work or scratch
        os.makedirs(options.work, exist_ok=True)
        reports = {model: {kind: assess(model, kind, options) for kind in KINDS[model]}
                   for model in options.models.split(",")}
    lines = ["# Do the suites tell models apart?", "",
             f"Made on {datetime.date.today()} by `bench/separation.py --profile {options.profile}`: two models, and copies",
             "of them that are spoiled on purpose (`bench/peer/spoil.py`):", "",
             "- *N levels*: all weights of the layers rounded to N even steps in each block of 32;",
             "- *no end of turn*: the own chat template without its end-of-turn marks, with other names of the roles;",
             "- *other template*, *ChatML*: the chat template of another family;",
             "- *refusing*: steered towards refusal, by the difference of means between answers that begin with a refusal",
             "  and with help, added in one layer at every token.", "",
             "English items, the same for all, weights as q8_0. Each suite's first primary figure; ▲ and ▼ where its 95%",
             "interval lies wholly above or below that of the unspoiled model (a strict sign: intervals that overlap can",
             "differ, too); *n/a* where the model cannot be assessed in that suite.", ""]
    for model, of in reports.items():
        lines += [f"## {NAMES[model]}", ""] + table(model, of) + [""]
    if len(reports) == 2:
        lines += ["## The two models side by side", ""] + between(reports)
    peer.write_table(lines, options.write)


if __name__ == "__main__":
    main()
