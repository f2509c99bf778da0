"""Masks as annotation programs write them, made by Pillow, tifffile, nibabel and NumPy: masks.zip, and truth.png.

Every mask marks the same pixels (truth.png, white), in another way; masks.csv says what of each is expected:
exact, near (within a few pixels of an edge), doubt (exact, with a doubt) or refused.
"""
import io, os, zipfile
import nibabel, numpy as np, tifffile
from PIL import Image, ImageFilter

here = os.path.dirname(os.path.abspath(__file__))
H, W = 40, 60
y, x = np.mgrid[:H, :W]
region = np.zeros((H, W), int)                       # three labels, one of them small
region[(x - 20) ** 2 + (y - 18) ** 2 < 90] = 1
region[(x - 42) ** 2 / 4 + (y - 25) ** 2 < 20] = 2
region[30:34, 10:16] = 3
marked = region > 0
files, rows = {}, []


def add(name, kind, data):
    files[name] = data
    rows.append(f"{name},{kind}")


def pil(name, kind, image, fmt, **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    add(name, kind, out.getvalue())


def grey(values, mode="L"):
    return Image.fromarray(np.asarray(values, {"L": "u1", "I;16": "u2"}[mode]))


def palette(index, colours, fmt, name, kind, **options):
    image = Image.fromarray(index.astype("u1"), "P")
    image.putpalette(sum(map(list, colours), []))
    pil(name, kind, image, fmt, **options)


voc = [(0, 0, 0), (128, 0, 0), (0, 128, 0), (128, 128, 0)]
one = np.where(marked, 255, 0)
pil("white.png", "exact", grey(one), "PNG")
pil("bits.png", "exact", Image.fromarray(marked), "PNG")
pil("labels123.png", "exact", grey(region), "PNG")
pil("greys.png", "exact", grey(85 * region), "PNG")
pil("faint.png", "exact", grey(20 * region), "PNG")
pil("labels16.png", "exact", grey(region, "I;16"), "PNG")
pil("large16.png", "exact", grey(1000 * region, "I;16"), "PNG")
pil("many.png", "exact", grey(np.where(marked, 1 + (x + y) % 40, 0)), "PNG")
pil("instances16.png", "exact", grey(np.where(marked, 1 + (x + 60 * y) % 900, 0), "I;16"), "PNG")
palette(region, voc, "PNG", "voc.png", "exact")
palette(region, voc, "GIF", "voc.gif", "exact")
palette(region, voc, "BMP", "voc.bmp", "exact")
palette(region, voc, "TIFF", "voc.tif", "exact")
palette(region, [(0, 0, 0)] * 4, "PNG", "allblack.png", "exact")
palette(region, [(255, 255, 255), (255, 0, 0), (0, 0, 255), (0, 0, 0)], "PNG", "whitefirst.png", "exact")
palette(np.where(marked, 0, 1), [(255, 0, 0), (0, 0, 0)], "PNG", "blacksecond.png", "exact")
for name, colour in {"red": (255, 0, 0), "blue": (0, 0, 255), "dark": (10, 0, 3), "yellow": (255, 255, 0)}.items():
    pil(f"{name}.png", "exact", Image.fromarray(np.where(marked[..., None], colour, 0).astype("u1")), "PNG")
pil("colours.bmp", "exact", Image.fromarray(np.asarray(voc, "u1")[region]), "BMP")
clear = np.zeros((H, W, 4), "u1")
clear[marked] = (0, 0, 0, 255)
pil("alpha.png", "exact", Image.fromarray(clear), "PNG")
clear[marked] = (255, 0, 0, 128)
pil("redclear.png", "exact", Image.fromarray(clear), "PNG")
clear[~marked] = (255, 255, 255, 0)
pil("whiteclear.png", "exact", Image.fromarray(clear), "PNG")
opaque = np.zeros((H, W, 4), "u1")
opaque[..., 3] = 255
opaque[marked] = (0, 255, 0, 255)
pil("opaque.png", "exact", Image.fromarray(opaque), "PNG")
opaque[marked] = (0, 255, 0, 90)
pil("halfclear.png", "exact", Image.fromarray(opaque), "PNG")
pil("greyalpha.png", "exact", Image.merge("LA", [grey(0 * one), grey(one)]), "PNG")
pil("lossless.webp", "exact", Image.fromarray(np.asarray(voc, "u1")[region]), "WEBP", lossless=True)
for q in (30, 75, 95):
    pil(f"white{q}.jpg", "near", grey(one), "JPEG", quality=q)
pil("red.jpg", "near", Image.fromarray(np.where(marked[..., None], (255, 0, 0), 0).astype("u1")), "JPEG",
    quality=90, subsampling=0)
pil("greys.jpg", "near", grey(85 * region), "JPEG", quality=90)
pil("labels123.jpg", "refused", grey(region), "JPEG", quality=90)
pil("softedges.png", "near", grey(one).filter(ImageFilter.GaussianBlur(0.8)), "PNG")
pil("antialiased.png", "near", grey(np.kron(one, np.ones((4, 4)))).resize((W, H), Image.LANCZOS), "PNG")
pil("inverted.png", "doubt", grey(255 - one), "PNG")
pil("inverted.jpg", "near", grey(255 - one), "JPEG", quality=90)
pil("redonwhite.png", "doubt", Image.fromarray(np.where(marked[..., None], (255, 0, 0), 255).astype("u1")), "PNG")
pil("onetwo.png", "doubt", grey(1 + marked), "PNG")
pil("picture.png", "refused", grey(30 + 150 * np.random.default_rng(1).random((H, W))), "PNG")


def tiff(name, kind, values, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, values, **options)
    add(name, kind, out.getvalue())


tiff("u8.tif", "exact", region.astype("u1"))
tiff("u16.tif", "exact", region.astype("u2"), compression="zlib")
tiff("i16.tif", "exact", region.astype("i2"))
tiff("i32.tif", "exact", region.astype("i4"))
tiff("f32.tif", "exact", region.astype("f4"))
tiff("turned.tif", "exact", np.ascontiguousarray(85 * region.astype("u1")[::-1]),
     extratags=[(274, "H", 1, 4, True)])   # first row at the bottom
for t in ("b1", "i1", "u1", "u2", "i2", "i4", "u4", "i8", "f4", "f8"):
    out = io.BytesIO()
    np.save(out, marked if t == "b1" else region.astype(t))
    add(f"{t}.npy", "exact", out.getvalue())


def nifti(name, kind, values, slope=None, cal_max=0):
    image = nibabel.Nifti1Image(values.T[..., None], np.eye(4))
    image.header.set_slope_inter(slope, 0 if slope else None)
    image.header["cal_max"] = cal_max
    add(name, kind, image.to_bytes())


for t in ("u1", "i1", "u2", "i2", "i4", "f4", "f8"):
    nifti(f"{t}.nii", "exact", region.astype(t))
nifti("cal.nii", "exact", region.astype("u1"), cal_max=3)
nifti("scaled.nii", "exact", region.astype("i2"), slope=0.5)
probability = np.where(marked, 0.9 + 0.001 * (x % 50), 1e-4 * (y % 40)).astype("f4")
nifti("probability.nii", "near", probability)
with zipfile.ZipFile(os.path.join(here, "masks.zip"), "w", zipfile.ZIP_DEFLATED) as z:
    for name, data in files.items():
        z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    z.writestr(zipfile.ZipInfo("masks.csv"), "file,expected\n" + "\n".join(rows) + "\n")
Image.fromarray(one.astype("u1")).save(os.path.join(here, "truth.png"))
