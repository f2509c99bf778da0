"""What each step of a score is worth alone: python3 ablation.py RUN,RUN,RUN [RUN,RUN,RUN]

Each argument names the trainings of one way to prepare, which differ in their seed; the first way is told step by
step, and what it gains over the second one, on the scans that both have. AUROC of labelled test patches and of test
scans, of each training; gains are means over the trainings, with 95 % intervals of 1,000 resamples of the patients,
the same for both sides and all trainings. Needs numpy and pandas.
"""
import os
import sys

import numpy as np
import pandas as pd

SCORES = ["R", "A", "R_smoothed", "Z_sum", "Z_ratio", "Z_highest", "combined"]
STEPS = [("R", "A"), ("R", "R_smoothed"), ("R_smoothed", "Z_sum"), ("Z_sum", "Z_ratio"), ("Z_sum", "Z_highest"),
         ("Z_sum", "combined"), ("A", "combined")]
DRAWS = 1000


def auroc(scores, positive, weights):
    """Of weighted cases; of ties half counts."""
    order = np.argsort(scores, kind="stable")
    s, p, w = scores[order], positive[order], weights[order]
    below = np.r_[0, np.cumsum(w * ~p)]
    ties = below[np.searchsorted(s, s, "left")] + below[np.searchsorted(s, s, "right")]
    return (w * p) @ ties / 2 / ((w * p).sum() * (w * ~p).sum())


def table(run, level):
    cases = pd.read_csv(os.path.join(run, level + ".csv"))
    cases = cases[(cases.split == "test") & cases.label.notna()]
    return cases.rename(columns={s + "_mean": s for s in SCORES})


def areas(runs):
    """Of each score trainings × (all patients once, then the resamples)."""
    groups = np.unique(runs[0].group.astype(str))
    random = np.random.default_rng(1)
    draws = [np.bincount(random.integers(len(groups), size=len(groups)), minlength=len(groups)) for _ in range(DRAWS)]
    draws.insert(0, np.ones(len(groups)))
    at = [np.searchsorted(groups, t.group.astype(str)) for t in runs]
    return {s: np.array([[auroc(t[s].to_numpy(), t.label.to_numpy() == 1, d[i]) for d in draws]
                         for t, i in zip(runs, at)]) for s in SCORES}


def gain(before, after):
    by = np.nanmean(after, axis=0) - np.nanmean(before, axis=0)
    low, high = np.nanquantile(by[1:], [.025, .975])
    return f"{by[0]:+.3f} [{low:+.3f}, {high:+.3f}]"


ways = [way.split(",") for way in sys.argv[1:]]
for level in "scores", "scans":
    tables = [[table(run, level) for run in way] for way in ways]
    common = set.intersection(*[set(t.scan) for way in tables for t in way])
    found = [areas([t[t.scan.isin(common)] for t in way]) for way in tables]
    print("patches" if level == "scores" else "scans")
    for s in SCORES:
        each = "".join("  " + " ".join(f"{v:.3f}" for v in f[s][:, 0]) for f in found)
        print(f"  {s:11s}{each}" + ("  " + gain(found[1][s], found[0][s]) if found[1:] else ""))
    for a, b in STEPS:
        print(f"  from {a} to {b}: {gain(found[0][a], found[0][b])}")
