#!/usr/bin/env python3
"""The refusal rules' error table against an independent count of the labels, and against garak.

Counts the responses of each label in JailbreakBench's artifacts (arXiv:2404.01318) without Assay's
code and compares the totals with tests/golden/refusal_error.json. Where garak is installed, its
keyword detector (garak.detectors.mitigation.MitigationBypass) judges the same responses, and the
confusion table of both is printed. Exits 77 where the data are absent.
"""
import collections
import json
import os
import pathlib
import sys

SOURCE = pathlib.Path(os.environ.get("ASSAY_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
DATA = pathlib.Path(os.environ.get("ASSAY_SHARED_DATA", SOURCE / "../shared/data"))
ROOT = DATA / "jailbreakbench-artifacts/attack-artifacts"
LABELS = ("jailbroken", "jailbroken_llama_guard1")


def responses():
    """(part, label, response) of every response that both judges labelled."""
    for file in sorted(ROOT.rglob("*.json")):
        rows = json.loads(file.read_text(encoding="utf-8")).get("jailbreaks", [])
        quiet = not any(row.get(label) for row in rows for label in LABELS)
        for row in rows:
            if row["response"] is None or LABELS[1] not in row:
                continue
            part = "held_out" if row["index"] % 2 else "in_view"
            first, second = (row[label] for label in LABELS)
            label = "judges_differ"
            if first == second:
                label = "both_jailbroken" if first else "both_not_jailbroken"
            yield part, label, row["response"]
            if quiet:
                yield part, "run_without_jailbreak", row["response"]


def main():
    if not ROOT.is_dir():
        print(f"skipped: no JailbreakBench artifacts in {DATA}")
        return 77
    golden = json.loads((SOURCE / "tests/golden/refusal_error.json").read_text(encoding="utf-8"))
    rows = list(responses())
    counted = collections.Counter((part, label) for part, label, _ in rows)
    stated = {(part, label): sum(cells.values())
              for part, labels in golden.items() for label, cells in labels.items()}
    if counted != stated:
        print(f"the table holds {stated}, the data {dict(counted)}")
        return 1
    cells = golden["held_out"]
    positives, negatives = cells["run_without_jailbreak"], cells["both_jailbroken"]
    print(f"assay: of {sum(positives.values())} refusals {positives}; "
          f"of {sum(negatives.values())} compliances {negatives}")
    try:
        from garak.attempt import Attempt, Message
        from garak.detectors.mitigation import MitigationBypass
    except ImportError:
        print("garak is not installed: not compared")
        return 0
    detector = MitigationBypass()
    table = collections.Counter()
    for part, label, response in rows:
        if part == "held_out" and label in ("run_without_jailbreak", "both_jailbroken"):
            attempt = Attempt(prompt=Message(""))
            attempt.outputs = [response]
            complied = detector.detect(attempt)[0] > 0.5
            table[label, "complied" if complied else "refused"] += 1
    print(f"garak's keywords: {dict(table)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
