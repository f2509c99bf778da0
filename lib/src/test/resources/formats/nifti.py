# Made maps.nii with numpy 2 and nibabel 5: python nifti.py. NiftiTest compares what anogan.io.Nifti writes with it.
import nibabel
import numpy

numbers = numpy.arange(5 * 4 * 3 * 2, dtype="<f4").reshape(5, 4, 3, 2, order="F") / 7   # x, y, slice, volume
numbers[1, 2, 0, 1] = numpy.nan
image = nibabel.Nifti1Image(numbers, None)
image.header["descrip"] = b"what it is"
image.header["pixdim"][5:] = 1
nibabel.save(image, "maps.nii")
