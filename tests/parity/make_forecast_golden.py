#!/usr/bin/env python3
"""Writes tests/golden/stats/forecast.json: reference values for stats/forecast.h and stats/rare_tail.h.

Run by hand: python3 tests/parity/make_forecast_golden.py
Needs numpy and scipy. Power laws by scipy's optimisers on the likelihood written out anew, and by
numpy's polyfit; generalised Pareto fits, their profiles and Anderson-Darling statistics by scipy.stats.
"""
import json
import os

import numpy as np
import scipy
from scipy import optimize, stats

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "stats", "forecast.json")


def law_case(rng, n, a, b, budget, whole):
    u = rng.random(n)
    t = (a / -np.log(u)) ** (1 / b)
    if whole:
        t = np.ceil(t)
    stop = np.where(rng.random(n) < 0.2, np.ceil(budget / 3), budget)
    time, event = np.minimum(t, stop), t <= stop
    f = lambda x, p: np.where(x > 0, np.exp(-np.exp(p[0] - p[1] * np.log(np.maximum(x, 1e-300)))), 0.0)

    def cost(p):
        if whole:
            hit = np.log(f(time[event], p) - f(time[event] - 1, p))
        else:
            x = np.log(time[event])
            hit = p[0] - (p[1] + 1) * x + np.log(p[1]) - np.exp(p[0] - p[1] * x)
        return -(hit.sum() + np.log1p(-f(time[~event], p)).sum())

    best = optimize.minimize(cost, [np.log(a), b], method="Nelder-Mead",
                             options={"xatol": 1e-12, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000})
    best = optimize.minimize(cost, best.x, method="Nelder-Mead",
                             options={"xatol": 1e-13, "fatol": 1e-15, "maxiter": 20000, "maxfev": 20000})
    return {"kind": "law", "rows": [[float(x), int(e)] for x, e in zip(time, event)],
            "a": float(np.exp(best.x[0])), "b": float(best.x[1])}


def points_case(rng):
    n = np.array([1, 3, 10, 30, 100, 300, 1000], float)
    success = np.exp(-3.0 * n ** -0.35) * (1 + 0.03 * rng.normal(size=n.size))
    slope, intercept = np.polyfit(np.log(n), np.log(-np.log(success)), 1)
    return {"kind": "points", "n": n.tolist(), "success": success.tolist(), "a": float(np.exp(intercept)),
            "b": float(-slope)}


def pareto_case(rng, n, shape, scale):
    x = stats.genpareto.rvs(shape, scale=scale, size=n, random_state=rng)

    def profile(c):
        low = np.log(x.mean()) - 6
        if c < 0:
            low = max(low, np.log(-c * x.max()) + 1e-12)
        return -optimize.minimize_scalar(lambda s: -stats.genpareto.logpdf(x, c, scale=np.exp(s)).sum(),
                                         bounds=(low, np.log(x.mean()) + 4), method="bounded",
                                         options={"xatol": 1e-12}).fun

    grid = np.linspace(-0.9, 5, 500)
    start = grid[int(np.argmax([profile(c) for c in grid]))]
    best = optimize.minimize_scalar(lambda c: -profile(c), bounds=(start - 0.03, start + 0.03), method="bounded",
                                    options={"xatol": 1e-10})
    top, drop = -best.fun, stats.chi2.ppf(0.95, 1) / 2
    edge = lambda c: profile(c) - top + drop
    low = optimize.brentq(edge, -0.9, best.x, xtol=1e-10) if edge(-0.9) < 0 else None
    high = optimize.brentq(edge, best.x, 5.0, xtol=1e-10) if edge(5.0) < 0 else None
    fitted = stats.genpareto.fit(x, floc=0)
    assert abs(fitted[0] - best.x) < 2e-3, (fitted, best.x)
    return {"kind": "pareto", "excesses": x.tolist(), "shape": float(best.x), "log_likelihood": float(top),
            "limits": [low, high], "anderson": float(stats.anderson(x, "expon", method="interpolate").statistic)}


def main():
    rng = np.random.default_rng(20261130)
    cases = [law_case(rng, 100, 3.0, 0.4, 300, True), law_case(rng, 60, 1.5, 0.8, 40, True),
             law_case(rng, 150, 4.0, 0.3, 5000, False), points_case(rng), pareto_case(rng, 40, 0.0, 0.6),
             pareto_case(rng, 100, 0.4, 1.0), pareto_case(rng, 60, -0.3, 2.0)]
    document = {"source": "scipy", "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
                "cases": cases}
    with open(OUT, "w", encoding="utf-8") as out:
        head = json.dumps({k: v for k, v in document.items() if k != "cases"})
        out.write(head[:-1] + ',\n"cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}\n")


main()
