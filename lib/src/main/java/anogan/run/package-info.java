/**
 * A run as a folder: what it is made from ({@code run.json}: configuration, seed, versions, fingerprint of the data),
 * and which files each stage adds. Every random number of a run comes from its one seed through a name
 * ({@link anogan.run.Seeds}), so that a stage draws the same ones whatever ran before it. In: options. Out: the folder
 * that all later stages read and extend.
 */
package anogan.run;
