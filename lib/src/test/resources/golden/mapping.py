"""Makes the golden arrays of this folder with PyTorch (any 1.13 or later), in double precision:  python3 mapping.py

A small pair with random weights and random batch-norm statistics (in model/), queries x and latent points z, and what the mapping must compute from them in
inference mode: G(z), f(G(z)), f(x), the logits of D, both losses of the paper and their gradients with respect to z.
"""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

SIZE, LATENT, WIDTH, N, LAMBDA = 32, 16, 0.125, 4, 0.1
channels = [int(64 * WIDTH) << i for i in range(3)]
rng = np.random.default_rng(20170317)


def normal(*shape, scale=1.0, mean=0.0):
    return (mean + scale * rng.standard_normal(shape)).astype("f4")


def batch_norm(weights, name, c):
    weights[f"{name}.weight"] = normal(c, scale=0.2, mean=1)
    weights[f"{name}.bias"] = normal(c, scale=0.2)
    weights[f"{name}.running_mean"] = normal(c, scale=0.3)
    weights[f"{name}.running_var"] = rng.uniform(0.5, 2, c).astype("f4")


g, d = {}, {}
up = channels[::-1] + [1]
g["dense.weight"], g["dense.bias"] = normal(up[0] * 16, LATENT, scale=0.4), normal(up[0] * 16, scale=0.1)
batch_norm(g, "bn0", up[0])
for i in range(1, len(up)):
    g[f"deconv{i}.weight"] = normal(up[i - 1], up[i], 5, 5, scale=(4 / 25 / up[i - 1]) ** 0.5)
    g[f"deconv{i}.bias"] = normal(up[i], scale=0.1)
    if i < len(up) - 1:
        batch_norm(g, f"bn{i}", up[i])
down = [1] + channels
for i in range(1, len(down)):
    d[f"conv{i}.weight"] = normal(down[i], down[i - 1], 5, 5, scale=(2 / 25 / down[i - 1]) ** 0.5)
    d[f"conv{i}.bias"] = normal(down[i], scale=0.1)
    if i > 1:
        batch_norm(d, f"bn{i}", down[i])
d["head.weight"], d["head.bias"] = normal(1, down[-1] * 16, scale=0.1), normal(1)

os.makedirs("model", exist_ok=True)
np.savez("model/generator.npz", **g)
np.savez("model/generator_raw.npz", **g)
np.savez("model/discriminator.npz", **d)
with open("model/dcgan.json", "w") as f:
    json.dump({"size": SIZE, "latent": LATENT, "width": WIDTH}, f)
G = {k: torch.from_numpy(v).double() for k, v in g.items()}
D = {k: torch.from_numpy(v).double() for k, v in d.items()}


def bn(w, name, h):
    return F.batch_norm(h, w[f"{name}.running_mean"], w[f"{name}.running_var"], w[f"{name}.weight"], w[f"{name}.bias"], training=False, eps=1e-5)


def generate(z):
    h = F.relu(bn(G, "bn0", F.linear(z, G["dense.weight"], G["dense.bias"]).view(-1, up[0], 4, 4)))
    for i in range(1, len(up)):
        h = F.conv_transpose2d(h, G[f"deconv{i}.weight"], G[f"deconv{i}.bias"], stride=2, padding=1)[:, :, :-1, :-1]
        h = torch.tanh(h) if i == len(up) - 1 else F.relu(bn(G, f"bn{i}", h))
    return h


def features(x):
    for i in range(1, len(down)):
        x = F.conv2d(F.pad(x, (1, 2, 1, 2)), D[f"conv{i}.weight"], D[f"conv{i}.bias"], stride=2)
        x = F.leaky_relu(x if i == 1 else bn(D, f"bn{i}", x), 0.2)
    return x


def logit(f):
    return F.linear(f.flatten(1), D["head.weight"], D["head.bias"])[:, 0]


x = torch.from_numpy(np.tanh(normal(N, 1, SIZE, SIZE))).double()
z = torch.from_numpy(rng.uniform(-1, 1, (N, LATENT)).astype("f4")).double().requires_grad_(True)
image = generate(z)
fx, fz = features(x), features(image)
residual = (x - image).abs().sum((1, 2, 3))
matching = (fx - fz).abs().sum((1, 2, 3))
reference = F.softplus(-logit(fz))
out = {"x": x, "z": z, "image": image, "features_x": fx, "features_z": fz, "logit_x": logit(fx), "logit_z": logit(fz),
       "residual": residual, "matching": matching, "reference": reference}
for name, loss in (("matching", matching), ("reference", reference)):
    total = (1 - LAMBDA) * residual + LAMBDA * loss
    out[f"gradient_{name}"], = torch.autograd.grad(total.sum(), z, retain_graph=True)
np.savez("mapping.npz", **{k: v.detach().numpy().astype("f4") for k, v in out.items()})
