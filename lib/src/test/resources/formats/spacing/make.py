"""Makes spacing.zip:  python3 make.py  (NumPy, nibabel 5.4, pydicom 3.0)

Volumes whose headers nibabel and pydicom wrote, of slices that are so far apart as SpacingTest says. Of pixels 3.9 x 11.7 um.
"""
import io
import zipfile

import nibabel
import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence

PIXELS = np.arange(3 * 4 * 6, dtype="u1").reshape(3, 4, 6)   # slices x rows x columns
files = {}


def nifti(name, zooms, unit, shape=(6, 4, 3)):
    image = nibabel.Nifti1Image(np.arange(np.prod(shape), dtype="u1").reshape(shape), None)
    image.header.set_zooms(zooms)
    image.header.set_xyzt_units(unit, "sec")
    files[name] = image.to_bytes()


def item(**elements):
    data = Dataset()
    for name, value in elements.items():
        setattr(data, name, value)
    return Sequence([data])


def dicom(name, positions=None, orientations=None, **measures):
    """An ophthalmic tomography; positions of each frame, orientations of all or of each."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.77.1.5.4"
    meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    data = Dataset()
    data.file_meta = meta
    data.SOPClassUID, data.SOPInstanceUID, data.Modality = meta.MediaStorageSOPClassUID, "1.2.3.4", "OPT"
    data.NumberOfFrames, data.Rows, data.Columns = PIXELS.shape
    data.SamplesPerPixel, data.PhotometricInterpretation, data.PixelRepresentation = 1, "MONOCHROME2", 0
    data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
    shared, frames = Dataset(), [Dataset() for _ in PIXELS]
    shared.PixelMeasuresSequence = item(PixelSpacing=[0.0039, 0.0117], SliceThickness=0.5, **measures)
    for i, frame in enumerate(frames):
        frame.FrameContentSequence = item(DimensionIndexValues=i + 1)
        if positions:
            frame.PlanePositionSequence = item(ImagePositionPatient=positions[i])
        if orientations and len(orientations) > 1:
            frame.PlaneOrientationSequence = item(ImageOrientationPatient=orientations[i])
    if orientations and len(orientations) == 1:
        shared.PlaneOrientationSequence = item(ImageOrientationPatient=orientations[0])
    data.SharedFunctionalGroupsSequence, data.PerFrameFunctionalGroupsSequence = Sequence([shared]), Sequence(frames)
    data.PixelData = PIXELS.tobytes()
    out = io.BytesIO()
    data.save_as(out, enforce_file_format=True)
    files[name] = out.getvalue()


nifti("mm.nii", (0.0117, 0.0039, 0.24), "mm")
nifti("micron.nii", (11.7, 3.9, 30.5), "micron")
nifti("one.nii", (0.0117, 0.0039, 1), "mm")                            # what nibabel writes if nobody says more
nifti("several.nii", (0.0117, 0.0039, 0.24, 2), "mm", (6, 4, 3, 2))    # volumes one after the other

s = 0.5 ** 0.5
upright = [1, 0, 0, 0, 0, 1]                 # rows along x, columns along z: slices follow along y
oblique = [s, s, 0, 0, 0, 1]                 # rows turned by 45 degrees about z
dicom("between.dcm", SpacingBetweenSlices=0.12)
dicom("thickness.dcm")                       # which is no distance
dicom("positions.dcm", [[0, 0.06 * i, 0] for i in range(3)], [upright])
dicom("oblique.dcm", [[-3 + 0.2 * s * i, -0.2 * s * i, 0] for i in range(3)], [oblique])
dicom("drift.dcm", [[0.01 * i, 0.06 * i, 0.02 * i] for i in range(3)], [upright])   # within the slice too
dicom("uneven.dcm", [[0, y, 0] for y in (0, 0.06, 0.2)], [upright])
dicom("star.dcm", [[0, 0.06 * i, 0] for i in range(3)], [upright, oblique, [0, 1, 0, 0, 0, 1]])
dicom("missing.dcm", [[0, 0.06 * i, 0] for i in range(3)])             # turned nobody knows how

with zipfile.ZipFile("spacing.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name, content in files.items():
        z.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
