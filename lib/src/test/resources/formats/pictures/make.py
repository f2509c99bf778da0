"""Makes pictures.zip, some two hundred small pictures of every kind, and expected.npz, what other programs read in them:

    python3 -m venv v; v/bin/pip install pillow==12.3.0 tifffile==2026.3.3 imagecodecs==2026.3.6 nibabel==5.4.2; v/bin/python make.py

ImageMagick 6 and cwebp are needed too. The arrays stand in the order of the files' names. Where "grey" is 1 they are grey values, 0 to 255, as
Pillow makes them (turned upright, convert("L"), transparency left aside; 16 bits divided by 257); else the numbers as tifffile, NumPy and nibabel
read them, of kinds for which no white is agreed.
"""
import io
import struct
import subprocess
import zipfile
import zlib

import nibabel
import numpy as np
import tifffile
from imagecodecs import jpeg8_encode, ljpeg_encode
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

H, W = 16, 24
rng = np.random.default_rng(13)
y, x = np.mgrid[:H, :W]
GREY = np.clip(40 + 150 * np.exp(-((y - 9 - 2 * np.sin(x / 5)) / 3) ** 2) + 3 * x + rng.normal(0, 4, (H, W)), 0, 255).astype("u1")
COLOUR = np.stack([GREY, np.roll(GREY, 5, 1) // 2 + 40, 255 - np.roll(GREY, 3, 0)], 2).astype("u1")
SMOOTH = np.stack([60 + 5 * x, 200 - 4 * y - 2 * x, 90 + 6 * y], 2).astype("u1")    # survives any upsampling of colours
ALPHA = ((x + y) * 6 % 256).astype("u1")
DEEP = (GREY.astype("u2") * 257 - rng.integers(0, 128, (H, W))).clip(0, 65535).astype("u2")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

PLACES = [SRGB.index(tag) for tag in (b"rXYZ", b"gXYZ")]
SWAPPED = bytearray(SRGB)   # a profile in which red is green: whoever heeds it gets other greys
for here, there in (PLACES, PLACES[::-1]):
    SWAPPED[here + 4:here + 12] = SRGB[there + 4:there + 12]
SWAPPED = bytes(SWAPPED)

files, expected = {}, {}


def add(name, content, grey=None, raw=None):
    assert name not in files, name
    files[name] = content
    if raw is not None:
        expected["raw/" + name] = np.asarray(raw, "f4")
    else:
        expected["grey/" + name] = np.asarray(seen(content) if grey is None else grey, "f4")


def seen(content):
    """As Pillow shows it."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    if image.mode.startswith("I;16"):
        return np.asarray(image).astype("f8") / 257
    if image.mode == "P" or image.mode == "PA":
        image = image.convert("RGB")
    if image.mode in ("RGBA", "RGBX"):
        image = Image.merge("RGB", image.split()[:3])
    return np.asarray(image.convert("L"))


def luma(rgb):
    return rgb @ np.array([0.299, 0.587, 0.114])


def pil(image, kind, **options):
    out = io.BytesIO()
    (Image.fromarray(image) if isinstance(image, np.ndarray) else image).save(out, kind, **options)
    return out.getvalue()


def magick(image, kind, *options, depth=8):
    result = subprocess.run(["/usr/bin/convert", "png:-", "-depth", str(depth), *options, kind + ":-"], input=pil(image, "PNG"), capture_output=True)
    assert not result.stderr and result.stdout, (kind, options, result.stderr)
    return result.stdout


def deep_luma(content, kind):
    """ImageMagick's colours in 16 bits: Pillow rounds channels of five and six bits to eight."""
    rgb = subprocess.run(["/usr/bin/convert", kind + ":-", "-depth", "16", "-endian", "LSB", "rgb:-"], input=content, capture_output=True).stdout
    return luma(np.frombuffer(rgb, "<u2").reshape(H, W, 3) / 257)


def plainly_upsampled(content):
    """Lossy WebP stores colours at half the resolution; how to enlarge them is the reader's choice, and ours repeats them."""
    ppm = subprocess.run(["dwebp", "-nofancy", "-ppm", "-quiet", "-o", "-", "--", "-"], input=content, capture_output=True).stdout
    return luma(np.asarray(Image.open(io.BytesIO(ppm))).astype("f8"))


def exif(orientation):
    e = Image.Exif()
    e[274] = orientation
    return e.tobytes()


def tif(name, array, grey=None, raw=None, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, array, metadata=None, software="", **options)
    add(name, out.getvalue(), grey=grey, raw=raw)


# JPEG -----------------------------------------------------------------------------------------------------------------------------------------
add("grey.jpg", pil(GREY, "JPEG", quality=92))
add("grey-progressive.jpeg", pil(GREY, "JPEG", quality=92, progressive=True))
add("grey.jfif", pil(GREY, "JPEG", quality=80))
add("grey.jpe", pil(GREY, "JPEG", quality=70))
add("grey-icc.jpg", pil(GREY, "JPEG", quality=92, icc_profile=SRGB))    # a profile of colours on a grey picture: wrong, and common
add("rgb-444.jpg", pil(COLOUR, "JPEG", quality=95, subsampling=0))
add("rgb-420.jpg", pil(SMOOTH, "JPEG", quality=95, subsampling=2))
add("rgb-422-progressive.jpg", pil(SMOOTH, "JPEG", quality=95, subsampling=1, progressive=True))
add("rgb-icc.jpg", pil(COLOUR, "JPEG", quality=95, subsampling=0, icc_profile=SRGB))
add("rgb-other-icc.jpg", pil(COLOUR, "JPEG", quality=95, subsampling=0, icc_profile=SWAPPED))
add("rgb-magick.jpg", magick(COLOUR, "jpg", "-quality", "95", "-sampling-factor", "1x1"))
add("rgb-restart.jpg", pil(COLOUR, "JPEG", quality=95, subsampling=0, restart_marker_blocks=2))
add("rgb-untransformed.jpg", jpeg8_encode(COLOUR, level=95, colorspace="RGB", outcolorspace="RGB"))
plain = pil(COLOUR, "JPEG", quality=95, subsampling=0)


def component_ids(content, ids):
    out, i = bytearray(content), 2
    while True:
        marker, length = out[i + 1], struct.unpack(">H", out[i + 2:i + 4])[0]
        if marker in (0xC0, 0xC2):
            for c, own in enumerate(ids):
                out[i + 10 + 3 * c] = own
        if marker == 0xDA:
            for c, own in enumerate(ids):
                out[i + 5 + 2 * c] = own
            return bytes(out)
        i += 2 + length


def without(content, marker):
    out, i = bytearray(content[:2]), 2
    while content[i + 1] != 0xDA:
        length = struct.unpack(">H", content[i + 2:i + 4])[0]
        if content[i + 1] != marker:
            out += content[i:i + 2 + length]
        i += 2 + length
    return bytes(out) + content[i:]


add("rgb-ids-012.jpg", component_ids(plain, (0, 1, 2)))
add("rgb-ids-012-bare.jpg", without(component_ids(plain, (0, 1, 2)), 0xE0), grey=seen(component_ids(plain, (0, 1, 2))))   # YCbCr, as JFIF says of them
add("rgb-bare.jpg", without(plain, 0xE0))
cmyk = Image.fromarray(COLOUR).convert("CMYK")
print_cmyk = Image.fromarray(np.dstack([255 - COLOUR, np.zeros((H, W), "u1")]).clip(0, 200).astype("u1"), "CMYK")
mixed = Image.fromarray(np.dstack([(255 - COLOUR) // 2, 60 + ALPHA // 3]).astype("u1"), "CMYK")
black = Image.fromarray(np.dstack([np.zeros((H, W, 3), "u1"), 255 - GREY]), "CMYK")
for name, image in (("inks", print_cmyk), ("mixed", mixed), ("black", black)):
    adobe = pil(image, "JPEG", quality=95, subsampling=0)
    add(f"cmyk-{name}.jpg", adobe)
    add(f"cmyk-{name}-ids.jpg", component_ids(adobe, (67, 77, 89, 75)))
    add(f"cmyk-{name}-bare.jpg", without(adobe, 0xEE))
add("cmyk-magick.jpg", magick(COLOUR, "jpg", "-colorspace", "CMYK", "-quality", "95", "-sampling-factor", "1x1"))
add("cmyk-black-magick.jpg", magick(GREY, "jpg", "-colorspace", "CMYK", "-quality", "95"))
add("ycck.jpg", jpeg8_encode(255 - np.asarray(mixed), level=95, colorspace="CMYK", outcolorspace="YCCK", subsampling="444"))
add("ycck-black.jpg", jpeg8_encode(255 - np.asarray(black), level=95, colorspace="CMYK", outcolorspace="YCCK", subsampling="444"))
for o in range(1, 9):
    add(f"turned-{o}.jpg", pil(GREY, "JPEG", quality=92, exif=exif(o)))
add("lossless.jpg", ljpeg_encode(GREY), grey=GREY)

# PNG ------------------------------------------------------------------------------------------------------------------------------------------


def png(array, bits, colour, before=()):
    """Byte by byte, for depths that Pillow does not write."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    if bits == 16:
        rows = [r.astype(">u2").tobytes() for r in array]
    elif bits == 8:
        rows = [r.astype("u1").tobytes() for r in array]
    else:
        rows = [np.packbits(np.unpackbits(r.astype("u1")[:, None], axis=1)[:, 8 - bits:].ravel()).tobytes() for r in array]
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, bits, colour, 0, 0, 0))
            + b"".join(chunk(k, d) for k, d in before) + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + r for r in rows))) + chunk(b"IEND", b""))


palette = rng.integers(0, 256, (256, 3)).astype("u1")
for bits in (1, 2, 4):
    few = GREY >> (8 - bits)
    add(f"grey-{bits}.png", png(few, bits, 0), grey=few * (255 / (2 ** bits - 1)))
    add(f"palette-{bits}.png", png(few, bits, 3, [(b"PLTE", palette[:2 ** bits].tobytes())]), grey=luma(palette[few]))
    add(f"grey-{bits}-trns.png", png(few, bits, 0, [(b"tRNS", struct.pack(">H", 1))]), grey=few * (255 / (2 ** bits - 1)))
add("grey-8.png", pil(GREY, "PNG"))
add("grey-16.png", pil(DEEP, "PNG"))
add("grey-16-trns.png", png(DEEP, 16, 0, [(b"tRNS", struct.pack(">H", int(DEEP[3, 3])))]), grey=DEEP / 257)
add("grey-8-trns.png", png(GREY, 8, 0, [(b"tRNS", struct.pack(">H", int(GREY[3, 3])))]), grey=GREY)
add("grey-gamma.png", png(GREY, 8, 0, [(b"gAMA", struct.pack(">I", 100000))]), grey=GREY)
add("grey-icc.png", pil(GREY, "PNG", icc_profile=SRGB))
add("grey-interlaced.png", magick(GREY, "png", "-interlace", "PNG"))
add("grey-alpha.png", pil(np.dstack([GREY, ALPHA]), "PNG"), grey=GREY)
add("grey-alpha-16.png", png(np.dstack([DEEP, DEEP[::-1]]).reshape(H, 2 * W), 16, 4), grey=DEEP / 257)
add("rgb.png", pil(COLOUR, "PNG"))
add("rgb-interlaced.png", magick(COLOUR, "png", "-interlace", "PNG"))
add("rgb-icc.png", pil(COLOUR, "PNG", icc_profile=SRGB))
add("rgb-other-icc.png", pil(COLOUR, "PNG", icc_profile=SWAPPED))
add("rgb-trns.png", png(COLOUR.reshape(H, 3 * W), 8, 2, [(b"tRNS", struct.pack(">HHH", *COLOUR[2, 2]))]), grey=luma(COLOUR))
deep_colour = np.dstack([DEEP, DEEP[::-1], np.roll(DEEP, 4, 1)])
add("rgb-16.png", png(deep_colour.reshape(H, 3 * W), 16, 2), grey=luma(deep_colour / 257))
add("rgba.png", pil(np.dstack([COLOUR, ALPHA]), "PNG"))
add("rgba-16.png", png(np.dstack([deep_colour, DEEP]).reshape(H, 4 * W), 16, 6), grey=luma(deep_colour / 257))
indexed = Image.fromarray(GREY, "P")
indexed.putpalette(palette.tobytes())
add("palette-8.png", pil(indexed, "PNG"))
add("palette-8-trns.png", pil(indexed, "PNG", transparency=bytes(range(256))))
add("sbit-8-of-16.png", png(GREY.astype("u2") * 257, 16, 0, [(b"sBIT", b"\x08")]), grey=GREY)
low12 = (DEEP >> 4) // 4   # a dark picture of 12 bits: nobody could guess them
for name, bits in (("sbit-12", 12), ("sbit-10", 10), ("sbit-14", 14)):
    add(name + ".png", png(low12, 16, 0, [(b"sBIT", bytes([bits]))]), grey=low12 * (255 / (2 ** bits - 1)))
info = PngImagePlugin.PngInfo()
info.add_text("Comment", "x" * 50)
add("text.png", pil(GREY, "PNG", pnginfo=info))
for o in range(1, 9):
    add(f"turned-{o}.png", pil(GREY, "PNG", exif=exif(o)))

# GIF, BMP -------------------------------------------------------------------------------------------------------------------------------------
add("grey.gif", pil(GREY, "GIF"))
add("palette.gif", pil(indexed, "GIF"))
add("interlaced.gif", pil(indexed, "GIF", interlace=1))
add("transparent.gif", pil(indexed, "GIF", transparency=5))
add("magick.gif", magick(COLOUR, "gif"))
add("grey.bmp", pil(GREY, "BMP"))
add("palette.bmp", pil(indexed, "BMP"))
add("rgb.bmp", pil(COLOUR, "BMP"))
add("bilevel.bmp", pil(Image.fromarray(GREY).convert("1"), "BMP"))
add("rgba.bmp", pil(np.dstack([COLOUR, ALPHA]), "BMP"))
for bits in ("565", "555"):
    content = magick(COLOUR, "bmp", "-define", "bmp:subtype=RGB" + bits)
    add(bits + ".bmp", content, grey=deep_luma(content, "bmp"))
add("rle.bmp", magick(GREY, "bmp", "-compress", "RLE"))
add("bmp3.bmp", magick(COLOUR, "bmp3"))
add("palette-16.bmp", magick(GREY, "bmp", "-colors", "16", "-type", "Palette"))

# TIFF -----------------------------------------------------------------------------------------------------------------------------------------
for codec in (None, "lzw", "deflate", "packbits", "adobe_deflate"):
    c = codec or "none"
    tif(f"grey-8-{c}.tif", GREY, grey=GREY, compression=codec)
    tif(f"grey-16-{c}.tif", DEEP, grey=DEEP / 257, compression=codec)
    tif(f"rgb-{c}.tif", COLOUR, grey=luma(COLOUR), compression=codec, photometric="rgb")
    if codec not in (None, "packbits"):
        tif(f"grey-8-{c}-predictor.tif", GREY, grey=GREY, compression=codec, predictor=True)
        tif(f"grey-16-{c}-predictor.tif", DEEP, grey=DEEP / 257, compression=codec, predictor=True)
        tif(f"rgb-{c}-predictor.tif", COLOUR, grey=luma(COLOUR), compression=codec, predictor=True, photometric="rgb")
        tif(f"rgb-16-{c}-predictor.tif", deep_colour, grey=luma(deep_colour / 257), compression=codec, predictor=True, photometric="rgb")
for order in "<>":
    e = "little" if order == "<" else "big"
    tif(f"grey-16-{e}.tif", DEEP, grey=DEEP / 257, byteorder=order)
    tif(f"bigtiff-{e}.tif", GREY, grey=GREY, byteorder=order, bigtiff=True)
    tif(f"bigtiff-16-lzw-{e}.tif", DEEP, grey=DEEP / 257, byteorder=order, bigtiff=True, compression="lzw", predictor=True)
    tif(f"tiled-{e}.tif", GREY, grey=GREY, byteorder=order, tile=(16, 16))
    tif(f"tiled-16-deflate-{e}.tif", DEEP, grey=DEEP / 257, byteorder=order, tile=(16, 16), compression="deflate", predictor=True)
    for kind in ("i1", "i2", "u4", "i4", "f2", "f4", "f8"):
        k = np.dtype(kind)
        values = ((GREY / 255.0).astype(order + kind) if k.kind == "f"
                  else ((GREY / 255.0 - (0.5 if k.kind == "i" else 0)) * (2.0 ** (8 * k.itemsize) - 1)).astype(order + kind))
        tif(f"{k.name}-{e}.tif", values, raw=values.astype("f8"), byteorder=order, photometric="minisblack")
        if k.itemsize > 1 and kind != "f2":
            tif(f"{k.name}-deflate-predictor-{e}.tif", values, raw=values.astype("f8"), byteorder=order, photometric="minisblack",
                compression="deflate", predictor=True)
for white in (1023, 4095, 16383):   # MaxSampleValue
    tif(f"white-{white}.tif", low12, grey=low12 * (255 / white), extratags=[(281, "H", 1, white, True)])
tif("white-65535.tif", DEEP, grey=DEEP / 257, extratags=[(281, "H", 1, 65535, True)])
tif("white-too-low.tif", DEEP, grey=DEEP / 257, extratags=[(281, "H", 1, 4095, True)])   # wrong: it is not believed
tif("strips.tif", GREY, grey=GREY, rowsperstrip=3)
tif("strips-lzw.tif", DEEP, grey=DEEP / 257, rowsperstrip=5, compression="lzw")
tif("planar.tif", COLOUR.transpose(2, 0, 1).copy(), grey=luma(COLOUR), photometric="rgb", planarconfig="separate")
tif("planar-lzw.tif", COLOUR.transpose(2, 0, 1).copy(), grey=luma(COLOUR), photometric="rgb", planarconfig="separate", compression="lzw")
tif("planar-16.tif", deep_colour.transpose(2, 0, 1).copy(), grey=luma(deep_colour / 257), photometric="rgb", planarconfig="separate")
tif("planar-tiled.tif", COLOUR.transpose(2, 0, 1).copy(), grey=luma(COLOUR), photometric="rgb", planarconfig="separate", tile=(16, 16))
tif("white-is-zero.tif", 255 - GREY, grey=GREY, photometric="miniswhite")
tif("white-is-zero-16.tif", 65535 - DEEP, grey=DEEP / 257, photometric="miniswhite")
tif("white-is-zero-lzw.tif", 255 - GREY, grey=GREY, photometric="miniswhite", compression="lzw", predictor=True)
tif("jpeg.tif", SMOOTH[:, :, 0].copy(), compression="jpeg", compressionargs={"level": 95})
tif("jpeg-rgb.tif", SMOOTH, compression="jpeg", photometric="rgb", compressionargs={"level": 95})
tif("jpeg-ycbcr.tif", SMOOTH, compression="jpeg", photometric="ycbcr", subsampling=(1, 1), compressionargs={"level": 98})
tif("cmyk.tif", np.asarray(mixed), photometric="separated")
tif("cmyk-black.tif", np.asarray(black), photometric="separated")
tif("cmyk-lzw.tif", np.asarray(mixed), photometric="separated", compression="lzw", predictor=True)
tif("cmyk-planar.tif", np.asarray(mixed).transpose(2, 0, 1).copy(), grey=seen(files["cmyk.tif"]), photometric="separated", planarconfig="separate")
tif("rgba.tif", np.dstack([COLOUR, ALPHA]), grey=luma(COLOUR), photometric="rgb", extrasamples=["unassalpha"])
opacity = np.maximum(ALPHA, 220)
tif("rgba-associated.tif", np.dstack([np.rint(COLOUR * (opacity[:, :, None] / 255.0)).astype("u1"), opacity]), grey=luma(COLOUR), photometric="rgb",
    extrasamples=["assocalpha"])   # Pillow rounds down: its own are up to 1.1 lower
tif("rgb-other-icc.tif", COLOUR, grey=luma(COLOUR), photometric="rgb", iccprofile=SWAPPED)
tif("rgb-extra.tif", np.dstack([COLOUR, ALPHA]), grey=luma(COLOUR), photometric="rgb", extrasamples=["unspecified"])
tif("grey-alpha.tif", np.dstack([GREY, ALPHA]), grey=GREY, photometric="minisblack", extrasamples=["unassalpha"], planarconfig="contig")
tif("icc.tif", GREY, grey=GREY, iccprofile=SRGB)
tif("rgb-icc.tif", COLOUR, grey=luma(COLOUR), photometric="rgb", iccprofile=SRGB)
tif("palette.tif", GREY, grey=luma(palette[GREY]), photometric="palette", colormap=palette.T.astype("u2") * 257)
for o in range(1, 9):
    content = pil(GREY, "TIFF", tiffinfo={274: o})
    add(f"turned-{o}.tif", content)
for o in (3, 6, 8):   # a mask of turned-N: what is brighter than 100
    add(f"mask-{o}.png", pil(255 * (GREY > 100).astype("u1"), "PNG", exif=exif(o)))
    add(f"mask-{o}.tif", pil(255 * (GREY > 100).astype("u1"), "TIFF", tiffinfo={274: o}))
add("bilevel.tif", pil(Image.fromarray(GREY).convert("1"), "TIFF"))
add("fax.tif", pil(Image.fromarray(GREY).convert("1"), "TIFF", compression="group4"))
add("fax3.tif", pil(Image.fromarray(GREY).convert("1"), "TIFF", compression="group3"))
add("pil-palette.tif", pil(indexed, "TIFF"))
add("magick-grey.tif", magick(GREY, "tif", "-compress", "LZW"))
add("magick-zip.tif", magick(COLOUR, "tif", "-compress", "Zip"))
add("magick-planar.tif", magick(COLOUR, "tif", "-interlace", "plane", "-compress", "none"))
add("magick-cmyk.tif", magick(COLOUR, "tif", "-colorspace", "CMYK", "-compress", "none"))
add("magick-fill-order.tif", magick(GREY, "tif", "-monochrome", "-endian", "LSB", "-define", "tiff:fill-order=lsb", "-compress", "none"))
for bits in (2, 4):
    few = GREY >> (8 - bits)
    tif(f"grey-{bits}-bits.tif", few, grey=few * (255 / (2 ** bits - 1)), bitspersample=bits)
tif("12-bits.tif", DEEP >> 4, grey=(DEEP >> 4) * (255 / 4095), bitspersample=12)
tif("10-bits.tif", DEEP >> 6, grey=(DEEP >> 6) * (255 / 1023), bitspersample=10)
tif("14-bits.tif", DEEP >> 2, grey=(DEEP >> 2) * (255 / 16383), bitspersample=14)

# WebP -----------------------------------------------------------------------------------------------------------------------------------------
add("grey.webp", pil(GREY, "WEBP", quality=95))
add("grey-lossless.webp", pil(GREY, "WEBP", lossless=True))
for name, array in (("rgb.webp", SMOOTH), ("rgba.webp", np.dstack([SMOOTH, ALPHA]))):
    content = pil(array, "WEBP", quality=98, exact=True)
    add(name, content, grey=plainly_upsampled(content))
add("rgb-lossless.webp", pil(COLOUR, "WEBP", lossless=True))
add("rgba-lossless.webp", pil(np.dstack([COLOUR, np.maximum(ALPHA, 1)]), "WEBP", lossless=True, exact=True))
add("other-icc.webp", pil(COLOUR, "WEBP", lossless=True, icc_profile=SWAPPED))
add("icc.webp", pil(COLOUR, "WEBP", lossless=True, icc_profile=SRGB))
for o in (1, 3, 6, 8):
    add(f"turned-{o}.webp", pil(GREY, "WEBP", lossless=True, exif=exif(o)))

# The portable ones ----------------------------------------------------------------------------------------------------------------------------
add("p5.pgm", pil(GREY, "PPM"))
add("p6.ppm", pil(COLOUR, "PPM"))
add("p4.pbm", pil(Image.fromarray(GREY).convert("1"), "PPM"))
add("p5-16.pgm", b"P5 %d %d 65535\n" % (W, H) + DEEP.astype(">u2").tobytes(), grey=DEEP / 257)
add("p5-12.pgm", b"P5\n# twelve bits\n%d %d\n# and a comment\n4095\n" % (W, H) + (DEEP >> 4).astype(">u2").tobytes(), grey=(DEEP >> 4) * (255 / 4095))
add("p5-100.pgm", b"P5\n%d %d\n100\n" % (W, H) + (GREY * (100 / 255)).round().astype("u1").tobytes(),
    grey=(GREY * (100 / 255)).round() * 2.55)
add("p2.pgm", magick(GREY, "pgm", "-compress", "none"))
add("p3.ppm", magick(COLOUR, "ppm", "-compress", "none"))
add("p1.pbm", magick(GREY, "pbm", "-monochrome", "-compress", "none"))
add("p6-16.ppm", magick(COLOUR, "ppm", depth=16), grey=luma(COLOUR))
add("p5.pnm", pil(GREY, "PPM"))
add("p1-joined.pbm", b"P1\n%d %d\n" % (W, H) + b"\n".join(b"".join(b"01"[v:v + 1] for v in r) for r in (GREY < 128).astype(int)),
    grey=255 * (GREY >= 128))

# NumPy, NIfTI ---------------------------------------------------------------------------------------------------------------------------------
for kind in ("|u1", "|i1", "<u2", ">u2", "<i2", ">i2", "<u4", "<i4", ">i4", "<i8", "<f2", "<f4", ">f4", "<f8", ">f8"):
    k = np.dtype(kind)
    values = ((GREY / 255.0).astype(kind) if k.kind == "f"
              else ((GREY / 255.0 - (0.5 if k.kind == "i" else 0)) * (2.0 ** min(50, 8 * k.itemsize) - 1)).astype(kind))
    out = io.BytesIO()
    np.save(out, values)
    name = k.name + ("-big" if kind[0] == ">" else "") + ".npy"
    if kind == "|u1" or kind[1:] == "u2":
        add(name, out.getvalue(), grey=values / (1 if kind == "|u1" else 257))
    else:
        add(name, out.getvalue(), raw=values.astype("f8"))
out = io.BytesIO()
np.save(out, GREY > 100)
add("bool.npy", out.getvalue(), grey=255 * (GREY > 100))
out = io.BytesIO()
out = io.BytesIO()
np.save(out, COLOUR)
add("rgb.npy", out.getvalue(), grey=luma(COLOUR))
for kind in ("u1", "i1", "i2", "u2", "i4", "u4", "i8", "f4", "f8"):
    k = np.dtype(kind)
    values = ((GREY / 255.0).astype(kind) if k.kind == "f"
              else ((GREY / 255.0 - (0.5 if k.kind == "i" else 0)) * (2.0 ** min(50, 8 * k.itemsize) - 1)).astype(kind))
    image = nibabel.Nifti1Image(values.T[:, :, None], np.eye(4), dtype=k)
    add(f"{k.name}.nii", image.to_bytes(), **({"grey": GREY} if kind == "u1" else {"raw": values.astype("f8")}))

# Names without an ending, or with the wrong one -----------------------------------------------------------------------------------------------
for name in ("grey-8.png", "grey.jpg", "grey-8-none.tif", "grey.gif", "grey.bmp", "grey-lossless.webp", "p5.pgm", "uint8.npy", "uint8.nii"):
    add("no-ending-" + name.replace(".", "-"), files[name], grey=expected["grey/" + name])
add("a-jpeg-called.png", files["grey.jpg"], grey=expected["grey/grey.jpg"])
add("a-png-called.jpg", files["grey-8.png"], grey=GREY)
add("a-png-called.tif", files["grey-8.png"], grey=GREY)

# Several pictures in a file -------------------------------------------------------------------------------------------------------------------
stacks, slices = {}, {}


def stack(name, content, *pictures):
    stacks[name] = content
    slices[name] = np.stack([np.asarray(p, "f4") for p in pictures])


def pages(*written, **usual):
    out = io.BytesIO()
    with tifffile.TiffWriter(out, bigtiff=usual.pop("bigtiff", False)) as t:
        for array, options in written:
            t.write(array, metadata=None, software="", contiguous=False, **{**usual, **options})
    return out.getvalue()


UP, SMALL = GREY[::-1].copy(), GREY[::2, ::2].copy()
stack("three.tif", pages((GREY, {}), (UP, {}), (COLOUR, {"photometric": "rgb"})), GREY, UP, luma(COLOUR))
stack("three-lzw-big.tif", pages((DEEP, {}), (DEEP[::-1].copy(), {}), bigtiff=True, compression="lzw", predictor=True), DEEP / 257, DEEP[::-1] / 257)
stack("pyramid.tif", pages((GREY, {}), (SMALL, {"subfiletype": 1}), (SMALL[::2, ::2].copy(), {"subfiletype": 1})), GREY)
stack("pyramid-unmarked.tif", pages((GREY, {}), (SMALL, {}), (SMALL[::2, ::2].copy(), {})), GREY)
stack("pyramid-inside.tif", pages((GREY, {"subifds": 1}), (SMALL, {"subfiletype": 1}), (UP, {})), GREY, UP)
stack("thumbnail-first.tif", pages((SMALL, {"subfiletype": 1}), (GREY, {})), GREY)
stack("opacity.tif", pages((GREY, {}), (ALPHA > 99, {"subfiletype": 4, "photometric": "mask"}), (UP, {})), GREY, UP)
stack("magick-pyramid.tif", magick(np.kron(GREY, np.ones((8, 8), "u1")), "ptif", "-compress", "none"), np.kron(GREY, np.ones((8, 8), "u1")))
out = io.BytesIO()
Image.fromarray(GREY).save(out, "TIFF", save_all=True, append_images=[Image.fromarray(UP)], compression="tiff_lzw")
stack("pillow.tif", out.getvalue(), GREY, UP)
out = io.BytesIO()
np.save(out, np.stack([GREY, UP, UP]))
stack("volume.npy", out.getvalue(), GREY, UP, UP)
out = io.BytesIO()
np.save(out, np.stack([COLOUR, COLOUR[::-1]]))
stack("colours.npy", out.getvalue(), luma(COLOUR), luma(COLOUR[::-1]))
stack("four.nii", nibabel.Nifti1Image(np.stack([GREY.T, UP.T, UP.T, GREY.T], 2).reshape(W, H, 2, 2, order="F"), np.eye(4)).to_bytes(), GREY, UP, UP, GREY)
with zipfile.ZipFile("stacks.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name in sorted(stacks):
        z.writestr(zipfile.ZipInfo(name), stacks[name], zipfile.ZIP_DEFLATED)
np.savez_compressed("slices.npz", **slices)

# What is refused, and why ---------------------------------------------------------------------------------------------------------------------
refused = {}


def refuse(name, array, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, array, metadata=None, software="", **options)
    refused[name] = out.getvalue()


refuse("complex.tif", (GREY + 1j).astype("c8"), photometric="minisblack")
refuse("int64.tif", GREY.astype("i8"), photometric="minisblack")
refuse("lab.tif", COLOUR, photometric="cielab")
refuse("zstd.tif", GREY, compression="zstd")
refuse("jpeg2000.tif", GREY, compression="jpeg2000")
refuse("webp.tif", COLOUR, compression="webp", photometric="rgb")
refuse("jpegxl.tif", GREY, compression="jpegxl")
refuse("five-channels.tif", np.dstack([COLOUR, COLOUR]).astype("u1"), photometric="minisblack", planarconfig="contig")
refused["twelve.jpg"] = jpeg8_encode(DEEP >> 4, level=95, bitspersample=12)
refused["named.png"] = pil(GREY, "JPEG2000")
refused["also.png"] = pil(COLOUR, "AVIF")
refused["unnamed"] = b"\0" * 128 + b"DICM" + b"\2\0\0\0UL\4\0" + b"\0" * 64
refused["moving.gif"] = pil(Image.fromarray(GREY), "GIF", save_all=True, append_images=[Image.fromarray(UP)])
refused["moving.png"] = pil(Image.fromarray(GREY), "PNG", save_all=True, append_images=[Image.fromarray(UP)])
refused["moving.webp"] = pil(Image.fromarray(COLOUR), "WEBP", save_all=True, append_images=[Image.fromarray(COLOUR[::-1].copy())])
for name, array in (("complex.npy", GREY.astype("c8")), ("text.npy", np.array(["a", "b"])), ("fortran.npy", np.asfortranarray(GREY)),
                    ("line.npy", GREY.ravel()), ("five.npy", np.zeros((2, 2, 2, 2, 2), "u1"))):
    out = io.BytesIO()
    np.save(out, array)
    refused[name] = out.getvalue()
refused["rgb.nii"] = nibabel.Nifti1Image(np.zeros((4, 4, 1), [("R", "u1"), ("G", "u1"), ("B", "u1")]), np.eye(4)).to_bytes()
refused["vectors.nii"] = nibabel.Nifti1Image(np.zeros((4, 4, 2, 2, 3), "f4"), np.eye(4)).to_bytes()
refused["second.nii"] = nibabel.Nifti2Image(np.zeros((4, 4, 2), "u1"), np.eye(4)).to_bytes()
with zipfile.ZipFile("refused.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name in sorted(refused):
        z.writestr(zipfile.ZipInfo(name), refused[name], zipfile.ZIP_DEFLATED)

assert all(a.ndim == 2 and a.size == H * W for a in expected.values())
with zipfile.ZipFile("pictures.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name in sorted(files):
        z.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
# one after the other, so that equal ones are packed well
keys = sorted(expected, key=lambda k: k.split("/")[1])
arrays = [expected[k] for k in keys]
np.savez_compressed("expected.npz", values=np.stack([a.ravel() for a in arrays]), height=np.array([len(a) for a in arrays], "i4"),
                    grey=np.array([k.startswith("grey/") for k in keys], "u1"))
print(len(files), "files")
