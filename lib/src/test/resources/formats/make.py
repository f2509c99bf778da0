"""Makes the files of this folder:  python3 make.py  (NumPy and Python's own libraries; Pillow or nibabel are not needed)

One small file of each format that the library reads, written byte by byte from the formats' descriptions, and expected.npz with the grey values
(0 to 255) that a reader must find in them.
"""
import gzip
import io
import struct
import tarfile
import zipfile

import numpy as np

rng = np.random.default_rng(20170317)
expected = {}


def tiff(pages, bits):
    """Uncompressed little-endian TIFF, one strip a page."""
    out = bytearray(b"II*\0\0\0\0\0")
    link = 4   # where the offset of the next directory goes
    for page in pages:
        data = page.astype("<u2" if bits == 16 else "u1").tobytes()
        start = len(out)
        out += data + b"\0" * (len(data) % 2)
        h, w = page.shape
        tags = [(256, 3, w), (257, 3, h), (258, 3, bits), (259, 3, 1), (262, 3, 1), (273, 4, start), (277, 3, 1), (278, 3, h), (279, 4, len(data))]
        struct.pack_into("<I", out, link, len(out))
        out += struct.pack("<H", len(tags))
        for tag, kind, value in tags:
            out += struct.pack("<HHI", tag, kind, 1) + struct.pack("<I" if kind == 4 else "<HH", *([value] if kind == 4 else [value, 0]))
        link = len(out)
        out += b"\0\0\0\0"
    return bytes(out)


def nifti(array, code, order, slope=0.0, inter=0.0, low=0.0, high=0.0):
    """array: slices x rows x columns, which is NIfTI's order read backwards."""
    header = bytearray(352)
    struct.pack_into(order + "i", header, 0, 348)
    struct.pack_into(order + "8h", header, 40, 3, array.shape[2], array.shape[1], array.shape[0], 1, 1, 1, 1)
    struct.pack_into(order + "2h", header, 70, code, array.dtype.itemsize * 8)
    struct.pack_into(order + "3f", header, 108, 352, slope, inter)
    struct.pack_into(order + "2f", header, 124, high, low)
    header[344:348] = b"n+1\0"
    return bytes(header) + array.astype(array.dtype.newbyteorder(order)).tobytes()


def heyex(bscans, header_size, claimed):
    """bscans: B-scans x rows x columns of reflectivity. The header's patient fields are filled, to see that nobody prints them."""
    n, h, w = bscans.shape
    head = bytearray(2048)
    head[:12] = b"HSF-OCT-103\0"
    struct.pack_into("<3i", head, 12, w, n, h)
    struct.pack_into("<2i", head, 48, 6, 5)
    struct.pack_into("<i", head, 100, claimed)
    head[500:513] = b"Secret Person"
    out = bytes(head) + rng.integers(0, 255, 30, dtype="u1").tobytes()
    for b in bscans:
        own = bytearray(header_size)
        own[:12] = b"HSF-BS-103\0\0"
        struct.pack_into("<i", own, 12, header_size)
        out += bytes(own) + b.astype("<f4").tobytes()
    return out


def save(name, content):
    with open(name, "wb") as f:
        f.write(content)


stack = rng.integers(0, 65536, (3, 7, 9))
save("stack16.tif", tiff(stack, 16))
expected["stack16"] = stack / 257
stack = rng.integers(0, 256, (2, 6, 5))
save("stack8.tif", tiff(stack, 8))
expected["stack8"] = stack

volume = rng.integers(0, 256, (4, 5, 6)).astype("u1")
save("plain.nii", nifti(volume, 2, "<"))
expected["plain"] = volume
volume = rng.integers(-1000, 3000, (3, 4, 5)).astype("i2")
content = io.BytesIO()
with gzip.GzipFile(fileobj=content, mode="wb", mtime=0) as f:
    f.write(nifti(volume, 4, ">", slope=2.0, inter=7.0))
save("scaled.nii.gz", content.getvalue())
v = volume * 2.0 + 7
expected["scaled"] = 255 * (v - v.min()) / (v.max() - v.min())
volume = rng.normal(0, 2, (2, 3, 4)).astype("f4")
save("window.nii", nifti(volume, 16, "<", low=-1.0, high=3.0))
expected["window"] = np.clip(255 * (volume + 1) / 4, 0, 255)

reflectivity = rng.random((3, 8, 10)).astype("f4") ** 4
reflectivity[1, :2, 3:5] = 3.4028235e38
save("bscans.vol", heyex(reflectivity, 300, 61440))
expected["bscans"] = np.where(reflectivity > 1, 255, np.round(255 * np.minimum(reflectivity, 1).astype("f8") ** 0.25))

images = rng.integers(0, 256, (6, 8, 8)).astype("u1")
colours = rng.integers(0, 256, (4, 8, 8, 3)).astype("u1")
np.savez_compressed("medmnist.npz", train_images=images, train_labels=np.array([[0], [1], [0], [0], [2], [0]], "u1"), test_images=colours,
                    test_labels=np.array([[0], [1], [2], [0]], "i8"))
expected["train"] = images
expected["test"] = colours @ np.array([0.299, 0.587, 0.114])
np.savez("pickled.npz", train_images=np.array([{"a": 1}, None], dtype=object), train_labels=np.zeros((2, 1), "u1"), test_images=images,
         test_labels=np.zeros((6, 1), "u1"), allow_pickle=True)
idx = struct.pack(">IIII", 0x803, *images.shape) + images.tobytes()
save("train-images-idx3-ubyte.gz", gzip.compress(idx, mtime=0))
save("train-labels-idx1-ubyte.gz", gzip.compress(struct.pack(">II", 0x801, 6) + bytes([0, 1, 0, 0, 2, 0]), mtime=0))
save("t10k-images-idx3-ubyte", struct.pack(">IIII", 0x803, *images.shape) + images[::-1].tobytes())
save("t10k-labels-idx1-ubyte", struct.pack(">II", 0x801, 6) + bytes([1, 0, 1, 0, 2, 0]))

# Archives: each file's content is its own name.
names = ["OCT2017 /train/NORMAL/NORMAL-1-1.txt", "b/ü.txt", "long/" + "x" * 120 + "/" + "y" * 120 + ".txt", "./dot.txt", "empty/"]
for kind, form in (("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT), ("ustar", tarfile.USTAR_FORMAT)):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=form) as tar:
        for name in names:
            if kind == "ustar" and len(name) > 240:
                name = "long/" + "x" * 120 + "/y.txt"
            info = tarfile.TarInfo(name)
            data = name.encode()
            if name.endswith("/"):
                info.type, data = tarfile.DIRTYPE, b""
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    save(kind + (".tar" if kind == "ustar" else ".tar.gz"), raw.getvalue() if kind == "ustar" else gzip.compress(raw.getvalue(), mtime=0))
with zipfile.ZipFile("names.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name in names:
        z.writestr(zipfile.ZipInfo(name), "" if name.endswith("/") else name)
for kind in ("zip", "tar"):
    raw = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(raw, "w") as z:
            z.writestr(zipfile.ZipInfo("../../escaped.png"), "x")
    else:
        with tarfile.open(fileobj=raw, mode="w") as tar:
            info = tarfile.TarInfo("NORMAL/../../escaped.png")
            info.size = 1
            tar.addfile(info, io.BytesIO(b"x"))
    save("traversal." + kind, raw.getvalue())

np.savez_compressed("expected.npz", **{name: np.asarray(a, "f4") for name, a in expected.items()})
