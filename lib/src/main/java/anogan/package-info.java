/**
 * AnoGAN for the JVM: Schlegl, Seeböck, Waldstein, Schmidt-Erfurth and Langs, "Unsupervised Anomaly Detection with
 * Generative Adversarial Networks to Guide Marker Discovery", IPMI 2017.
 *
 * <p>
 * A generator G learns to draw healthy tissue from points z; an unseen patch x is mapped to the z whose picture comes
 * closest, and what G(z) cannot draw is the anomaly. This package is the front door: what programs, scripts and
 * notebooks say. The packages below it are rooms in the order of the data, {@code io run ui}, {@code scans phantom
 * patches}, {@code networks dcgan mapping scoring statistics visuals}; a room knows only those before it, and of this
 * package {@link anogan.UserError} alone.
 */
package anogan;
