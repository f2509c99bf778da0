/**
 * From scans to what G, D and the mapping see: the paper's preprocessing (section 3, "Data, Data Selection and
 * Preprocessing"). Grey values stay as they are, the retina is found and flattened along Bruch's membrane, and patches
 * x of S × S pixels are cut out of the strip, as floats in [−1, 1]. A patch is anomalous if one of its pixels is
 * annotated. In: {@link anogan.scans.Scans} and {@link anogan.patches.PrepareOptions}. Out: a prepared folder,
 * {@link anogan.patches.Patches}, which is all that later stages read, with the way back from a strip to a scan's own
 * pixels and a fingerprint by which they know it again.
 */
package anogan.patches;
