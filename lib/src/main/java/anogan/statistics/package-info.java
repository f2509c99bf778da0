/**
 * Everything that ends in a number with an interval: AUROC over patches, scans and pixels with DeLong's intervals and
 * bootstraps over patients, thresholds from normals, the rows of the paper's Table 1, sweeps of λ and Γ, and the
 * records of experiments. In: tables of scores, labels and masks. Out: {@code analysis.json}, tables and texts. Nothing
 * here draws.
 */
package anogan.statistics;
