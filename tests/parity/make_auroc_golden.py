#!/usr/bin/env python3
"""Makes tests/golden/stats/auroc.json: areas by scipy's Mann-Whitney U (and scikit-learn's roc_auc_score where
it is installed), DeLong's variance by mid-ranks (Sun & Xu 2014, IEEE Signal Process. Lett. 21, 1389-1393),
Obuchowski's by the full matrix of comparisons, and limits on the logit scale.

    python tests/parity/make_auroc_golden.py

Needs numpy and scipy.
"""
import json
import pathlib

import numpy as np
from scipy import stats

try:
    from sklearn.metrics import roc_auc_score
except ImportError:
    roc_auc_score = None
OUT = pathlib.Path(__file__).parents[1] / "golden/stats/auroc.json"


def delong(x, y):
    m, n = len(x), len(y)
    both, of_x, of_y = (stats.rankdata(v) for v in (np.concatenate([x, y]), x, y))
    v10 = (both[:m] - of_x) / n
    v01 = 1 - (both[m:] - of_y) / m
    return np.var(v10, ddof=1) / m + np.var(v01, ddof=1) / n


def obuchowski(x, y, cx, cy):
    m, n = len(x), len(y)
    kernel = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    area = kernel.mean()
    names = sorted(set(cx) | set(cy))
    vx, vy = kernel.mean(1), kernel.mean(0)
    a = np.array([(vx[cx == c] - area).sum() for c in names])
    b = np.array([(vy[cy == c] - area).sum() for c in names])
    k10, k01, k = len(set(cx)), len(set(cy)), len(names)
    return ((a**2).sum() * k10 / (k10 - 1) / m**2 + (b**2).sum() * k01 / (k01 - 1) / n**2
            + 2 * (a * b).sum() * k / (k - 1) / (m * n))


rng = np.random.default_rng(11)
cases = []
for m, n, shift, ties, clustered in [(20, 30, 1.0, False, False), (15, 15, 0.3, True, False),
                                     (60, 25, 2.0, False, False), (24, 24, 0.8, False, True),
                                     (30, 18, 0.5, True, True)]:
    x, y = rng.normal(shift, 1, m), rng.normal(0, 1, n)
    cx, cy = np.arange(m), np.arange(m, m + n)
    if clustered:
        cx, cy = np.arange(m) // 2, np.arange(n) // 2
        common = rng.normal(0, 1, max(m, n))
        x, y = x + common[cx], y + common[cy]
    if ties:
        x, y = np.round(x, 0), np.round(y, 0)
    area = stats.mannwhitneyu(x, y).statistic / (m * n)
    if roc_auc_score is not None:
        other = roc_auc_score(np.r_[np.ones(m), np.zeros(n)], np.r_[x, y])
        assert abs(other - area) < 1e-12
    variance = delong(x, y)
    if clustered:
        variance = max(variance, obuchowski(x, y, cx, cy))
    centre = np.log(area / (1 - area))
    half = stats.norm.ppf(0.975) * np.sqrt(variance) / (area * (1 - area))
    low, high = (1 / (1 + np.exp(-(centre + s * half))) for s in (-1, 1))
    cases.append({"positive": x.tolist(), "negative": y.tolist(), "positive_clusters": cx.tolist(),
                  "negative_clusters": cy.tolist(), "area": area, "variance": variance, "low": low, "high": high})
OUT.write_text(json.dumps(cases) + "\n")
print(OUT, len(cases), "cases; scikit-learn", "agrees" if roc_auc_score else "is not here")
