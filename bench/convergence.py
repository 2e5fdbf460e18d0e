#!/usr/bin/env python3
"""Do suites agree with public benchmarks of the same construct? Rank correlation over models.

    convergence.py [--profile quick] [--items N] [--work DIR] [--write FILE]

The models are SmolLM2-135M-Instruct and Gemma 3 270M and copies of them that are spoiled by degrees (coarser
weights, steered to and from refusal, another template: bench/peer/spoil.py). Each is put to our suite and to
the public benchmark (data in ASSAY_SHARED_DATA), and Spearman's rank correlation of the two figures over
the models is given with its 95% interval (Bonett & Wright 2000, Psychometrika 65:23). The copies of one model
are not independent of each other, so the interval is a rough one. A figure that cannot be given leaves
the model out of that row.
"""
import argparse
import datetime
import math
import os
import statistics
import tempfile

import peer
import separation

MODELS = [("smollm2", kind) for kind in ("as_is", "levels_13", "levels_12", "turns", "refusing_0.5", "refusing_1",
                                         "refusing_-0.5")] + [("gemma", kind) for kind in ("as_is", "levels_12")]

# Construct, (our suite, figure), (public benchmark, figure). A figure's id without its language.
PAIRS = [
    ("knowledge of facts", ("facts", "accuracy"), ("arc_challenge", "accuracy")),
    ("cyber security", ("cyber_knowledge", "accuracy"), ("cyberseceval_threat_qa", "accuracy")),
    ("false claims", ("false_claims", "balanced"), ("truthfulqa_mc1", "accuracy")),
    ("stereotypes", ("minimal_pairs_bias", "stereotyped.all"), ("crows_pairs", "stereotyped")),
    ("refusal of unsafe requests", ("refusal_pairs", "refusal.unsafe"), ("advbench", "refusal.unsafe")),
    ("over-refusal", ("refusal_pairs", "refusal.safe"), ("xstest", "refusal.safe")),
]


def figure(report, task, name):
    for result in report["results"]:
        if result["task"] != task or result["lang"] != "en":
            continue
        if result["status"] in ("not_assessable", "not_measured"):
            return None
        for each in result["figures"]:
            if each["id"] == name + ".en" or each["id"] == name:
                return each["estimate"]["value"]
        raise SystemExit(f"{task} has no figure {name}: " + ", ".join(f["id"] for f in result["figures"]))
    return None


def ranks(values):
    """Mean ranks, ties shared."""
    order = sorted(range(len(values)), key=values.__getitem__)
    out = [0.0] * len(values)
    i = 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in range(i, j + 1):
            out[order[k]] = (i + j) / 2
        i = j + 1
    return out


def spearman(a, b):
    """Correlation of the ranks, and its interval; None where one of them does not vary."""
    try:
        r = statistics.correlation(ranks(a), ranks(b))
    except statistics.StatisticsError:
        return None
    inside = max(-0.9999, min(0.9999, r))
    half = 1.959964 * math.sqrt((1 + inside * inside / 2) / (len(a) - 3))
    return r, math.tanh(math.atanh(inside) - half), math.tanh(math.atanh(inside) + half)


def data_folder(scratch, items):
    """The public sets: those of ASSAY_SHARED_DATA, ARC in its own form (tests/parity/benchmark_parity.py)."""
    shared = os.environ.get("ASSAY_SHARED_DATA") or os.path.join(peer.ROOT, "..", "shared", "data")
    if not os.path.isdir(shared):
        peer.skip("no " + shared)
    import benchmark_parity
    folder = os.path.join(scratch, "data")
    if not os.path.isdir(folder):
        os.makedirs(folder)
        for name in os.listdir(shared):
            os.symlink(os.path.join(os.path.abspath(shared), name), os.path.join(folder, name))
        benchmark_parity.arc_challenge(folder, items)
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    peer.add_table_options(parser, "quick")
    parser.add_argument("--items", type=int, default=100, help="of each public benchmark and suite, at most")
    options = parser.parse_args()
    tasks = sorted({name for _, ours, public in PAIRS for name in (ours[0], public[0])})
    with tempfile.TemporaryDirectory() as scratch:
        options.work = options.work or scratch
        os.makedirs(options.work, exist_ok=True)
        data = data_folder(options.work, options.items)
        reports = {f"{model} {kind}": separation.assess(model, kind, options, f"public{options.items}", "--tasks", ",".join(tasks),
                                                        "--limit", str(options.items), "--data", data)
                   for model, kind in MODELS}
    lines = ["# Do the suites agree with public benchmarks?", "",
             f"Made on {datetime.date.today()} by `bench/convergence.py --profile {options.profile} --items {options.items}`:",
             f"Spearman's rank correlation, over {len(reports)} models, of a suite's figure with that of a public benchmark of",
             "the same construct; interval after Bonett & Wright 2000. The models are "
             + " and ".join(dict.fromkeys(separation.NAMES[model] for model, _ in MODELS)),
             "and spoiled copies (below; [how they are made](separation.md)), which are not independent of each",
             "other: read the intervals as rough. Models that cannot be assessed in one of the two are left out.", "",
             "| construct | suite | public benchmark | models | Spearman's rho [95%] |", "|---|---|---|---|---|"]
    rows = []
    for construct, ours, public in PAIRS:
        row = [(figure(report, *ours), figure(report, *public)) for report in reports.values()]
        rows.append(row)
        pairs = [pair for pair in row if None not in pair]
        found = spearman(*zip(*pairs)) if len(pairs) >= 5 else None
        text = "not to be told" if found is None else "{:+.2f} [{:+.2f}, {:+.2f}]".format(*found)
        lines.append(f"| {construct} | {ours[0]}, {ours[1]} | {public[0]}, {public[1]} | {len(pairs)} | {text} |")
    lines += ["", "Each model's two figures, the suite's first:", "",
              "| model | " + " | ".join(construct for construct, _, _ in PAIRS) + " |", "|---" * (len(PAIRS) + 1) + "|"]
    for name, pairs in zip(reports, zip(*rows)):
        cells = [" / ".join("n/a" if value is None else f"{value:.2f}" for value in pair) for pair in pairs]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    peer.write_table(lines, options.write)


if __name__ == "__main__":
    main()
