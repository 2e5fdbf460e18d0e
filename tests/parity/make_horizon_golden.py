#!/usr/bin/env python3
"""Writes tests/golden/stats/horizon.json: curves of scikit-learn's LogisticRegression.

Run by hand: python3 tests/parity/make_horizon_golden.py
Needs numpy and scikit-learn. As in the published analysis (Kwa et al. 2025, arXiv:2503.14499):
log2(minutes) against success, C = 10, weights 1 / (runs of the task * sqrt(tasks of the family))
that sum to 1; a fractional score is split into a success and a failure with that much weight each.
"""
import json
import os

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "stats", "horizon.json")


def case(rng, families, slope, intercept, fractional):
    runs, task = [], 0
    for family in range(families):
        for _ in range(int(rng.integers(1, 6))):
            minutes = float(2 ** rng.uniform(-3, 9))
            p = 1 / (1 + np.exp(-(slope * np.log2(minutes) + intercept)))
            for _ in range(int(rng.integers(1, 5))):
                score = float(rng.random() < p)
                if fractional and rng.random() < 0.3:
                    score = round(float(rng.random()), 3)
                runs.append([family, task, minutes, score])
            task += 1
    runs_of = {t: sum(r[1] == t for r in runs) for t in range(task)}
    tasks_of = {f: len({r[1] for r in runs if r[0] == f}) for f in range(families)}
    weights = np.array([1 / (runs_of[r[1]] * np.sqrt(tasks_of[r[0]])) for r in runs])
    weights /= weights.sum()
    x, y, w = [], [], []
    for (_, _, minutes, score), weight in zip(runs, weights):
        for outcome, share in ((1, score), (0, 1 - score)):
            if share > 0:
                x.append([np.log2(minutes)])
                y.append(outcome)
                w.append(weight * share)
    model = LogisticRegression(C=10, tol=1e-12, max_iter=10000, solver="newton-cholesky")
    model.fit(np.array(x), np.array(y), sample_weight=np.array(w))
    a, b = float(model.coef_[0][0]), float(model.intercept_[0])
    horizon = {str(p): float(2 ** ((np.log(p / (1 - p)) - b) / a)) for p in (0.5, 0.8)}
    return {"runs": runs, "weights": weights.tolist(), "slope": a, "intercept": b, "horizon": horizon}


def main():
    rng = np.random.default_rng(20250319)
    cases = [case(rng, families, slope, intercept, fractional)
             for families, slope, intercept, fractional in
             ((6, -0.6, 2.0, False), (12, -1.2, 5.0, False), (25, -0.4, 0.5, True), (8, -0.8, 3.0, True),
              (40, -0.7, 4.0, False))]
    document = {"source": "scikit-learn LogisticRegression",
                "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__}, "cases": cases}
    with open(OUT, "w", encoding="utf-8") as out:
        head = json.dumps({k: v for k, v in document.items() if k != "cases"})
        out.write(head[:-1] + ',\n"cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}\n")


main()
