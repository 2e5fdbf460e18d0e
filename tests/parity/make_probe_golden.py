#!/usr/bin/env python3
"""Makes tests/golden/explain/probe.json: decision values of scikit-learn's LogisticRegression on standardised
features, of data by a formula that tests/unit/explain/probe_test.cpp has too; trained on the first 40 items,
scored on all 50.

    python tests/parity/make_probe_golden.py

Needs numpy and scikit-learn.
"""
import json
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

OUT = pathlib.Path(__file__).parents[1] / "golden/explain/probe.json"
cases = []
for features, c in [(60, 1.0), (8, 1.0), (60, 0.01)]:
    i, k = np.meshgrid(np.arange(50), np.arange(features), indexing="ij")
    labels = (np.arange(50) * 7 % 5 < 2).astype(int)
    x = (np.sin(0.37 * (i + 1) * (k + 1)) + 0.5 * labels[:, None] * np.cos(k)).astype(np.float32)
    x[:, 3] = 2.5  # constant
    model = make_pipeline(StandardScaler(), LogisticRegression(
        C=c, solver="newton-cholesky", tol=1e-12, max_iter=1000))
    model.fit(x[:40].astype(np.float64), labels[:40])
    cases.append({"features": features, "c": c, "scores": model.decision_function(x.astype(np.float64)).tolist()})
OUT.write_text(json.dumps(cases) + "\n")
print(OUT)
