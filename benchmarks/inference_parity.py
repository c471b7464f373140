"""Do shares, ratios and regressions agree with those of R?

Articles as arrays, in blocks of unequal size. R's ``survey`` gives shares (svymean, svyratio, svyby) with
their standard errors, ``clubSandwich`` and ``estimatr`` the CR2 errors and degrees of freedom of
regressions. Without R there is nothing to compare with, and the page says so.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import table
from syriatopics.inference.regression import fit_draws
from syriatopics.inference.resampling import estimate

SEED, DIGITS = 20261130, 6

SCRIPT = """
suppressMessages({library(survey); library(clubSandwich); library(estimatr); library(jsonlite)})
d <- read.csv("articles.csv"); out <- list()
s <- svydesign(ids = ~block, weights = ~one, data = d)
m <- svymean(~share, s); out$svymean <- c(coef(m), SE(m))
r <- svyratio(~count, ~words, s); out$svyratio <- c(coef(r), SE(r))
b <- svyby(~share, ~group, s, svymean); out$svyby <- c(b$share, b$se)
f <- lm(share ~ group * time, data = d)
t <- coef_test(f, vcov = "CR2", cluster = d$block, test = "Satterthwaite")
out$clubSandwich <- c(t$SE, t$df_Satt)
e <- lm_robust(share ~ group * time, data = d, clusters = block, se_type = "CR2")
out$estimatr <- c(e$std.error, e$df)
writeLines(toJSON(out, digits = 12), "out.json")
"""


def articles(seed=SEED):
    rng = np.random.default_rng(seed)
    sizes = 1 + rng.geometric(0.12, 40)
    block = np.repeat(np.arange(40), sizes)
    n = len(block)
    words = rng.integers(20, 400, n)
    level = np.clip(0.3 + 0.15 * rng.standard_normal(40), 0.02, 0.9)[block]
    count = rng.binomial(words, level)
    passages = 1 + rng.poisson(5, n)
    return pd.DataFrame(
        {"block": block, "one": 1, "words": words, "count": count,
         "share": rng.binomial(passages, level) / passages,
         "group": np.where(rng.random(n) < 0.3, "b", "a"), "time": rng.random(n)}
    )  # fmt: skip


def ours(d):
    block = d["block"].to_numpy()
    share = d[["share"]].to_numpy()
    mean = estimate(share, block=block)
    ratio = estimate(d[["count"]].to_numpy(float), d["words"].to_numpy(float), block)
    # A group is a domain of the whole sample: blocks without it count as blocks.
    inside = pd.get_dummies(d["group"]).to_numpy(float)
    by = [estimate(share * i[:, None], i, block) for i in inside.T]
    x = np.column_stack([np.ones(len(d)), inside[:, 1], d["time"], inside[:, 1] * d["time"]])
    fit = fit_draws(x, share[None], [block])
    errors = np.sqrt(np.diagonal(fit.covariance[0]))
    freedom = [fit.freedom(row) for row in np.eye(4)]
    # R orders its columns: intercept, group, time, both.
    return {
        "svymean": [mean.mean[0], mean.error[0]],
        "svyratio": [ratio.mean[0], ratio.error[0]],
        "svyby": [*(e.mean[0] for e in by), *(e.error[0] for e in by)],
        "clubSandwich": [*errors, *freedom],
        "estimatr": [*errors, *freedom],
    }


def theirs(d):
    with tempfile.TemporaryDirectory() as folder:
        d.to_csv(Path(folder) / "articles.csv", index=False)
        (Path(folder) / "parity.R").write_text(SCRIPT, encoding="utf-8")
        ran = subprocess.run(["Rscript", "parity.R"], cwd=folder, capture_output=True, text=True)
        if ran.returncode:
            return None, ran.stderr.strip().splitlines()[-1]
        return json.loads((Path(folder) / "out.json").read_text(encoding="utf-8")), ""


def compared(seed=SEED):
    """Return a row per function of R with the largest relative difference, or why there is none."""
    if shutil.which("Rscript") is None:
        return None, "R is not installed"
    d = articles(seed)
    found, why = theirs(d)
    if found is None:
        return None, why
    rows = []
    for name, values in ours(d).items():
        away = np.abs(np.array(values) / np.array(found[name], dtype=float) - 1).max()
        rows.append((name, len(values), f"{away:.1e}", "yes" if away < 10**-DIGITS else "NO"))
    return rows, ""


def main():
    rows, why = compared()
    shown = (
        table(("function of R", "figures", "largest relative difference", "six digits"), rows)
        if rows
        else f"Not compared: {why}."
    )
    return (
        f"# Parity with R\n\n{__doc__}\nsyriatopics {st.__version__}; seed {SEED}, 40 blocks.\n\n{shown}\n\n"
        "Made by `python -m benchmarks inference_parity`.\n"
    )
