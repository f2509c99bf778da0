/**
 * Learns what healthy tissue looks like: G and D from random patches of normal training scans (paper, section 2.1;
 * Goodfellow et al. 2014: min_G max_D E[log D(x)] + E[log(1 − D(G(z)))]), the compared auto-encoder aCAE (section 3),
 * and f-AnoGAN's encoder of a finished pair. {@link anogan.dcgan.Trainer#train} is the whole step, in two parts;
 * {@link anogan.dcgan.Training} is the training in a run folder, which may be killed at any moment and goes on to the
 * same bits. {@link anogan.dcgan.HeldOutCurve} tells when a pair begins to know its normals by heart. In: a prepared
 * folder of patches, options and a seed. Out: {@code model/}, {@code losses.csv}, {@code heldout.csv},
 * {@code samples/}, {@code checkpoint/}.
 */
package anogan.dcgan;
