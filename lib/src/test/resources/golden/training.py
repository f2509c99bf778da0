"""Makes training.npz with PyTorch (any 1.13 or later), in double precision:  python3 training.py

Starts from training_start.npz (weights, real patches and z of three steps, written by GoldenTrainingTest.main) and plays three steps of the game as
PyTorch users do: one Adam step of D on the summed losses of a real and a generated batch, one of G. Biases of convolutions before
a batch norm, whose gradient is zero but for rounding, are left out; that of the dense layer is one for each pixel of a channel, and batch norm does not take it away.
"""
import numpy as np
import torch
import torch.nn.functional as F

start = {k: torch.from_numpy(v).double() for k, v in np.load("training_start.npz").items()}
G = {k[2:]: v.requires_grad_("running" not in k) for k, v in start.items() if k.startswith("g.")}
D = {k[2:]: v.requires_grad_("running" not in k) for k, v in start.items() if k.startswith("d.")}


def bn(w, name, h):
    return F.batch_norm(h, None, None, w[f"{name}.weight"], w[f"{name}.bias"], training=True, eps=1e-5)


def generate(z):
    h = F.relu(bn(G, "bn0", F.linear(z, G["dense.weight"], G["dense.bias"]).view(len(z), -1, 4, 4)))
    for i in range(1, 4):
        h = F.conv_transpose2d(h, G[f"deconv{i}.weight"], G[f"deconv{i}.bias"], stride=2, padding=1)[:, :, :-1, :-1]
        h = torch.tanh(h) if i == 3 else F.relu(bn(G, f"bn{i}", h))
    return h


def logit(x):
    for i in range(1, 4):
        x = F.conv2d(F.pad(x, (1, 2, 1, 2)), D[f"conv{i}.weight"], D[f"conv{i}.bias"], stride=2)
        x = F.leaky_relu(x if i == 1 else bn(D, f"bn{i}", x), 0.2)
    return F.linear(x.flatten(1), D["head.weight"], D["head.bias"])


def adam(weights):
    return torch.optim.Adam([w for w in weights.values() if w.requires_grad], 2e-4, (0.5, 0.999), 1e-8)


bce = F.binary_cross_entropy_with_logits
optimiser_g, optimiser_d = adam(G), adam(D)
d_losses, g_losses = [], []
for step in (1, 2, 3):
    x, fake = start[f"x{step}"], generate(start[f"z{step}"])
    real, zero, one = torch.full((4, 1), 0.9).double(), torch.zeros(4, 1).double(), torch.ones(4, 1).double()
    optimiser_d.zero_grad()
    d_loss = bce(logit(x), real) + bce(logit(fake.detach()), zero)
    d_loss.backward()
    optimiser_d.step()
    optimiser_g.zero_grad()
    g_loss = bce(logit(fake), one)
    g_loss.backward()
    optimiser_g.step()
    d_losses.append(d_loss.item())
    g_losses.append(g_loss.item())
before_bn = {"g.deconv1.bias", "g.deconv2.bias", "d.conv2.bias", "d.conv3.bias"}
out = {p + k: v.detach().numpy().astype("f4") for p, w in (("g.", G), ("d.", D)) for k, v in w.items() if "running" not in k and p + k not in before_bn}
np.savez("training.npz", d_loss=np.float32(d_losses), g_loss=np.float32(g_losses), **out)
