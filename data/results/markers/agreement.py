"""How far the markers of a phantom's run agree with its lesions: python3 agreement.py PATCHES RUN

Needs numpy, scipy, pandas, Pillow and scikit-learn, whose scores are taken. A region touches a lesion if any pixel of its box lies within 3 pixels of the mask.
Where `discover --features` has written what D makes of each region, the same is told of as many kinds by these numbers: a mixture of normal densities, ten starts, in the
components that hold 90 % of their variance.
"""
import os
import sys

import numpy as np
import pandas as pd
from PIL import Image
from scipy.ndimage import binary_dilation
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

patches, run = sys.argv[1:]
regions = pd.read_csv(os.path.join(run, "regions.csv"))
scans = pd.read_csv(os.path.join(patches, "scans.csv"))
test = scans[scans.split == "test"]


def near(scan):
    mask = os.path.join(patches, "scans", scan + "_mask.png")
    return binary_dilation(np.asarray(Image.open(mask)) > 0, iterations=3) if os.path.exists(mask) else None


masks = {scan: near(scan) for scan in regions.scan.unique()}
touches = np.array([masks[r.scan] is not None and masks[r.scan][r.y:r.y + r.pixel_height, r.x:r.x + r.pixel_width].any() for r in regions.itertuples()])
kind = regions["class"].to_numpy()
marker = regions.marker.fillna(0).to_numpy()
sixth = np.where(touches, kind, "artefact")
normal = (test.label == 0).sum()
print(f"{len(regions)} regions, {regions.scan.isin(test.scan[test.label == 0]).sum() / normal:.2f} per normal scan")
print("scans with a region that touches a lesion:", regions[touches].groupby("class").scan.nunique().to_dict())


def tell(marker):
    for what, a, b in [("regions that touch lesions", kind[touches], marker[touches]), ("all, artefacts a sixth kind", sixth, marker)]:
        print(f"{what}: NMI {normalized_mutual_info_score(a, b):.2f}, ARI {adjusted_rand_score(a, b):.2f}")


tell(marker)
second = os.path.join(run, "region_features.npy")
if os.path.exists(second):
    x = StandardScaler().fit_transform(np.load(second))
    x = PCA(0.9, random_state=1).fit_transform(x)
    clusters = GaussianMixture(int(marker.max()), covariance_type="diag", n_init=10, reg_covar=1e-2, random_state=1).fit_predict(x / x[:, 0].std())
    print(f"by D's features, {x.shape[1]} components, {int(marker.max())} kinds (agreement with the markers: ARI {adjusted_rand_score(marker, clusters):.2f})")
    tell(clusters)
