"""Makes depth.npz with numpy and scipy, in double precision:  python3 depth.py

Five strips of 32 × 64 with their retinas, and drawings of them: how each departs from its drawing (scipy.ndimage.gaussian_filter of the strip and of the
drawing, σ = 1/128 of a patch's edge of 32 pixels; the difference on the scale [−1, 1] and the logarithm of the ratio of grey values, four of which are added to
each), the root mean square of both in each row over the retinas of the two validation strips (1 and 2; 0 is trained on, 3 and 4 are tested), the maps that are
that many times as large, and of each patch of 32 × 32 at columns 0, 16 and 32 the sum of |Z|, the highest |Z|, the sum of |Z ratio| and the combined score.
"""
import numpy as np
from scipy.ndimage import gaussian_filter

rng = np.random.default_rng(20170317)
N, H, W, UP, VALIDATION = 5, 32, 64, 27, [1, 2]
FLOOR, PRIOR = 4, 200
COLUMNS = [0, 16, 32]

# rows of a working scan of 48 rows, in which Bruch's membrane runs along a parabola
x = np.arange(W)
reference = (34 + 0.002 * (x - 30) ** 2 + rng.uniform(-3, 3, (N, 1))).astype("f4")
thickness = np.array([11, 10, 12, 19, 11.5])[:, None] + 1.5 * np.sin(x / 9)
bounds = np.stack([reference - thickness, reference - 2, reference + 0.25], 1).astype("f4")
row = np.arange(H)[:, None] - UP + reference.astype("f8")[:, None, :]
retina = (row >= bounds[:, 0, None, :]) & (row <= bounds[:, 2, None, :])

layers = 40 + 60 * np.sin(np.arange(H) / 3)[:, None] ** 2 + 90 * (abs(np.arange(H) - 26)[:, None] < 2)
strips = np.clip(layers * rng.gamma(6, 1 / 6, (N, H, W)), 0, 255)
strips[3, 14:22, 20:40] *= 0.2                      # dark fluid in a thick retina
strips[4, 24:26, 50:53] = 250                       # a small bright lesion
strips = strips.astype("u1")
drawn = layers * rng.uniform(0.8, 1.2, (N, 1, 1)) + rng.normal(0, 6, (N, H, W))
drawn[[0, 4], 17:19, 5:9] -= 200                    # darker than black
residuals = ((strips - drawn) / 127.5).astype("f4")
drawn = strips - 127.5 * residuals.astype("f8")

SIGMA = H / 128
smooth = lambda images: np.stack([gaussian_filter(i.astype("f8"), SIGMA) for i in images])
a, b = smooth(strips), smooth(drawn)
difference = (a - b) / 127.5
ratio = np.log((np.maximum(a, 0) + FLOOR) / (np.maximum(b, 0) + FLOOR))


def rms(values):
    """Rows of few pixels are shrunk towards the whole retina, which is worth PRIOR pixels in each row."""
    v, r = values[VALIDATION], retina[VALIDATION]
    squares, pixels = (v ** 2 * r).sum((0, 2)), r.sum((0, 2))
    return np.sqrt((squares + PRIOR * squares.sum() / pixels.sum()) / (pixels + PRIOR))


def scaled(values, normal):
    """By how many deviations above the median of normals: of 1.4826 times their median deviation from it."""
    return (values - np.median(normal)) / (1.4826 * np.median(abs(normal - np.median(normal))))


rms_difference, rms_ratio = rms(difference), rms(ratio)
z, z_ratio = difference / rms_difference[:, None], ratio / rms_ratio[:, None]
parts = np.array([[[abs(z[i, :, c:c + 32][retina[i, :, c:c + 32]]).sum(), abs(z[i, :, c:c + 32][retina[i, :, c:c + 32]]).max(),
                    abs(z_ratio[i, :, c:c + 32][retina[i, :, c:c + 32]]).sum()] for c in COLUMNS] for i in range(N)])
normal = parts[VALIDATION].reshape(-1, 3)
combined = np.maximum(scaled(parts[..., 1], normal[:, 1]), scaled(parts[..., 2], normal[:, 2]))
scores = np.concatenate([parts, combined[..., None]], 2)

# what a score of scans is made of: values of nine scans, of which the first five are validation normals
table = rng.normal(3, 2, (9, 3))
mean_of_parts = np.mean([scaled(table[:, k], table[:5, k]) for k in (1, 2)], 0)   # sum and highest

np.savez_compressed("depth.npz", **{k: v.astype("f4") for k, v in dict(
    strips=strips, reference=reference, bounds=bounds, residuals=residuals, retina=retina, difference=difference, ratio=ratio, rms_difference=rms_difference,
    rms_ratio=rms_ratio, z=z, z_ratio=z_ratio, scores=scores, table=table, mean_of_parts=mean_of_parts).items()})
