"""Full-matrix descent written with numpy, in double precision: python3 fullmatrix.py makes fullmatrix.npz (n=6, 60 steps down a skewed bowl)."""
import numpy as np

n, steps, rate = 6, 60, 0.3
random = np.random.default_rng(1)
a = random.normal(size=(n, n))
bowl = a @ np.diag([100, 30, 10, 3, 1, 0.3]) @ a.T
z = random.uniform(-1, 1, n)
start = z.copy()
m, c, path = np.zeros(n), np.zeros((n, n)), []
due = 1
for t in range(1, steps + 1):
    g = bowl @ z
    m = 0.9 * m + 0.1 * g
    c = 0.95 * c + 0.05 * np.outer(g, g)
    if t == due:
        values, vectors = np.linalg.eigh(c / (1 - 0.95 ** t))
        values = np.maximum(values, 0)
        root = vectors @ np.diag((values + 1e-3 * values.max()) ** -0.5) @ vectors.T
        due = due * 4 if due < 16 else due + 32
    z = z - rate * root @ (m / (1 - 0.9 ** t))
    path.append(z.copy())
np.savez("fullmatrix.npz", bowl=bowl.astype("<f4"), start=start.astype("<f4"), path=np.array(path).astype("<f4"))
