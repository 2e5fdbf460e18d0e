#!/usr/bin/env python3
"""Writes tests/golden/detection.json: reference values for src/eval/detection.

Run by hand, never by the tests: python3 tests/parity/make_detection_golden.py
Needs scipy and scikit-learn. d' is z(hits) - z(false alarms) with the log-linear correction; the
ranking of one cluster is the area under its ROC curve.
"""
import json
import os
import random

import scipy
import sklearn
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "detection.json")


def d_prime(hits, signals, false_alarms, noises):
    hit = (hits + 0.5) / (signals + 1)
    alarm = (false_alarms + 0.5) / (noises + 1)
    return float(norm.ppf(hit) - norm.ppf(alarm))


def main():
    rng = random.Random(5)
    counts = [(0, 10, 0, 10), (10, 10, 0, 10), (10, 10, 10, 10), (25, 52, 25, 52), (40, 52, 13, 52),
              (104, 104, 1, 104), (3, 7, 9, 20)]
    primes = [{"hits": h, "signals": s, "false_alarms": f, "noises": n, "value": d_prime(h, s, f, n)}
              for h, s, f, n in counts]
    areas = []
    for _ in range(12):
        signals = [round(rng.gauss(0.5, 1.0), 1) for _ in range(rng.randint(1, 6))]
        noises = [round(rng.gauss(0.0, 1.0), 1) for _ in range(rng.randint(1, 6))]
        truth = [1] * len(signals) + [0] * len(noises)
        areas.append({"signals": signals, "noises": noises,
                      "value": float(roc_auc_score(truth, signals + noises))})
    document = {"source": "scipy.stats.norm.ppf; sklearn.metrics.roc_auc_score",
                "versions": {"scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
                "d_prime": primes, "ranking": areas}
    with open(OUT, "w", encoding="utf-8") as out:
        json.dump(document, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main()
