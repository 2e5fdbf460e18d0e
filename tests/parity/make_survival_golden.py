#!/usr/bin/env python3
"""Writes tests/golden/stats/survival.json: reference values for the survival statistics of src/stats.

Run by hand: python3 tests/parity/make_survival_golden.py
Needs numpy, scipy and lifelines from PyPI, and Rscript with the package survival (Debian:
r-cran-survival). Curves, variances, limits, quantiles, restricted means, clustered variances and
log-rank tests are R's; competing causes are R's with lifelines' variance; the beta product is checked
by drawing the betas; quantiles of the equal-precision band by finite differences.
"""
import json
import math
import os
import subprocess
import tempfile
import warnings

import lifelines
import numpy as np
import scipy
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time
from scipy import stats
from scipy.linalg import eigh_tridiagonal

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "stats", "survival.json")

R_CURVE = r"""
suppressMessages(library(survival)); d <- read.csv(commandArgs(TRUE)[1])
options(digits=17); o <- function(n, x) cat(n, formatC(as.numeric(x), digits=17, format="g"), "\n")
for (type in c("log-log", "plain")) {
  f <- survfit(Surv(time, cause > 0) ~ 1, data=d, conf.type=type, conf.int=0.95)
  o(paste0(type, ".lower"), f$lower); o(paste0(type, ".upper"), f$upper)
  q <- quantile(f, c(0.25, 0.5, 0.75))
  o(paste0(type, ".q"), q$quantile); o(paste0(type, ".ql"), q$lower); o(paste0(type, ".qu"), q$upper)
}
o("time", f$time); o("risk", f$n.risk); o("events", f$n.event); o("survival", f$surv)
o("error", f$std.err)
h <- d$horizon[1]; t <- survival:::survmean(f, rmean=h)$matrix
o("area", t["rmean"]); o("area_error", t["se(rmean)"])
r <- survfit(Surv(time, cause > 0) ~ 1, data=d, cluster=cluster)
o("robust", summary(r, times=f$time)$std.err)
"""
R_CAUSES = r"""
suppressMessages(library(survival)); d <- read.csv(commandArgs(TRUE)[1])
f <- survfit(Surv(time, factor(cause, 0:2)) ~ 1, data=d)
o <- function(n, x) cat(n, formatC(as.numeric(x), digits=17, format="g"), "\n")
o("time", f$time); o("one", f$pstate[, 2]); o("two", f$pstate[, 3])
"""
R_GROUPS = r"""
suppressMessages(library(survival)); d <- read.csv(commandArgs(TRUE)[1])
o <- function(n, x) cat(n, formatC(as.numeric(x), digits=17, format="g"), "\n")
p <- survdiff(Surv(time, cause > 0) ~ group, data=d)
s <- survdiff(Surv(time, cause > 0) ~ group + strata(stratum), data=d)
o("statistic", p$chisq); o("observed", p$obs); o("expected", p$exp)
o("stratified", s$chisq)
o("stratified_expected", rowSums(as.matrix(s$exp)))
if (length(unique(d$group)) == 2) {
  c <- coxph(Surv(time, cause > 0) ~ group + cluster(cluster), data=d, method="breslow",
             init=0, control=coxph.control(iter.max=0))
  o("robust", c$rscore)
}
"""


def run_r(script, rows, columns):
    with tempfile.TemporaryDirectory() as folder:
        data, code = os.path.join(folder, "d.csv"), os.path.join(folder, "s.R")
        with open(data, "w") as out:
            out.write(",".join(columns) + "\n" + "\n".join(",".join(map(repr, r)) for r in rows))
        open(code, "w").write(script)
        text = subprocess.run(["Rscript", code, data], capture_output=True, text=True, check=True).stdout
    out = {}
    for line in text.splitlines():
        name, *values = line.split()
        out[name] = [None if v in ("NA", "NaN", "Inf") else float(v) for v in values]
    return out


def drawn(rng, n, clusters, scale, budget, whole, spread):
    effect = np.exp(spread * rng.normal(size=clusters))
    rows = []
    for i in range(n):
        c = int(rng.integers(clusters)) if clusters < n else i
        t = float(rng.exponential(scale * effect[c]))
        stop = float(rng.uniform(0.3 * budget, budget)) if rng.random() < 0.4 else float(budget)
        if whole:
            t, stop = float(math.ceil(t)), float(math.ceil(stop))
        cause = 1 + int(rng.random() < 0.35)
        rows.append([min(t, stop), cause if t <= stop else 0, c])
    return rows


def curve_case(rng, n, clusters, scale, budget, whole, horizon):
    rows = drawn(rng, n, clusters, scale, budget, whole, 0.6)
    r = run_r(R_CURVE, [[*row, horizon] for row in rows], ["time", "cause", "cluster", "horizon"])
    times = np.array([x[0] for x in rows])
    events = np.array([x[1] > 0 for x in rows])
    km = KaplanMeierFitter().fit(times, events)
    seen = km.survival_function_at_times(r["time"]).to_numpy()
    assert np.allclose(seen, r["survival"], atol=1e-12), "lifelines and R differ"
    area = float(restricted_mean_survival_time(km, t=horizon))
    assert abs(area - r["area"][0]) < 1e-9 * (1 + area)
    return {"kind": "curve", "rows": rows, "horizon": horizon, **r}


def causes_case(rng, n, scale, budget):
    rows = drawn(rng, n, n, scale, budget, False, 0.6)
    r = run_r(R_CAUSES, rows, ["time", "cause", "cluster"])
    case = {"kind": "causes", "rows": rows, "time": r["time"]}
    for name, cause in (("one", 1), ("two", 2)):
        fit = AalenJohansenFitter(calculate_variance=True)
        fit.fit([x[0] for x in rows], [x[1] for x in rows], event_of_interest=cause)
        own = fit.cumulative_density_.iloc[:, 0]
        at = np.searchsorted(own.index, r["time"], side="right") - 1
        assert np.allclose(own.to_numpy()[at], r[name], atol=1e-10), "lifelines and R differ"
        case[name] = r[name]
        case[name + "_variance"] = fit.variance_.reindex(own.index).to_numpy().ravel()[at].tolist()
    return case


def groups_case(rng, n, groups, strata, whole):
    rows = []
    for g in range(groups):
        for row in drawn(rng, n, strata, 20.0 * (1 + 0.4 * g), 60.0, whole, 0.4):
            rows.append([row[0], row[1], row[2] + (1000 * g if groups == 2 else 0), g, row[2]])
    r = run_r(R_GROUPS, rows, ["time", "cause", "cluster", "group", "stratum"])
    test = multivariate_logrank_test([x[0] for x in rows], [x[3] for x in rows], [x[1] > 0 for x in rows])
    assert abs(test.test_statistic - r["statistic"][0]) < 1e-8 * (1 + r["statistic"][0])
    return {"kind": "groups", "rows": rows, "p": float(test.p_value), **r}


def beta_case(rng, n, scale, budget, level):
    rows = drawn(rng, n, n, scale, budget, True, 0.3)
    times = np.array([x[0] for x in rows])
    events = np.array([x[1] > 0 for x in rows])
    case = {"kind": "beta", "rows": rows, "level": level, "at": []}
    for at in sorted(set(times.tolist()))[::4]:
        factors = []
        for t in sorted(set(times[events & (times <= at)].tolist())):
            y, d = int((times >= t).sum()), int((events & (times == t)).sum())
            factors.append((y - d + 1, d))
        after = int((times > at).sum() + (~events & (times == at)).sum())
        lower = factors + [(after, 1)]
        limits = {}
        for name, product, tail in (("high", factors, (1 + level) / 2), ("low", lower, (1 - level) / 2)):
            if not product or product[-1][0] == 0:
                limits[name] = [1.0 if name == "high" else 0.0] * 2
                continue
            draws = np.ones(400000)
            for a, b in product:
                draws *= rng.beta(a, b, size=draws.size)
            m = math.prod(a / (a + b) for a, b in product)
            s = math.prod(a * (a + 1) / ((a + b) * (a + b + 1)) for a, b in product)
            size = m * (1 - m) / (s - m * m) - 1
            limits[name] = [float(stats.beta.ppf(tail, m * size, (1 - m) * size)),
                            float(np.quantile(draws, tail))]
        case["at"].append([at, limits["low"], limits["high"]])
    return case


def staying(duration, c):
    """P(an Ornstein-Uhlenbeck process stays in +-c), by finite differences on two grids."""
    def on(m):
        x = np.linspace(-c, c, m + 1)[1:-1]
        h = 2 * c / m
        values, vectors = eigh_tridiagonal(2 / h**2 + x**2 / 4 - 0.5, np.full(m - 2, -1 / h**2),
                                           select="i", select_range=(0, 60))
        start = vectors.T @ (np.exp(-x**2 / 4) * (2 * np.pi) ** -0.25) * math.sqrt(h)
        return float(np.sum(start**2 * np.exp(-duration * values)))
    coarse, fine = on(4000), on(8000)
    return fine + (fine - coarse) / 3


def band_case():
    rows = []
    for low, high in ((0.1, 0.9), (0.02, 0.6), (0.25, 0.75), (0.01, 0.99), (0.05, 0.5)):
        for c in (1.5, 2.2, 2.8, 3.2):
            duration = 0.5 * math.log(high * (1 - low) / (low * (1 - high)))
            rows.append([low, high, c, staying(duration, c)])
    return {"kind": "band", "rows": rows}


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(20261130)
    cases = [curve_case(rng, 30, 30, 25.0, 60, False, 50.0), curve_case(rng, 80, 80, 10.0, 30, True, 25.0),
             curve_case(rng, 120, 30, 40.0, 90, False, 70.0), curve_case(rng, 90, 15, 8.0, 20, True, 15.0),
             causes_case(rng, 40, 20.0, 60), causes_case(rng, 90, 50.0, 80),
             groups_case(rng, 40, 2, 12, False), groups_case(rng, 60, 2, 20, True),
             groups_case(rng, 30, 3, 10, True), groups_case(rng, 25, 5, 8, False),
             beta_case(rng, 25, 10.0, 20, 0.95), beta_case(rng, 60, 30.0, 40, 0.9), band_case()]
    r_version = subprocess.run(["Rscript", "-e", "cat(R.version.string, 'survival',"
                                " as.character(packageVersion('survival')))"],
                               capture_output=True, text=True, check=True).stdout
    document = {"source": "R survival, lifelines, scipy",
                "versions": {"r": r_version, "lifelines": lifelines.__version__,
                             "numpy": np.__version__, "scipy": scipy.__version__}, "cases": cases}
    with open(OUT, "w", encoding="utf-8") as out:
        head = json.dumps({k: v for k, v in document.items() if k != "cases"})
        out.write(head[:-1] + ',\n"cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}\n")


main()
