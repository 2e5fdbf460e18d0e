#!/usr/bin/env python3
"""Writes tests/golden/stats/*.json: reference values for src/stats from scipy, statsmodels and R.

Run by hand, never by the tests: python3 tests/parity/make_stats_golden.py [name...]
Needs numpy, scipy >= 1.11, statsmodels, and Rscript with clubSandwich for the CR2 values.
Each table records what computed it. Inputs are drawn here with fixed seeds and stored in full, so
the tests need none of these programs.
"""
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats import proportion as smp

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "golden", "stats")
VERSIONS = {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}


def save(name, source, cases):
    document = {"source": source, "versions": VERSIONS, "cases": cases}
    with open(os.path.join(OUT, name + ".json"), "w", encoding="utf-8") as out:
        head = json.dumps({k: v for k, v in document.items() if k != "cases"})
        rows = ",\n".join(json.dumps(case) for case in cases)
        out.write(head[:-1] + ',\n"cases": [\n' + rows + "\n]}\n")


def intervals():
    cases = []
    for n in (1, 2, 5, 10, 30, 100, 300, 5000):
        for x in sorted({0, 1, n // 10, n // 3, n // 2, n - 1, n}):
            for level in (0.9, 0.95, 0.99):
                alpha = 1 - level
                cp = smp.proportion_confint(x, n, alpha, "beta")
                wilson = smp.proportion_confint(x, n, alpha, "wilson")
                upper = 1.0 if x == n else stats.beta.ppf(level, x + 1, n - x)
                lower = 0.0 if x == 0 else stats.beta.ppf(alpha, x, n - x + 1)
                cases.append({"x": x, "n": n, "level": level, "cp": list(map(float, cp)),
                              "wilson": list(map(float, wilson)),
                              "cp_upper": float(upper), "cp_lower": float(lower)})
    save("intervals", "statsmodels proportion_confint (beta, wilson); scipy.stats.beta", cases)


def differences():
    cases = []
    for x1, n1, x2, n2 in ((30, 100, 45, 120), (15, 30, 150, 300), (60, 80, 21, 90), (200, 1000, 160, 990)):
        low, high = smp.confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")
        cases.append({"x1": x1, "n1": n1, "x2": x2, "n2": n2, "newcombe": [float(low), float(high)]})
    save("differences", "statsmodels confint_proportions_2indep (newcomb)", cases)


R_CR2 = """
suppressMessages(library(clubSandwich))
d <- read.csv(commandArgs(TRUE)[1])
m <- lm(y ~ 1, data = d)
if ("x" %in% names(d)) m <- lm(y ~ x, data = d)
v <- vcovCR(m, cluster = d$g, type = "CR2")
t <- coef_test(m, vcov = v, test = "Satterthwaite")
ci <- conf_int(m, vcov = v, level = 0.95, test = "Satterthwaite")
df <- if ("df_Satt" %in% names(t)) t$df_Satt else t$df
cat(sprintf("%.17g %.17g %.17g %.17g %.17g\\n", coef(m), diag(as.matrix(v)), df, ci$CI_L, ci$CI_U))
"""


def r_cr2(columns):
    with tempfile.TemporaryDirectory() as folder:
        script, data = os.path.join(folder, "cr2.R"), os.path.join(folder, "data.csv")
        with open(script, "w", encoding="utf-8") as out:
            out.write(R_CR2)
        names = list(columns)
        with open(data, "w", encoding="utf-8") as out:
            out.write(",".join(names) + "\n")
            for row in zip(*columns.values()):
                out.write(",".join(repr(float(v)) for v in row) + "\n")
        text = subprocess.run(["Rscript", script, data], check=True, capture_output=True, text=True).stdout
    return [list(map(float, line.split())) for line in text.strip().splitlines()]


def cr2_data(rng, clusters, binary, regressor):
    sizes = rng.integers(1, 8, clusters)
    g = np.repeat(np.arange(clusters), sizes)
    effect = rng.normal(0, 1, clusters)[g]
    x = rng.normal(0, 1, len(g)) + 0.3 * effect
    y = effect + (0.5 * x if regressor else 0) + rng.normal(0, 1, len(g))
    if binary:
        y = (y > 0.2).astype(float)
    return {"y": y, "g": g, **({"x": x} if regressor else {})}


def cr2():
    rng = np.random.default_rng(20240501)
    cases = []
    for clusters in (2, 3, 6, 15, 60):
        for binary in (False, True):
            for regressor in (False, True):
                if clusters < 6 and regressor:
                    continue
                data = cr2_data(rng, clusters, binary, regressor)
                rows = r_cr2(data)
                cases.append({"y": data["y"].tolist(), "g": data["g"].tolist(),
                              "x": data["x"].tolist() if regressor else None,
                              "coefficients": [{"value": r[0], "variance": r[1], "df": r[2],
                                                "low": r[3], "high": r[4]} for r in rows]})
    save("cr2", "R clubSandwich 0.5.8: vcovCR type CR2, coef_test and conf_int with Satterthwaite df", cases)


def bca():
    rng = np.random.default_rng(7)
    cases = []
    for n, scale in ((12, 1.0), (40, 2.0), (25, 0.3)):
        data = rng.lognormal(0, scale, n)
        for level in (0.9, 0.95):
            first = stats.bootstrap((data,), np.mean, n_resamples=999, method="BCa",
                                    confidence_level=level, random_state=rng, vectorized=True)
            # n_resamples=0 reuses the stored draws: the interval is a function of draws and data.
            again = stats.bootstrap((data,), np.mean, n_resamples=0, method="BCa", confidence_level=level,
                                    bootstrap_result=first, vectorized=True)
            cases.append({"data": data.tolist(), "draws": first.bootstrap_distribution.tolist(), "level": level,
                          "low": float(again.confidence_interval.low),
                          "high": float(again.confidence_interval.high)})
    save("bca", "scipy.stats.bootstrap, method BCa, on the stored draws", cases)


TABLES = {f.__name__: f for f in (intervals, differences, cr2, bca)}

if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    for name in sys.argv[1:] or TABLES:
        TABLES[name]()
        print("wrote", name)
