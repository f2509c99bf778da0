"""The benchmarks' opponent: the mapping and the training in PyTorch, with our weights. Needs a Python with torch 1.13 or later, and numpy.

    python3 peer.py FOLDER [--threads T]

FOLDER holds model/ (a saved pair), queries.npy (N x S x S) and z.npy (N x latent). Commands come on stdin, each is answered with one line on stdout:

    about                    version, oneDNN, threads, instruction set
    variants                 the ways to write the mapping:
        eager                as PyTorch's DCGAN tutorial would: batch norm in evaluation mode, NCHW
        folded               batch norm folded into the weights, channels_last
        inputgrad            folded, and transposed convolutions are input gradients of convolutions, which oneDNN runs in PyTorch 1 too
        bf16                 folded (in PyTorch 1: inputgrad) in bfloat16, losses in float32
    losses VARIANT n         0.9 sum|x - G(z)| + 0.1 sum|f(x) - f(G(z))| of the first n queries at z.npy
    steps VARIANT n k        k steps of the mapping of the first n queries, in ms each; the next call goes on from there
    map VARIANT n steps lr   a whole mapping from z.npy: mean loss where it ends, and seconds
    train VARIANT n k        k steps of training with batches of n, in ms each; the next call goes on from there: eager, or bf16 by autocast
    gemm m                   GFLOP/s of an m x m matrix product, best of ten
    memory                   peak resident MB of this process
    quit

A command that fails is answered with `error: ...`. LibtorchPeer.java says the same lines with PyTorch's own C++ library.
Our networks pad 1 before and 2 after. PyTorch's usual padding=2, output_padding=1 pads 2 before and 1 after: the mirror image. So weights and queries are
mirrored when they are read, and the networks are written as PyTorch users write them, without a separate padding or cropping; the losses are the same.
"""
import argparse
import os
import re
import resource
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

VARIANTS = "eager", "folded", "inputgrad", "bf16"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    if arguments.threads < 1:
        parser.error(f"at least one thread is needed, not {arguments.threads}")
    torch.set_num_threads(arguments.threads)
    try:
        peer = Peer(arguments.folder)
    except (OSError, KeyError, ValueError) as e:
        sys.exit(f"{arguments.folder} does not hold model/, queries.npy and z.npy as the benchmarks write them: {e}")
    for line in sys.stdin:
        name, *words = line.split() or [""]
        if name == "quit":
            return
        try:
            command = peer.commands.get(name)
            answer = command(*words) if command else f"error: no such command: {name}"
        except Exception as e:
            answer = f"error: {type(e).__name__}: {e}".replace("\n", " ")
        print(answer, flush=True)


class Peer:
    def __init__(self, folder):
        self.generator, self.discriminator = weights(f"{folder}/model/generator.npz"), weights(f"{folder}/model/discriminator.npz")
        self.queries = mirrored(torch.from_numpy(np.load(f"{folder}/queries.npy")).unsqueeze(1))
        self.z = torch.from_numpy(np.load(f"{folder}/z.npy"))
        self.running = {}   # what goes on from call to call
        self.commands = {"about": about, "variants": lambda: " ".join(VARIANTS), "losses": self.losses, "steps": self.steps, "map": self.map,
                         "train": self.train, "gemm": gemm, "memory": memory}

    def mapping(self, variant, n, rate=0.01):
        n = int(n)
        if not 1 <= n <= len(self.queries):   # a slice would quietly take fewer, and look fast
            raise ValueError(f"1 to {len(self.queries)} queries can be mapped, not {n}")
        return Mapping(self.generator, self.discriminator, variant, self.queries[:n], self.z[:n], float(rate))

    def losses(self, variant, n):
        with torch.no_grad():
            return " ".join(f"{v:.6f}" for v in self.mapping(variant, n).losses().tolist())

    def steps(self, variant, n, k):
        self.running[variant, n] = mapping = self.running.get((variant, n)) or self.mapping(variant, n)
        return times(mapping.step, int(k))

    def map(self, variant, n, steps, rate):
        begun = time.perf_counter()
        mapping = self.mapping(variant, n, rate)
        for _ in range(int(steps)):
            mapping.step()
        seconds = time.perf_counter() - begun
        with torch.no_grad():
            return f"{mapping.losses().mean().item():.6f} {seconds:.3f}"

    def train(self, variant, n, k):
        if (variant, n) not in self.running:
            self.running[variant, n] = Training(self.generator, self.discriminator, variant, int(n), self.queries.shape[-1])
        return times(self.running[variant, n].step, int(k))


class Mapping:
    """The descent on z for one batch of queries."""

    def __init__(self, generator, discriminator, variant, x, z, rate):
        if variant not in VARIANTS:
            raise ValueError(f"no such variant: {variant}")
        by_gradient = variant == "inputgrad" or variant == "bf16" and torch.__version__.startswith("1.")
        self.deconvolution = input_gradient if by_gradient else F.conv_transpose2d
        self.dtype = torch.bfloat16 if variant == "bf16" else torch.float32
        self.format = torch.contiguous_format if variant == "eager" else torch.channels_last
        self.g, self.d = (self.converted(w if variant == "eager" else folded(w)) for w in (generator, discriminator))
        self.x = x
        with torch.no_grad():
            self.fx = self.features(x)
        self.z = z.clone().requires_grad_()
        self.optimiser = torch.optim.Adam([self.z], lr=rate)

    def converted(self, w):
        return {k: v.to(self.dtype, memory_format=self.format if v.dim() == 4 else torch.preserve_format) for k, v in w.items()}

    def features(self, x):
        return features(self.d, x.to(self.dtype, memory_format=self.format)).float()

    def losses(self):
        image = generate(self.g, self.z.to(self.dtype), self.deconvolution).float()
        return 0.9 * (self.x - image).abs().sum((1, 2, 3)) + 0.1 * (self.fx - self.features(image)).abs().sum((1, 2, 3))

    def step(self):
        self.optimiser.zero_grad()
        self.losses().sum().backward()
        self.optimiser.step()


class Training:
    """The game of PyTorch's DCGAN tutorial: D on a real and a generated batch, one step; then G through D."""

    def __init__(self, generator, discriminator, variant, n, size):
        if variant not in ("eager", "bf16"):
            raise ValueError(f"no such variant of training: {variant}")
        self.autocast = lambda: torch.autocast("cpu", torch.bfloat16, enabled=variant == "bf16")
        self.n, self.latent = n, generator["dense.weight"].shape[1]
        self.g, self.d = fresh(generator), fresh(discriminator)
        self.real, self.ones, self.zeros = torch.rand(n, 1, size, size) * 2 - 1, torch.ones(n, 1), torch.zeros(n, 1)
        self.adam_g, self.adam_d = (torch.optim.Adam([v for v in w.values() if v.requires_grad], 2e-4, (0.5, 0.999)) for w in (self.g, self.d))

    def judge(self, images, label):
        with self.autocast():
            logits = F.linear(features(self.d, images, training=True).flatten(1), self.d["head.weight"], self.d["head.bias"])
        return F.binary_cross_entropy_with_logits(logits.float(), label)

    def step(self):
        with self.autocast():
            fake = generate(self.g, torch.rand(self.n, self.latent) * 2 - 1, training=True)
        self.adam_d.zero_grad()
        (self.judge(self.real, self.ones) + self.judge(fake.detach(), self.zeros)).backward()
        self.adam_d.step()
        self.adam_g.zero_grad()
        self.judge(fake, self.ones).backward()
        self.adam_g.step()


def generate(w, z, deconvolution=F.conv_transpose2d, training=False):
    last = layers(w, "deconv")
    h = F.linear(z, w["dense.weight"], w["dense.bias"]).view(len(z), -1, 4, 4)
    h = F.relu(norm(w, "bn0", h, training), inplace=True)
    for i in range(1, last + 1):
        h = deconvolution(h, w[f"deconv{i}.weight"], w[f"deconv{i}.bias"], stride=2, padding=2, output_padding=1)
        h = torch.tanh(h) if i == last else F.relu(norm(w, f"bn{i}", h, training), inplace=True)
    return h


def features(w, x, training=False):
    for i in range(1, layers(w, "conv") + 1):
        x = F.conv2d(x, w[f"conv{i}.weight"], w[f"conv{i}.bias"], stride=2, padding=2)
        x = F.leaky_relu(norm(w, f"bn{i}", x, training), 0.2, inplace=True)
    return x


def layers(w, kind):
    return sum(f"{kind}{i}.weight" in w for i in range(1, 9))


def norm(w, name, h, training):
    if f"{name}.weight" not in w:   # D's first layer has none, and folded networks have none at all
        return h
    return F.batch_norm(h, w[f"{name}.running_mean"], w[f"{name}.running_var"], w[f"{name}.weight"], w[f"{name}.bias"], training, eps=1e-5)


class InputGradient(torch.autograd.Function):
    @staticmethod
    def forward(context, h, weight):
        context.save_for_backward(weight)
        shape = len(h), weight.shape[1], 2 * h.shape[2], 2 * h.shape[3]
        x = torch.empty(shape, dtype=h.dtype, memory_format=torch.channels_last)   # only its shape is looked at
        return torch.ops.aten.convolution_backward(h, x, weight, None, [2, 2], [2, 2], [1, 1], False, [0, 0], 1, [True, False, False])[0]

    @staticmethod
    def backward(context, gradient):
        return F.conv2d(gradient, *context.saved_tensors, stride=2, padding=2), None


def input_gradient(h, weight, bias, **_):
    """A transposed convolution, as the input gradient of the convolution with the same weights."""
    return InputGradient.apply(h, weight) + bias.view(1, -1, 1, 1)


def weights(file):
    return {k: mirrored(torch.from_numpy(v), k) for k, v in np.load(file).items()}


def mirrored(v, name="image"):
    """Kernels and images turned by 180 degrees, and so are the 4 x 4 pixels that the dense layer makes."""
    if name.startswith("dense"):
        return v.view(-1, 16, *v.shape[1:]).flip(1).reshape(v.shape)
    return v.flip(2, 3).contiguous() if v.dim() == 4 else v


def folded(w):
    """The same network without batch norm: its scale and shift put into the weights before it."""
    w = dict(w)
    for bn in [k[:-len(".weight")] for k in w if re.fullmatch(r"bn\d+\.weight", k)]:
        layer = "dense" if bn == "bn0" else bn.replace("bn", "deconv" if "dense.weight" in w else "conv")
        pixels = 16 if layer == "dense" else 1   # the dense layer makes 16 pixels of each channel
        scale, shift, mean, variance = (w.pop(f"{bn}.{part}").repeat_interleave(pixels) for part in ("weight", "bias", "running_mean", "running_var"))
        scale = scale / torch.sqrt(variance + 1e-5)
        shape = {"dense": (-1, 1), "deconv": (1, -1, 1, 1), "conv": (-1, 1, 1, 1)}[layer.rstrip("0123456789")]
        w[f"{layer}.weight"] = w[f"{layer}.weight"] * scale.view(shape)
        w[f"{layer}.bias"] = (w[f"{layer}.bias"] - mean) * scale + shift
    return w


def fresh(w):
    """Weights of the same shapes before training: N(0, 0.02), scales of batch norm N(1, 0.02), biases 0."""
    def start(name, v):
        centre, spread = bool(re.fullmatch(r"bn\d+\.weight|.*running_var", name)), 0.02 * name.endswith(".weight")
        return (torch.randn_like(v) * spread + centre).requires_grad_("running" not in name)
    return {k: start(k, v) for k, v in w.items()}


def times(step, k):
    clock = [time.perf_counter()]
    for _ in range(k):
        step()
        clock.append(time.perf_counter())
    return " ".join(f"{(b - a) * 1e3:.3f}" for a, b in zip(clock, clock[1:]))


def about():
    onednn, capability = (re.search(p, torch.__config__.show()) for p in (r"MKL-DNN v([\d.]+)", r"CPU capability usage: (\S+)"))
    return f"PyTorch {torch.__version__}, oneDNN {onednn[1] if onednn else '?'}, {torch.get_num_threads()} threads, {capability[1] if capability else '?'}"


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (2**20 if sys.platform == "darwin" else 1024)


def gemm(m):
    a = torch.rand(int(m), int(m))
    return f"{2e-6 * int(m) ** 3 / min(map(float, times(lambda: a @ a, 10).split())):.1f}"


if __name__ == "__main__":
    main()
