"""discriminant.npz: what scikit-learn's linear discriminant with shrinkage says of 300 cases of four classes, the first 80 of which it learned from.

python3 discriminant.py    (Debian's python3-sklearn)
"""
import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

random = np.random.default_rng(1)
classes = random.choice(4, size=300, p=[.5, .3, .15, .05])
mixing = random.normal(size=(5, 5))
x = ((random.normal(size=(300, 5)) @ mixing + random.normal(size=(4, 5))[classes]) * [1, 10, .1, 5, 1]).astype("<f4").astype(float)
told = make_pipeline(StandardScaler(), LinearDiscriminantAnalysis(solver="lsqr", shrinkage=.1, priors=[.25] * 4)).fit(x[:80], classes[:80]).predict(x)
print((told == classes).mean())
np.savez("discriminant.npz", x=x.astype("<f4"), classes=classes.astype("<f4"), told=told.astype("<f4"))
