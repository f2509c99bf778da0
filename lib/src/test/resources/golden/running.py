"""Makes running.npz with numpy, in double precision:  python3 running.py

The running mean and variance of every batch norm after the first of the steps of training.py, from training_start.npz: the weights that step 1 begins with
and its patches and z. Each pass in which a network learns moves them by a tenth of the way to the batch's mean and (biased) variance, from where they stood
before the step: G once; D twice, for real and for generated patches, in no order. The pass of D that G learns from moves nothing.
"""
import numpy as np

start = {k: v.astype("f8") for k, v in np.load("training_start.npz").items()}
REACH = range(5)


def convolution(x, w, b):
    """Stride 2, one row and column of zeros before and two after: N×C×2h×2h to N×K×h×h."""
    n, _, size, _ = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (1, 2), (1, 2)))
    y = np.zeros((n, w.shape[0], size // 2, size // 2)) + b[:, None, None]
    for i in REACH:
        for j in REACH:
            y += np.einsum("nchw,kc->nkhw", x[:, :, i:i + size:2, j:j + size:2], w[:, :, i, j])
    return y


def transposed(x, w, b):
    """Input i reaches output 2i - 1 + k: N×C×h×h to N×K×2h×2h."""
    n, _, h, _ = x.shape
    y = np.zeros((n, w.shape[1], 2 * h + 3, 2 * h + 3))
    for i in REACH:
        for j in REACH:
            y[:, :, i:i + 2 * h:2, j:j + 2 * h:2] += np.einsum("nchw,ck->nkhw", x, w[:, :, i, j])
    return y[:, :, 1:2 * h + 1, 1:2 * h + 1] + b[:, None, None]


def normalised(x, name, statistics):
    mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3))
    statistics[name[2:]] = mean, variance, x.size / x.shape[1]
    y = (x - mean[:, None, None]) / np.sqrt(variance + 1e-5)[:, None, None]
    return start[name + ".weight"][:, None, None] * y + start[name + ".bias"][:, None, None]


def generate(z, statistics):
    h = (z @ start["g.dense.weight"].T + start["g.dense.bias"]).reshape(len(z), -1, 4, 4)
    h = np.maximum(normalised(h, "g.bn0", statistics), 0)
    for i in (1, 2, 3):
        h = transposed(h, start[f"g.deconv{i}.weight"], start[f"g.deconv{i}.bias"])
        h = np.tanh(h) if i == 3 else np.maximum(normalised(h, f"g.bn{i}", statistics), 0)
    return h


def judge(x, statistics):
    for i in (1, 2, 3):
        x = convolution(x, start[f"d.conv{i}.weight"], start[f"d.conv{i}.bias"])
        x = x if i == 1 else normalised(x, f"d.bn{i}", statistics)
        x = np.where(x > 0, x, 0.2 * x)


generator, real, fake = {}, {}, {}
image = generate(start["z1"], generator)
judge(start["x1"], real)
judge(image, fake)
out = {}
for network, passes in (("g", [generator]), ("d", [real, fake])):
    for name in passes[0]:
        for k, part in enumerate(("running_mean", "running_var")):
            before = start[f"{network}.{name}.{part}"]
            out[f"{network}.{name}.{part}"] = before + sum(0.1 * (p[name][k] - before) for p in passes)
np.savez("running.npz", **{k: v.astype("f4") for k, v in out.items()})
