/**
 * A run as a folder: what it is made from ({@code run.json}: seed, fingerprint of the data, and of each stage options,
 * commit, machine and seconds), and which files each stage adds. Every random number of a run comes from its one seed
 * through a name ({@link anogan.run.Seeds}), so that a stage draws the same ones whatever ran before it. In: options.
 * Out: the folder that all later stages read and extend.
 */
package anogan.run;
