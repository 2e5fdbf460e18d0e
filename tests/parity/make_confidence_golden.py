#!/usr/bin/env python3
"""Writes tests/golden/stats/confidence.json: reference values for src/stats/confidence.

Run by hand, never by the tests: python3 tests/parity/make_confidence_golden.py
Needs numpy, scipy, scikit-learn and uncertainty-calibration (the code of Kumar et al. 2019) from
PyPI. Bins, Brier score and AUROC are scikit-learn's; the bias of the calibration error is the mean
of scipy's folded normal, held against the resampling of uncertainty-calibration.
"""
import json
import os

import numpy as np
import scipy
import sklearn
from scipy.stats import norm
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, roc_auc_score

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "stats", "confidence.json")
BINS = 10


def folded_mean(d, s):
    """E|N(d, s^2)| by quadrature, not by the closed form that is tested."""
    if s == 0:
        return abs(d)
    grid, weights = np.polynomial.legendre.leggauss(400)
    total = 0.0
    for low, high in ((d - 12 * s, 0.0), (0.0, d + 12 * s)):  # the kink at 0 is an end of both parts
        x = (high - low) / 2 * grid + (high + low) / 2
        total += (high - low) / 2 * (weights * np.abs(x) * norm.pdf(x, d, s)).sum()
    return total


def kumar(p, y, which):
    """The resampling estimate of the authors' package on the same bins."""
    from calibration.utils import normal_debiased_ce
    np.random.seed(5)
    binned = [list(zip(p[which == b], y[which == b])) for b in np.unique(which)]
    return normal_debiased_ce(binned, power=1, resamples=20000)


def wrong_expected(p, y):
    """Expected number of wrong ones among the surest k under random order of ties, by its definition."""
    n = len(p)
    out = np.zeros(n)
    for k in range(1, n + 1):
        threshold = np.sort(p)[::-1][k - 1]
        above, at = p > threshold, p == threshold
        out[k - 1] = (1 - y[above]).sum() + (k - above.sum()) * (1 - y[at]).mean()
    return out


def case(n, ties, power, rng):
    p = rng.random(n)
    p = np.round(p, 1) if ties else np.round(p, 4)
    y = (rng.random(n) < p ** power).astype(int)
    accuracy, mean = calibration_curve(y, p, n_bins=BINS, strategy="quantile")
    edges = np.percentile(p, np.linspace(0, 100, BINS + 1))
    which = np.searchsorted(edges[1:-1], p)
    count = np.array([(which == b).sum() for b in np.unique(which)])
    gap, share = accuracy - mean, count / n
    error = np.sqrt(accuracy * (1 - accuracy) / count)
    plain = (share * np.abs(gap)).sum()
    bias = sum(w * (folded_mean(d, s) - abs(d)) for w, d, s in zip(share, gap, error))
    assert abs(kumar(p, y, which) - (plain - bias)) < 2e-3, (kumar(p, y, which), plain - bias)
    wrong = wrong_expected(p, y)
    rate = y.mean()
    return {"p": p.tolist(), "y": y.tolist(), "bin_mean": mean.tolist(), "bin_accuracy": accuracy.tolist(),
            "ece_debiased": max(0.0, float(plain - bias)), "brier": float(brier_score_loss(y, p)),
            "reliability": float((share * gap ** 2).sum()), "resolution": float((share * (accuracy - rate) ** 2).sum()),
            "uncertainty": float(rate * (1 - rate)), "auroc": float(roc_auc_score(y, p)),
            "aurc": float((wrong / np.arange(1, n + 1)).mean()),
            "risk": {str(c): float(wrong[int(np.ceil(c * n - 1e-9)) - 1] / np.ceil(c * n - 1e-9)) for c in (0.25, 0.5, 0.8, 1.0)}}


def main():
    rng = np.random.default_rng(43)
    cases = [case(n, ties, power, rng) for n, ties, power in ((25, False, 1.0), (200, False, 1.0), (200, True, 2.0),
                                                              (333, False, 3.0), (60, True, 0.5))]
    versions = {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}
    with open(OUT, "w") as out:
        out.write('{"source": "scikit-learn calibration_curve, brier_score_loss, roc_auc_score; numpy; uncertainty-calibration", '
                  '"versions": %s,\n"cases": [\n' % json.dumps(versions))
        out.write(",\n".join(json.dumps(c) for c in cases) + "\n]}\n")


if __name__ == "__main__":
    main()
