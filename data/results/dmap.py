"""What D's layers see beyond the score: python3 dmap.py PATCHES RUN...

For each training, of every test scan and each of D's first three convolutions f_l, the whole strip at once:
D-map, sum over channels of |f_l(x) - f_l(G(z))|, and the distance to the three nearest pieces of training scans of
other patients, no more than a row away, in f_l; both divided by their mean in validation normals at that depth and
summed inside the retina. AUROC of scans, all / those of like noise, alone and with half of their logarithm, in units
of validation normals, beside the combined score. Needs numpy, pandas and scipy.
"""
import json
import os
import sys

import numpy as np
import pandas as pd
from scipy.stats import rankdata

BANK = 4000       # pieces of training scans that a row looks among
PATCHES = sys.argv[1]
OPTIONS = json.load(open(os.path.join(PATCHES, "patches.json")))["options"]
SCANS = pd.read_csv(os.path.join(PATCHES, "scans.csv"), dtype={"group": str})
X = np.load(os.path.join(PATCHES, "strips.npy")).astype("f4") / 127.5 - 1
SPLIT, GROUP = SCANS.split.to_numpy(), SCANS.group.to_numpy()
TEST, VALIDATION, TRAIN = (SPLIT == s for s in ("test", "validation", "train"))
SICK = SCANS.label.to_numpy()[TEST] == 1
MATCHED = SCANS.matched.to_numpy()[TEST] == 1


def layers(x, d):
    """f_1 to f_3 of strips in [-1, 1], N x H x W: 5 x 5, stride 2, leaky ReLU of .2, batch norm as it was learned."""
    out, y = [], x[:, None]
    for l in (1, 2, 3):
        padded = np.pad(y, ((0, 0), (0, 0), (1, 2), (1, 2)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (5, 5), axis=(2, 3))[:, :, ::2, ::2]
        y = np.einsum("nchwij,ocij->nohw", windows, d[f"conv{l}.weight"], optimize=True)
        y += d[f"conv{l}.bias"][:, None, None]
        if l > 1:
            gain = d[f"bn{l}.weight"] / np.sqrt(d[f"bn{l}.running_var"] + 1e-5)
            y = (y - d[f"bn{l}.running_mean"][:, None, None]) * gain[:, None, None] + d[f"bn{l}.bias"][:, None, None]
        y = np.where(y > 0, y, .2 * y)
        out.append(y)
    return out


def features(run):
    """Of x, and of G(z) where the scan was mapped: three layers each, N x C x h x w."""
    d = np.load(os.path.join(run, "model", "discriminator.npz"))
    real, drawn = [], []
    for i in range(0, len(X), 8):
        mapped = [os.path.join(run, "mapping", "strips", name + ".npy") for name in SCANS.scan[i:i + 8]]
        residual = [np.nan_to_num(np.load(file)[0]) if os.path.exists(file) else np.zeros(X.shape[1:])   # of training
                    for file in mapped]
        real.append([f.astype("f2") for f in layers(X[i:i + 8], d)])
        drawn.append([f.astype("f2") for f in layers(X[i:i + 8] - np.array(residual), d)])
    return ([np.concatenate(f) for f in zip(*side)] for side in (real, drawn))


def nearest(f):
    """N x h x w."""
    f = f.astype("f4").transpose(0, 2, 3, 1)
    f /= f[TRAIN].reshape(-1, f.shape[3]).std(0) + 1e-6
    n, h, w, channels = f.shape
    random, distances = np.random.default_rng(1), np.zeros((n, h, w), "f4")
    for row in range(h):
        rows = range(max(0, row - 1), min(h, row + 2))
        pieces, owner = f[TRAIN][:, rows].reshape(-1, channels), np.repeat(GROUP[TRAIN], len(rows) * w)
        kept = random.choice(len(pieces), min(BANK, len(pieces)), replace=False)
        pieces, owner = pieces[kept], owner[kept]
        for i in range(n):
            squares = (f[i, row] ** 2).sum(1)[:, None] + (pieces ** 2).sum(1) - 2 * f[i, row] @ pieces.T
            squares[:, owner == GROUP[i]] = np.inf
            distances[i, row] = np.sqrt(np.maximum(np.partition(squares, 2, 1)[:, :3], 0)).mean(1)
    return distances


def summed(seen):
    """Of a map of the strip, N x h x w: one number a scan."""
    step = X.shape[1] // seen.shape[1]
    reference = np.load(os.path.join(PATCHES, "reference.npy"))
    bounds = np.load(os.path.join(PATCHES, "bounds.npy"))[:, [0, -1]] - reference[:, None]   # ILM and Bruch's membrane
    ilm, bruch = (bounds * OPTIONS["scale"] + OPTIONS["up"])[:, :, step // 2::step].transpose(1, 0, 2)
    rows = ((np.arange(seen.shape[1]) + .5) * step - .5)[None, :, None]
    inside = (rows >= ilm[:, None] - 1) & (rows <= bruch[:, None] + 1)
    usual = np.array([seen[VALIDATION][:, r][inside[VALIDATION][:, r]].mean() if inside[VALIDATION][:, r].sum() > 50
                      else np.nan for r in range(seen.shape[1])])
    usual[np.isnan(usual)] = np.nanmean(usual)
    return (seen / usual[:, None] * inside).sum((1, 2))


def standard(scores):
    middle = np.median(scores[VALIDATION])
    return (scores - middle) / (1.4826 * np.median(np.abs(scores[VALIDATION] - middle)))


def auroc(scores, positive):
    ranks, n = rankdata(scores), positive.sum()
    return (ranks[positive].sum() - n * (n + 1) / 2) / (n * (~positive).sum())


def both(scores):
    scores = np.asarray(scores)[TEST]
    return np.array([auroc(scores, SICK), auroc(scores[MATCHED], SICK[MATCHED])])


found = {}
for run in sys.argv[2:]:
    own = pd.read_csv(os.path.join(run, "scans.csv")).set_index("scan").reindex(SCANS.scan)
    combined = own.combined_mean.to_numpy()
    found.setdefault("A", []).append(both(own.A_mean))
    found.setdefault("combined", []).append(both(combined))
    real, drawn = features(run)
    for l in (1, 2, 3):
        maps = {"D-map": np.abs(real[l - 1].astype("f4") - drawn[l - 1]).sum(1)}
        if l > 1: maps["nearest"] = nearest(real[l - 1])
        for name, seen in maps.items():
            score = summed(seen)
            found.setdefault(f"{name}, layer {l}", []).append(both(score))
            found.setdefault(f"{name}, layer {l}, beside combined", []).append(
                both(standard(combined) + standard(np.log(score)) / 2))
for name, areas in found.items():
    means = np.mean(areas, axis=0)
    print(f"{name:34s} {means[0]:.3f} {means[1]:.3f}   " + "  ".join(f"{a:.3f} / {b:.3f}" for a, b in areas))
