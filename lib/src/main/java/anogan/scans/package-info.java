/**
 * What a scan is, and where scans come from: the paper's OCT volumes (section 3, "Data"), or whatever the user has. A
 * data set ({@link anogan.scans.Scans}) lists its B-scans with class, patient and split, and reads each one as grey
 * values 0 to 255, rows × columns, with a mask of its anomalous pixels where somebody drew one. Each way in which data
 * sets lie is a {@link anogan.scans.Layout}; each format of files (pictures, DICOM, {@code .vol}, NIfTI, {@code .npz},
 * IDX, archives) a reader of this room. Patients are never divided among training, validation and test. In: files of
 * users, whose mistakes are named one by one. Out: listed scans and their pixels; nothing here knows of patches.
 */
package anogan.scans;
