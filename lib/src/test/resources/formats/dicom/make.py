"""Makes the files of this folder:  python3 make.py  (DCMTK 3.6.7, Pillow 9.4 and opj_compress with OpenJPEG 2.5, NumPy; in this folder, for it reads data/sample)

dicom.zip has one small file of each way in which DICOM stores pictures, cut out of the phantom's scans; DCMTK wrote them, but for JPEG 2000, which OpenJPEG packed and
this script wrapped. expected.npz has the numbers that a reader must find (frames x rows x columns,
and 3 for colours), each array under the names of its files, refused.zip what is no picture or not read. DCMTK's UIDs are
random, so that the bytes differ from run to run; the numbers do not.
"""
import io
import struct
import subprocess
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

SAMPLE = Path("../../../../../../data/sample/phantom").resolve()
HERE = Path(".").resolve()
work = Path(tempfile.mkdtemp())
rng = np.random.default_rng(20170317)
expected, refused = {}, []

SECONDARY = "1.2.840.10008.5.1.4.1.1.7"
MULTI_FRAME = "1.2.840.10008.5.1.4.1.1.7.2"      # multi-frame greyscale byte secondary capture
TOMOGRAPHY = "1.2.840.10008.5.1.4.1.1.77.1.5.4"  # ophthalmic tomography


def run(*command):
    subprocess.run([str(c) for c in command], cwd=work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def scan(name, rows=24, columns=34):
    """A part of a scan of the phantom with vitreous, retina and choroid: of every second pixel."""
    return np.asarray(Image.open(SAMPLE / name))[:2 * rows:2, 60:60 + columns]


def dump(name, array, extra=(), photometric="MONOCHROME2", stored=0, signed=False, sop=SECONDARY, planar=0, frames=None, options=()):
    """Writes array (rows x columns, frames in front, colours behind) by DCMTK's dump2dcm."""
    bits = array.dtype.itemsize * 8
    stored = stored or bits
    coloured = photometric in ("RGB", "YBR_FULL", "YBR_FULL_422")
    rows, columns = array.shape[-3:-1] if coloured else array.shape[-2:]
    pixels = np.moveaxis(array, -1, -3) if coloured and planar else array
    raw = pixels.astype(array.dtype.newbyteorder("<")).tobytes()
    if photometric == "YBR_FULL_422":   # of two pixels' colours the first
        raw = np.stack([pixels[:, ::2, 0], pixels[:, 1::2, 0], pixels[:, ::2, 1], pixels[:, ::2, 2]], -1).tobytes()
    (work / f"{name}.raw").write_bytes(raw + b"\0" * (len(raw) % 2))
    lines = ["(0002,0010) UI =LittleEndianExplicit", f"(0008,0016) UI [{sop}]", "(0008,0018) UI [1.2.3.4]", "(0008,0060) CS [OPT]",
             "(0010,0010) PN [Secret^Person]", "(0010,0020) LO [Secret 4711]", "(0010,0030) DA [19500101]",
             f"(0028,0002) US {3 if coloured else 1}", f"(0028,0004) CS [{photometric}]"]
    if coloured: lines.append(f"(0028,0006) US {planar}")
    if frames: lines.append(f"(0028,0008) IS [{frames}]")
    lines += [f"(0028,0010) US {rows}", f"(0028,0011) US {columns}", f"(0028,0100) US {bits}", f"(0028,0101) US {stored}", f"(0028,0102) US {stored - 1}",
              f"(0028,0103) US {int(signed)}", *extra, f"(7fe0,0010) {'OW' if bits == 16 else 'OB'} ={name}.raw"]
    (work / f"{name}.txt").write_text("\n".join(lines) + "\n")
    run("dump2dcm", *options, f"{name}.txt", f"{name}.dcm")
    return f"{name}.dcm"


def expect(file, array):
    expected[file] = array.astype("<f4")


def derive(source, target, array, *command):
    """Another file of the same numbers."""
    run(*command, source, target)
    expect(target, array)


def elements(*parts):
    """Explicit little endian, each (group, element, VR, bytes)."""
    out = b""
    for group, element, vr, value in parts:
        value += (b"\0" if vr in ("UI", "OB", "OW") else b" ") * (len(value) % 2)
        out += struct.pack("<HH2s", group, element, vr.encode())
        out += struct.pack("<HI" if vr in ("OB", "OW", "SQ", "UN") else "<H", *([0, len(value)] if vr in ("OB", "OW", "SQ", "UN") else [len(value)])) + value
    return out


def items(*fragments):
    return b"".join(struct.pack("<HHI", 0xfffe, 0xe000, len(f)) + f for f in fragments) + struct.pack("<HHI", 0xfffe, 0xe0dd, 0)


def wrapped(name, shape, streams, syntax, photometric="MONOCHROME2", bits=8, stored=0, frames=1, signed=0):
    """A file of packed streams, without a table of offsets."""
    stored = stored or bits
    rows, columns = shape
    even = [s + b"\0" * (len(s) % 2) for s in streams]
    us = lambda v: struct.pack("<H", v)
    head = elements((2, 2, "UI", SECONDARY.encode()), (2, 3, "UI", b"1.2.3.4"), (2, 0x10, "UI", syntax.encode()))
    data = elements((8, 0x16, "UI", SECONDARY.encode()), (0x10, 0x10, "PN", b"Secret^Person"), (0x28, 2, "US", us(3 if photometric != "MONOCHROME2" else 1)),
                    (0x28, 4, "CS", photometric.encode()), (0x28, 8, "IS", str(frames).encode()), (0x28, 0x10, "US", us(rows)), (0x28, 0x11, "US", us(columns)),
                    (0x28, 0x100, "US", us(bits)), (0x28, 0x101, "US", us(stored)), (0x28, 0x102, "US", us(stored - 1)), (0x28, 0x103, "US", us(signed)))
    content = b"\0" * 128 + b"DICM" + elements((2, 0, "UL", struct.pack("<I", len(head)))) + head + data
    content += struct.pack("<HH2sHI", 0x7fe0, 0x10, b"OB", 0, 0xffffffff) + items(b"", *even)
    (work / name).write_bytes(content)


def jpeg2000(image, **options):
    out = io.BytesIO()
    image.save(out, format="JPEG2000", **options)
    return out.getvalue()


grey = scan("NORMAL/NORMAL-eye1-1.png")
volume = np.stack([scan(f"NORMAL/NORMAL-eye{i}-1.png", 20, 24) for i in (1, 2, 3)])
odd = grey[:23, :33]

# Ways of writing elements
expect(dump("explicit", grey, ["(0028,0030) DS [0.00387\\0.01157]"]), grey)
derive("explicit.dcm", "implicit.dcm", grey, "dcmconv", "+ti")
derive("explicit.dcm", "big-endian.dcm", grey, "dcmconv", "+tb")
derive("implicit.dcm", "words-big-endian.dcm", grey, "dcmconv", "+tb")   # bytes in words, turned round
derive("explicit.dcm", "deflated.dcm", grey, "dcmconv", "+td")
expect(dump("odd", odd), odd)
derive("odd.dcm", "odd-big-endian.dcm", odd, "dcmconv", "+tb")
run("cp", "explicit.dcm", "IM000001")
expect("IM000001", grey)
run("cp", "explicit.dcm", "1.2.840.4711.10")
expect("1.2.840.4711.10", grey)

# Ophthalmic tomography: functional groups of the whole volume and of each frame
groups = ["(5200,9229) SQ (Sequence)", "(fffe,e000) na (Item)", "(0028,9110) SQ (Sequence)", "(fffe,e000) na (Item)", "(0028,0030) DS [0.0039\\0.0117]",
          "(fffe,e00d) na", "(fffe,e0dd) na", "(fffe,e00d) na", "(fffe,e0dd) na", "(5200,9230) SQ (Sequence)"]
for i in range(3):
    groups += ["(fffe,e000) na (Item)", "(0020,9111) SQ (Sequence)", "(fffe,e000) na (Item)", f"(0020,9057) UL {i + 1}", "(fffe,e00d) na", "(fffe,e0dd) na", "(fffe,e00d) na"]
groups += ["(fffe,e0dd) na"]
localiser = ["(0008,1140) SQ (Sequence)", "(fffe,e000) na (Item)", f"(0008,1150) UI [{SECONDARY}]", "(0028,0030) DS [7\\8]", "(fffe,e00d) na", "(fffe,e0dd) na"]
expect(dump("volume", volume, localiser + groups, sop=TOMOGRAPHY, frames=3), volume)
derive("volume.dcm", "volume-undefined.dcm", volume, "dcmconv", "-e")
derive("volume.dcm", "volume-implicit.dcm", volume, "dcmconv", "+ti", "-e")
derive("volume.dcm", "volume-rle.dcm", volume, "dcmcrle")
derive("volume.dcm", "volume-lossless.dcm", volume, "dcmcjpeg", "+e1")
noise = rng.integers(0, 65536, (3, 24, 34)).astype("<u2")   # more than a kB a frame, however packed: fragments
expect(dump("noise", noise, frames=3), noise)
derive("noise.dcm", "fragments.dcm", noise, "dcmcjpeg", "+e1", "+fs", "1")
derive("noise.dcm", "fragments-no-table.dcm", noise, "dcmcjpeg", "+e1", "+fs", "1", "-ot")
run("dcmcrle", "volume.dcm", "-ot", "volume-rle-no-table.dcm")
expect("volume-rle-no-table.dcm", volume)

# Numbers
twelve = (grey.astype("<u2") * 16 + rng.integers(0, 16, grey.shape)).astype("<u2")
sixteen = (grey.astype("<u2") * 200 + rng.integers(0, 200, grey.shape)).astype("<u2")
negative = (grey.astype("<i2") * 20 - 1000 + rng.integers(0, 20, grey.shape)).astype("<i2")
expect(dump("twelve", twelve, stored=12), twelve)
expect(dump("sixteen", sixteen), sixteen)
expect(dump("negative", negative, signed=True), negative)
expect(dump("rescaled", twelve, ["(0028,1052) DS [-1024]", "(0028,1053) DS [0.5]"], stored=12), twelve * 0.5 - 1024)
expect(dump("window", sixteen, ["(0028,1050) DS [20000.5]", "(0028,1051) DS [30001]"]), sixteen)
high = (twelve.astype("<u2") << 4) | 5   # bits 4 to 15 carry the number, the others something else
dump("high", high)
run("dcmodify", "-nb", "-m", "0028,0101=12", "-m", "0028,0102=15", "high.dcm")
expect("high.dcm", twelve)
sign12 = ((twelve.astype("<i4") - 2048) & 0x0fff).astype("<u2")
expect(dump("negative-twelve", sign12, stored=12, signed=True), twelve.astype("<i4") - 2048)
for source, array in (("twelve", twelve), ("sixteen", sixteen), ("negative", negative)):
    derive(f"{source}.dcm", f"{source}-big-endian.dcm", array, "dcmconv", "+tb")
    derive(f"{source}.dcm", f"{source}-rle.dcm", array, "dcmcrle")
    derive(f"{source}.dcm", f"{source}-lossless.dcm", array, "dcmcjpeg", "+e1")
for n in range(2, 8):
    derive("sixteen.dcm", f"sixteen-predictor-{n}.dcm", sixteen, "dcmcjpeg", "+el", "+sv", n)
expect(dump("inverted", 255 - grey, photometric="MONOCHROME1"), grey)
expect(dump("inverted-twelve", 4095 - twelve, photometric="MONOCHROME1", stored=12), twelve)

# Colours
rgb = np.stack([grey, 255 - grey, grey // 2], -1)
expect(dump("rgb", rgb, photometric="RGB"), rgb)
expect(dump("rgb-planes", rgb, photometric="RGB", planar=1), rgb)
derive("rgb.dcm", "rgb-rle.dcm", rgb, "dcmcrle")
derive("rgb.dcm", "rgb-lossless.dcm", rgb, "dcmcjpeg", "+e1")
ybr = np.asarray(Image.fromarray(rgb).convert("YCbCr"))
expect(dump("ybr", ybr, photometric="YBR_FULL"), np.asarray(Image.fromarray(ybr, "YCbCr").convert("RGB")))
derive("ybr.dcm", "ybr-rle.dcm", expected["ybr.dcm"], "dcmcrle")
halved = np.repeat(ybr[:, ::2], 2, 1)
halved[..., 0] = ybr[..., 0]
expect(dump("ybr-422", halved, photometric="YBR_FULL_422"), np.asarray(Image.fromarray(halved, "YCbCr").convert("RGB")))
index = (grey // 4).astype("u1")
table = {c: rng.integers(0, 256, 64) for c in "rgb"}
for c, values in table.items(): (work / f"{c}.lut").write_bytes((values * 257).astype("<u2").tobytes())
extra = [f"(0028,110{i}) US 64\\0\\16" for i in (1, 2, 3)] + [f"(0028,120{i}) OW ={c}.lut" for i, c in enumerate("rgb", 1)]
expect(dump("palette", index, extra, photometric="PALETTE COLOR"), np.stack([table[c][index] for c in "rgb"], -1))

# JPEG that loses: what libjpeg, by Pillow, finds in the stream
Image.fromarray(grey).save(work / "grey.jpg", quality=90)
Image.fromarray(rgb).save(work / "rgb.jpg", quality=90, subsampling=0)
Image.fromarray(grey).save(work / "grey.bmp")
for name, source in (("capture-grey.dcm", "grey.jpg"), ("capture-rgb.dcm", "rgb.jpg")):
    run("img2dcm", source, name)
    expect(name, np.asarray(Image.open(work / source)))
run("img2dcm", "-i", "BMP", "grey.bmp", "capture-bmp.dcm")
expect("capture-bmp.dcm", grey)
for name, source, options in (("baseline", "explicit.dcm", ["+eb"]), ("extended", "explicit.dcm", ["+ee", "+be"]), ("rgb-baseline", "rgb.dcm", ["+eb", "+s4"]),
                              ("rgb-baseline-rgb", "rgb.dcm", ["+eb", "+cr"])):
    run("dcmcjpeg", *options, "+q", "90", source, f"{name}.dcm")
    run("dcmj2pnm", "+op", f"{name}.dcm", "plain.pnm")
    expect(f"{name}.dcm", np.asarray(Image.open(work / "plain.pnm")))

# JPEG 2000
lossless, lossy = "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"
j2k = jpeg2000(Image.fromarray(grey), irreversible=False)
codestream = j2k[j2k.index(b"\xff\x4f\xff\x51"):]
wrapped("jpeg2000.dcm", grey.shape, [codestream], lossless)
expect("jpeg2000.dcm", grey)
wrapped("jpeg2000-boxes.dcm", grey.shape, [j2k], lossless)
expect("jpeg2000-boxes.dcm", grey)
streams = []
for frame in volume:
    own = jpeg2000(Image.fromarray(frame), irreversible=False)
    streams.append(own[own.index(b"\xff\x4f\xff\x51"):])
wrapped("jpeg2000-volume.dcm", volume.shape[1:], streams, lossless, frames=3)
expect("jpeg2000-volume.dcm", volume)
own = jpeg2000(Image.fromarray(sixteen.astype("<u2")), irreversible=False)
wrapped("jpeg2000-sixteen.dcm", sixteen.shape, [own[own.index(b"\xff\x4f\xff\x51"):]], lossless, bits=16)
expect("jpeg2000-sixteen.dcm", sixteen)
clipped = negative.copy()
clipped[0, 0] = 8191   # OpenJPEG takes one bit less than signed numbers need, and clips: this one to 4095, and no other
(work / "negative.pgx").write_bytes(b"PG LM -16 %d %d\n" % negative.shape[::-1] + clipped.tobytes())
run("opj_compress", "-i", "negative.pgx", "-o", "negative.j2k", "-n", "3")
wrapped("jpeg2000-negative.dcm", negative.shape, [(work / "negative.j2k").read_bytes()], lossless, bits=16, signed=1)
clipped[0, 0] = 4095
expect("jpeg2000-negative.dcm", clipped)
own = jpeg2000(Image.fromarray(rgb), irreversible=False)
wrapped("jpeg2000-rgb.dcm", grey.shape, [own[own.index(b"\xff\x4f\xff\x51"):]], lossless, photometric="YBR_RCT")
expect("jpeg2000-rgb.dcm", rgb)
own = jpeg2000(Image.fromarray(grey), irreversible=True, quality_mode="rates", quality_layers=[4])
wrapped("jpeg2000-lossy.dcm", grey.shape, [own[own.index(b"\xff\x4f\xff\x51"):]], lossy)
expect("jpeg2000-lossy.dcm", np.asarray(Image.open(io.BytesIO(own))))

# Not read
run("dcmcjpls", "explicit.dcm", "jpeg-ls.dcm")
scrambled = bytearray(codestream)
for i in range(0, len(scrambled), 7): scrambled[i] ^= 0x5a
wrapped("scrambled.dcm", grey.shape, [bytes(scrambled)], lossless)
wrapped("video.dcm", grey.shape, [b"\0\0\1\xb3" * 20], "1.2.840.10008.1.2.4.100")
for name, sop in (("report.dcm", "1.2.840.10008.5.1.4.1.1.88.33"), ("document.dcm", "1.2.840.10008.5.1.4.1.1.104.1"), ("plan.dcm", "1.2.840.10008.5.1.4.1.1.481.5"),
                  ("DICOMDIR", "1.2.840.10008.1.3.10")):
    (work / "no.txt").write_text(f"(0002,0010) UI =LittleEndianExplicit\n(0008,0016) UI [{sop}]\n(0008,0018) UI [1.2.3.4]\n(0010,0010) PN [Secret^Person]\n")
    run("dump2dcm", "no.txt", name)
(work / "text.dcm").write_text("DICM, but not at byte 128" * 20)
refused = ["jpeg-ls.dcm", "scrambled.dcm", "video.dcm", "report.dcm", "document.dcm", "plan.dcm", "DICOMDIR", "text.dcm"]


def pack(name, files):
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as out:
        for f in files: out.writestr(zipfile.ZipInfo(f, (2017, 3, 17, 0, 0, 0)), (work / f).read_bytes(), zipfile.ZIP_DEFLATED, 9)


pack("dicom.zip", sorted(expected))
pack("refused.zip", refused)
same = {}
for file, array in expected.items(): same.setdefault((array.shape, array.tobytes()), []).append(file)
np.savez_compressed(HERE / "expected.npz", **{" ".join(files): expected[files[0]] for files in same.values()})
