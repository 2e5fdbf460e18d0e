#!/usr/bin/env python3
"""Writes tests/golden/stats/*.json: reference values for src/stats from scipy, statsmodels and R.

Run by hand, never by the tests: python3 tests/parity/make_stats_golden.py [name...]
Needs numpy, scipy >= 1.11, statsmodels, krippendorff, irrCAC and ppi-python from PyPI, and Rscript
with clubSandwich for the CR2 values.
Each table records what computed it. Inputs are drawn here with fixed seeds and stored in full, so
the tests need none of these programs.
"""
import json
import os
import subprocess
import sys
import tempfile

import math
import warnings
from fractions import Fraction

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


def sequential():
    """Hedged capital of Waudby-Smith & Ramdas 2024 evaluated in log space on the whole grid."""
    rng = np.random.default_rng(11)
    cases = []
    grid = np.sin(0.5 * np.pi * np.arange(401) / 400) ** 2
    grid[-1] = 1.0
    series = {"coin": (rng.random(300) < 0.3).astype(float), "zeros": np.zeros(200), "ones": np.ones(60),
              "beta": rng.beta(2, 5, 250)}
    for name, x in series.items():
        for sides in ("two", "upper", "lower"):
            alpha = 0.05
            bet_alpha, bar = (alpha / 2, 2 / alpha) if sides == "two" else (alpha, 1 / alpha)
            plus, minus = np.zeros(len(grid)), np.zeros(len(grid))
            out_low, out_high = np.zeros(len(grid), bool), np.zeros(len(grid), bool)
            squares, rows = 0.0, []
            for t in range(1, len(x) + 1):
                variance = (0.25 + squares) / t
                bet = math.sqrt(2 * math.log(1 / bet_alpha) / (variance * t * math.log(1 + t)))
                with np.errstate(divide="ignore"):
                    up = np.minimum(bet, 0.5 / grid)
                    down = np.minimum(bet, 0.5 / (1 - grid))
                plus += np.log1p(up * (x[t - 1] - grid))
                minus += np.log1p(-down * (x[t - 1] - grid))
                mean = (0.5 + x[:t].sum()) / (t + 1)
                squares += (x[t - 1] - mean) ** 2
                if sides != "upper":
                    out_low |= plus >= math.log(bar)
                if sides != "lower":
                    out_high |= minus >= math.log(bar)
                if t in (1, 2, 5, 10, 30, 60, 100, 200, 250, 300):
                    low = grid[out_low].max() if out_low.any() else 0.0
                    high = grid[out_high].min() if out_high.any() else 1.0
                    rows.append([t, low, high])
            cases.append({"name": name, "sides": sides, "x": x.tolist(), "rows": rows})
    save("sequential", "direct numpy evaluation of the hedged capital, whole grid in log space", cases)


def paired():
    from scipy.optimize import brentq
    from statsmodels.stats.contingency_tables import mcnemar
    cases = []
    for both, first, second, neither in ((59, 6, 16, 80), (1, 1, 7, 12), (10, 0, 5, 15), (0, 3, 3, 0),
                                         (40, 0, 0, 10), (500, 40, 71, 389), (5, 0, 1, 0)):
        n, b, c = both + first + second + neither, second, first
        exact = 1.0 if b == c else float(mcnemar([[both, first], [second, neither]], exact=True).pvalue)
        mid = 1.0 if b == c else exact - float(stats.binom.pmf(min(b, c), b + c, 0.5))
        z = stats.norm.ppf(0.975)

        def score(d):
            # maximum likelihood under the constraint p_gain - p_loss = d: root of the derivative
            low, high = max(0.0, -d), (1 - d) / 2

            def slope(q):
                return b / (q + d) + (c / q if c else 0) - 2 * (n - b - c) / (1 - 2 * q - d)
            inside = (low + 1e-15 * (1 + low), high - 1e-15)
            if slope(inside[0]) <= 0:
                q = low
            elif n == b + c:
                q = high
            else:
                q = brentq(slope, *inside, xtol=1e-17, rtol=1e-15)
            return (b - c - n * d) / math.sqrt(n * (2 * q + d - d * d))

        diff = (b - c) / n
        edge = 1 - 1e-9
        lower = brentq(lambda d: score(d) - z, -edge, diff - 1e-9, xtol=1e-15, rtol=1e-15)
        upper = brentq(lambda d: score(d) + z, diff + 1e-9, edge, xtol=1e-15, rtol=1e-15)
        cases.append({"both": both, "only_first": first, "only_second": second, "neither": neither,
                      "exact": min(1.0, exact), "mid": mid, "tango": [lower, upper]})
    save("paired", "statsmodels mcnemar (exact) less the point probability; Tango's score statistic at "
                   "the root of the constrained likelihood's derivative", cases)


def sign_flip():
    rng = np.random.default_rng(3)
    cases = []
    for n in (2, 3, 8, 12):
        x = np.round(rng.normal(0.4, 1, n), 3)
        p = stats.permutation_test((x,), np.sum, permutation_type="samples", n_resamples=np.inf,
                                   alternative="two-sided").pvalue
        signs = np.array(np.meshgrid(*[[-1, 1]] * n)).reshape(n, -1)
        direct = float((np.abs(signs.T @ x) >= abs(x.sum()) - 1e-12).mean())
        cases.append({"sums": x.tolist(), "p": direct, "scipy": float(p)})
    save("sign_flip", "all sign patterns by numpy; scipy.stats.permutation_test beside it", cases)


def multiplicity():
    from statsmodels.stats.multitest import multipletests
    rng = np.random.default_rng(5)
    cases = []
    for n in (1, 2, 10, 50):
        p = np.round(rng.random(n) ** 3, 4)
        cases.append({"p": p.tolist(), "holm": multipletests(p, method="holm")[1].tolist(),
                      "bh": multipletests(p, method="fdr_bh")[1].tolist()})
    save("multiplicity", "statsmodels multipletests (holm, fdr_bh)", cases)


def power():
    from scipy.optimize import brentq
    from statsmodels.stats.power import TTestPower
    cases = []
    for n in (5, 20, 100, 300, 2000):
        for chance in (0.0, 0.1, 0.25, 0.5):
            c = next((k for k in range(n + 1) if stats.binom.sf(k - 1, n, chance) <= 0.025), None)
            mde = None
            if c is not None:
                mde = brentq(lambda p: stats.binom.sf(c - 1, n, p) - 0.8, 1e-9, 1 - 1e-12, xtol=1e-14) - chance
            cases.append({"kind": "chance", "n": n, "chance": chance, "mde": mde})
    for n1, n2, base in ((100, 100, 0.3), (50, 200, 0.5), (300, 300, 0.05)):
        found = []
        for sign in (1, -1):
            limit = 1 - base if sign > 0 else base

            def excess(d, s=sign):
                other = base + s * d
                pooled = (n1 * base + n2 * other) / (n1 + n2)
                null = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
                se = math.sqrt(base * (1 - base) / n1 + other * (1 - other) / n2)
                return stats.norm.cdf((d - stats.norm.ppf(0.975) * null) / se) - 0.8
            if excess(limit - 1e-12) > 0:
                found.append(brentq(excess, 1e-9, limit - 1e-12, xtol=1e-14))
        cases.append({"kind": "groups", "n1": n1, "n2": n2, "baseline": base, "mde": max(found)})
    for n, psi in ((100, 0.2), (300, 0.1), (50, 0.6)):
        d = brentq(lambda d: d * math.sqrt(n) - stats.norm.ppf(0.975) * math.sqrt(psi)
                   - stats.norm.ppf(0.8) * math.sqrt(psi - d * d), 1e-9, psi - 1e-12, xtol=1e-14)
        cases.append({"kind": "paired", "n": n, "discordant": psi, "mde": d})
    for n, sd in ((5, 1.0), (30, 2.5), (400, 0.4)):
        effect = brentq(lambda e: TTestPower().power(e, n, 0.05) - 0.8, 1e-6, 5 / math.sqrt(n), xtol=1e-14)
        cases.append({"kind": "mean", "n": n, "sd": sd, "mde": effect * sd})
    save("power", "scipy.stats.binom and norm with brentq; statsmodels TTestPower", cases)


def unseen():
    cases = []
    for counts in ([5, 1, 1, 2, 9, 1], [1] * 10, [3, 4, 5], [1, 4, 7], [2, 2, 1, 1, 1, 8, 30, 1, 2], [1, 1, 6, 3]):
        x = np.array(counts)
        n, s, f1, f2 = int(x.sum()), len(x), int((x == 1).sum()), int((x == 2).sum())
        a, z = (n - 1) / n, stats.norm.ppf(0.975)
        if f2 > 0:
            chao = s + a * f1 * f1 / (2 * f2)
            var = f2 * (a / 2 * (f1 / f2) ** 2 + a * a * (f1 / f2) ** 3 + a * a / 4 * (f1 / f2) ** 4)
        else:
            chao = s + a * f1 * (f1 - 1) / 2
            var = a * f1 * (f1 - 1) / 2 + a * a * f1 * (2 * f1 - 1) ** 2 / 4 - a * a * f1 ** 4 / (4 * chao)
        t = chao - s
        if t > 0:
            k = math.exp(z * math.sqrt(math.log(1 + max(0, var) / t ** 2)))
            low, high = s + t / k, max(s + 1, s + t * k)
        else:
            p = math.exp(-n / s)
            half = z * math.sqrt(s * p * (1 - p)) / (1 - p)
            low, high = max(s, s / (1 - p) - half), max(s + 1, s / (1 - p) + half)
        cases.append({"counts": counts, "good_turing": f1 / n, "chao": chao, "low": low, "high": high,
                      "schapire": min(1.0, f1 / n + (2 * math.sqrt(2) + math.sqrt(3)) * math.sqrt(math.log(3 / 0.05) / n)),
                      "ortiz": min(1.0, f1 / n + (1 + math.sqrt(2)) * math.sqrt(math.log(2 / 0.05) / n))})
    save("unseen", "formulas of the papers in numpy", cases)


def passk():
    cases = []
    for n, c, k in ((10, 3, 1), (10, 3, 5), (200, 7, 100), (200, 0, 10), (200, 200, 1), (1000, 1, 3), (5, 4, 2)):
        exact = 1 - Fraction(math.comb(n - c, k), math.comb(n, k))
        cases.append({"n": n, "c": c, "k": k, "value": float(exact)})
    save("passk", "exact rational arithmetic", cases)


def rating_tables():
    rng = np.random.default_rng(17)
    tables = []
    for items, raters, categories, missing, skill in ((30, 2, 2, 0.0, 0.8), (60, 2, 4, 0.0, 0.5), (40, 4, 3, 0.2, 0.7),
                                                      (25, 3, 5, 0.1, 0.6), (12, 2, 3, 0.0, 1.0)):
        truth = rng.integers(1, categories + 1, items)
        ratings = np.where(rng.random((items, raters)) < skill, truth[:, None],
                           rng.integers(1, categories + 1, (items, raters))).astype(float)
        ratings[rng.random((items, raters)) < missing] = np.nan
        ratings = ratings[(~np.isnan(ratings)).sum(1) > 0]
        tables.append(ratings)
    # Krippendorff 2011, section C: four observers, twelve units, missing data.
    n = np.nan
    tables.append(np.array([[1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
                            [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n]]).T)
    return tables


def gwet_numpy(ratings):
    """AC1 and its standard error as printed in Gwet 2014, Handbook of Inter-Rater Reliability, chapter 5."""
    values = np.unique(ratings[~np.isnan(ratings)])
    r_iq = np.array([[(row == v).sum() for v in values] for row in ratings], float)
    r_i = r_iq.sum(1)
    n, q, two = len(ratings), len(values), r_i >= 2
    pi = (r_iq / r_i[:, None]).mean(0)
    pe = (pi * (1 - pi)).sum() / (q - 1)
    pa_i = np.where(two, (r_iq * (r_iq - 1)).sum(1) / np.maximum(r_i * (r_i - 1), 1), 0.0)
    pa = pa_i[two].mean()
    ac1 = (pa - pe) / (1 - pe)
    gamma = np.where(two, n / two.sum() * (pa_i - pe) / (1 - pe), 0.0)
    pe_i = (r_iq / r_i[:, None]) @ (1 - pi) / (q - 1)
    gamma = gamma - 2 * (1 - ac1) * (pe_i - pe) / (1 - pe)
    return ac1, math.sqrt(((gamma - ac1) ** 2).sum() / (n * (n - 1)))


def agreement():
    import krippendorff
    import pandas
    from irrCAC.raw import CAC
    from statsmodels.stats.inter_rater import cohens_kappa
    cases = []
    for ratings in rating_tables():
        case = {"raters": ratings.shape[1],
                "cells": [None if np.isnan(v) else v for v in ratings.ravel().tolist()]}
        for metric in ("nominal", "ordinal", "interval"):
            case[metric] = float(krippendorff.alpha(reliability_data=ratings.T, level_of_measurement=metric))
        ac1, se = gwet_numpy(ratings)
        case["gwet"] = {"value": float(ac1), "se": float(se)}
        if not np.isnan(ratings).any():
            # With missing ratings irrCAC 0.4.4 for Python departs from Gwet's book (0.78553 where the
            # book's example has 0.77544), so only complete tables are checked against it.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                gwet = CAC(pandas.DataFrame(ratings), digits=15).gwet()["est"]
            assert abs(gwet["coefficient_value"] - ac1) < 1e-12 and abs(gwet["se"] - se) < 1e-12
        if ratings.shape[1] == 2:
            k = len(np.unique(ratings))
            table = np.zeros((k, k))
            lookup = {v: i for i, v in enumerate(np.unique(ratings))}
            for a, b in ratings:
                table[lookup[a], lookup[b]] += 1
            res = cohens_kappa(table)
            case["kappa"] = {"value": float(res.kappa), "low": float(res.kappa_low), "high": float(res.kappa_upp)}
        cases.append(case)
    # Gwet's published example (four raters, twelve units): 0.77544, standard error 0.14295.
    assert abs(cases[-1]["gwet"]["value"] - 0.77544) < 5e-6 and abs(cases[-1]["gwet"]["se"] - 0.14295) < 5e-6
    save("agreement", "PyPI krippendorff; Gwet's formulas in numpy, equal to PyPI irrCAC on complete tables; "
                      "statsmodels cohens_kappa", cases)


def judge():
    from ppi_py import ppi_mean_pointestimate
    cases = []
    for x, n, tp, p, tn, m in ((40, 200, 45, 50, 88, 100), (3, 300, 20, 20, 95, 100), (150, 200, 60, 80, 30, 50),
                               (0, 50, 30, 30, 30, 30)):
        q, se, sp, z = x / n, tp / p, tn / m, stats.norm.ppf(0.975)
        pi = (q + sp - 1) / (se + sp - 1)
        grad = np.array([1, -pi, 1 - pi]) / (se + sp - 1)
        var = grad ** 2 @ np.array([q * (1 - q) / n, se * (1 - se) / p, sp * (1 - sp) / m])
        n2, p2, m2 = n + z * z, p + 2, m + 2
        q2, se2, sp2 = (x + z * z / 2) / n2, (tp + 1) / p2, (tn + 1) / m2
        pi2 = (q2 + sp2 - 1) / (se2 + sp2 - 1)
        dp = 2 * z * z * (pi2 * se2 * (1 - se2) / p2 - (1 - pi2) * sp2 * (1 - sp2) / m2)
        half = z * math.sqrt(q2 * (1 - q2) / n2 + pi2 ** 2 * se2 * (1 - se2) / p2
                             + (1 - pi2) ** 2 * sp2 * (1 - sp2) / m2) / (se2 + sp2 - 1)
        cases.append({"kind": "rogan", "x": x, "n": n, "tp": tp, "p": p, "tn": tn, "m": m, "value": min(1, max(0, pi)),
                      "delta": [pi - z * math.sqrt(var), pi + z * math.sqrt(var)],
                      "lang": [pi2 + dp - half, pi2 + dp + half]})
    rng = np.random.default_rng(23)
    for n, m, err in ((100, 500, 0.3), (200, 200, 0.1), (40, 1000, 0.5)):
        truth = (rng.random(n + m) < 0.4).astype(float)
        f = np.where(rng.random(n + m) < err, 1 - truth, truth)
        y, fl, fu = truth[:n], f[:n], f[n:]
        case = {"kind": "ppi", "label": y.tolist(), "judge": fl.tolist(), "judged_only": fu.tolist()}
        for lam in (1.0, None):
            value = float(np.ravel(ppi_mean_pointestimate(y, fl, fu, lam=lam))[0])
            if lam is None:
                cov = np.mean((y - y.mean()) * (fl - fl.mean()))
                lam = float(np.clip(cov / ((1 + n / m) * np.var(np.concatenate([fl, fu]), ddof=1)), 0, 1))
                case["weight"] = lam
                case["tuned"] = value
                case["variance"] = float(lam ** 2 * fu.var(ddof=1) / m + (y - lam * fl).var(ddof=1) / n)
            else:
                case["plain"] = value
        cases.append(case)
    save("judge", "formulas of Rogan & Gladen and Lang & Reiczigel in numpy; PyPI ppi-python", cases)


def calibration():
    rng = np.random.default_rng(29)
    cases = []
    for n in (20, 300):
        p = np.round(rng.random(n), 3)
        y = (rng.random(n) < p ** 1.5).astype(int)
        which = np.minimum((p * 10).astype(int), 9)
        ece = sum(abs(y[which == b].mean() - p[which == b].mean()) * (which == b).mean() for b in range(10) if (which == b).any())
        cases.append({"p": p.tolist(), "y": y.tolist(), "ece": float(ece), "brier": float(np.mean((p - y) ** 2))})
    save("calibration", "numpy", cases)


def rank():
    rng = np.random.default_rng(31)
    cases = []
    for n in (4, 10, 60):
        x = rng.integers(0, max(3, n // 2), n).astype(float)
        y = np.round(x + rng.normal(0, n / 6, n), 1)
        r = float(stats.spearmanr(x, y).statistic)
        half = stats.norm.ppf(0.975) * math.sqrt((1 + r * r / 2) / (n - 3))
        cases.append({"x": x.tolist(), "y": y.tolist(), "r": r, "low": math.tanh(math.atanh(r) - half),
                      "high": math.tanh(math.atanh(r) + half)})
    save("rank", "scipy.stats.spearmanr; Bonett & Wright's standard error in numpy", cases)


def variance():
    """Henderson's method I with dense matrices: E[y'Qy] = tr(Q Z Z') per component."""
    rng = np.random.default_rng(37)
    cases = []

    def indicator(labels):
        return (labels[:, None] == np.unique(labels)[None, :]).astype(float)

    for design in ("nested", "crossed"):
        for items, words, balanced, binary in ((6, 3, True, False), (9, 4, False, True), (15, 2, False, False), (8, 3, None, True)):
            rows = []
            for i in range(items):
                for w in range(words):
                    repeats = 3 if balanced else (1 if balanced is None else int(rng.integers(0, 5)))
                    rows += [(i, w)] * repeats
            item, word = np.array(rows).T
            y = rng.normal(0, 1, items)[item] + 0.7 * rng.normal(0, 1, (items, words))[item, word] + rng.normal(0, 1, len(item))
            if design == "crossed":
                y = y + rng.normal(0, 1, words)[word]
            y = (y > 0).astype(float) if binary else np.round(y, 3)
            za, zb, zab, n = indicator(item), indicator(word), indicator(item * 1000 + word), len(y)
            proj = lambda z: z @ np.linalg.inv(z.T @ z) @ z.T
            one = np.ones((n, n)) / n
            repeats = zab.shape[1] < n
            if design == "nested":
                effects = [za, zab, np.eye(n)] if repeats else [za, np.eye(n)]
                forms = [np.eye(n), proj(zab), proj(za), one] if repeats else [np.eye(n), proj(za), one]
            else:
                effects = [za, zb, zab, np.eye(n)] if repeats else [za, zb, np.eye(n)]
                forms = [np.eye(n), proj(zab), proj(za), proj(zb), one] if repeats else [np.eye(n), proj(za), proj(zb), one]
            yc = y - y.mean()
            a = np.array([[1.0] + [np.trace(q @ z @ z.T) for z in effects] for q in forms])
            right = np.array([yc @ q @ yc for q in forms])
            solution = np.linalg.solve(a, right)[1:]
            cases.append({"design": design, "value": y.tolist(), "item": item.tolist(), "wording": word.tolist(),
                          "components": solution.tolist()})
    save("variance", "quadratic forms with dense projection matrices in numpy", cases)


def crossed():
    """Several crossed factors over items: dense quadratic forms; on balanced data also ANOVA mean squares."""
    import pandas
    from statsmodels.formula.api import ols
    from statsmodels.stats.anova import anova_lm
    rng = np.random.default_rng(41)
    cases = []

    def indicator(labels):
        return (labels[:, None] == np.unique(labels)[None, :]).astype(float)

    for items, levels, share, together in ((8, (3, 2), 1.0, True), (8, (3, 2), 1.0, False), (12, (2, 3, 3), 0.5, True),
                                           (15, (3, 3, 2), 0.3, False), (10, (4,), 1.0, False)):
        grid = np.stack(np.meshgrid(np.arange(items), *[np.arange(n) for n in levels], indexing="ij"), -1)
        rows = grid.reshape(-1, 1 + len(levels))
        rows = rows[rng.random(len(rows)) < share]
        item, factors = rows[:, 0], [rows[:, 1 + f] for f in range(len(levels))]
        y = rng.normal(0, 1, items)[item] + rng.normal(0, 0.7, len(rows))
        for f, n in zip(factors, levels):
            y = y + rng.normal(0, 0.8, n)[f] + rng.normal(0, 0.5, (items, n))[item, f]
        y = (y > 0.2).astype(float)
        n = len(y)
        classes = [indicator(item)] + [indicator(f) for f in factors]
        if together:
            classes += [indicator(item * 100 + f) for f in factors]
        effects = classes + [np.eye(n)]
        proj = lambda z: z @ np.linalg.inv(z.T @ z) @ z.T
        forms = [np.eye(n)] + [proj(z) for z in classes] + [np.ones((n, n)) / n]
        yc = y - y.mean()
        a = np.array([[1.0] + [np.trace(q @ z @ z.T) for z in effects] for q in forms])
        solution = np.linalg.solve(a, np.array([yc @ q @ yc for q in forms]))[1:]
        if share == 1.0 and len(levels) == 2 and together:  # mean squares of the three-way layout
            frame = pandas.DataFrame({"y": y, "i": item, "a": factors[0], "b": factors[1]})
            table = anova_lm(ols("y ~ C(i) + C(a) + C(b) + C(i):C(a) + C(i):C(b)", frame).fit())
            ms = table["sum_sq"] / table["df"]
            na, nb = levels
            rest, ia, ib = ms["Residual"], (ms["C(i):C(a)"] - ms["Residual"]) / nb, (ms["C(i):C(b)"] - ms["Residual"]) / na
            anova = [(ms["C(i)"] - ms["C(i):C(a)"] - ms["C(i):C(b)"] + rest) / (na * nb),
                     (ms["C(a)"] - ms["C(i):C(a)"]) / (items * nb), (ms["C(b)"] - ms["C(i):C(b)"]) / (items * na), ia, ib, rest]
            assert np.allclose(anova, solution), (anova, solution)
        cases.append({"value": y.tolist(), "item": item.tolist(), "levels": rows[:, 1:].tolist(), "interactions": together,
                      "components": solution.tolist()})
    save("crossed", "quadratic forms with dense projection matrices in numpy; equal to the mean squares of statsmodels "
                    "anova_lm on balanced data", cases)


def sample_size():
    """Items for a wanted precision: scans over n with scipy's beta quantiles, statsmodels for groups."""
    from statsmodels.stats.power import normal_sample_size_one_tail
    from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail
    cases = []

    def width(n, rate, level):
        counts = {math.floor(n * rate + 1e-9), min(n, math.ceil(n * rate - 1e-9))}
        ends = [smp.proportion_confint(x, n, 1 - level, "beta") for x in counts]
        return float(max(high - low for low, high in ends))

    for rate, wanted, level in ((0.5, 0.2, 0.95), (0.5, 0.06, 0.95), (0.1, 0.1, 0.95), (0.0, 0.05, 0.95),
                                (0.9, 0.08, 0.9), (0.03, 0.03, 0.99), (0.37, 0.9, 0.95)):
        n, run = 1, 0
        while run <= 400:  # the whole scan, and longer past the saw-tooth than the search looks
            run = run + 1 if width(n, rate, level) <= wanted else 0
            n += 1
        cases.append({"kind": "width", "rate": rate, "width": wanted, "level": level, "n": n - 401})
    for rate, failures, level in ((0.01, 0, 0.95), (0.01, 1, 0.95), (0.05, 3, 0.95), (0.001, 0, 0.99), (0.2, 10, 0.9)):
        n = failures + 1
        while stats.beta.ppf(level, failures + 1, n - failures) > rate:
            n += 1
        cases.append({"kind": "bound", "rate": rate, "failures": failures, "level": level, "n": n})
    for baseline, difference in ((0.5, 0.1), (0.05, 0.05), (0.98, 0.05), (0.3, 0.02)):
        sizes = [samplesize_proportions_2indep_onetail(s * difference, baseline, 0.8, alpha=0.05, alternative="two-sided")
                 for s in (1, -1) if 0 <= baseline + s * difference <= 1]
        cases.append({"kind": "groups", "baseline": baseline, "difference": difference, "n": math.ceil(max(sizes))})
    for discordant, difference in ((0.2, 0.05), (0.1, 0.1), (0.5, 0.02)):
        size = normal_sample_size_one_tail(difference, 0.8, 0.025, std_null=math.sqrt(discordant),
                                           std_alternative=math.sqrt(discordant - difference ** 2))
        cases.append({"kind": "paired", "discordant": discordant, "difference": difference, "n": math.ceil(size)})
    save("sample_size", "scipy.stats.beta and statsmodels proportion_confint over every n; statsmodels "
                        "samplesize_proportions_2indep_onetail and normal_sample_size_one_tail", cases)


TABLES = {f.__name__: f for f in (intervals, differences, cr2, bca, sequential, paired, sign_flip, multiplicity, power,
                                  unseen, passk, agreement, judge, calibration, rank, variance, crossed, sample_size)}

if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    for name in sys.argv[1:] or TABLES:
        TABLES[name]()
        print("wrote", name)
