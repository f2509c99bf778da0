/**
 * Pictures and pages of what {@code scoring} and {@code statistics} computed: Figures 1 to 4 and Table 1 of the paper
 * for a run, its scores, curves and residual maps, and one report that needs no other file.
 *
 * <p>
 * In flows a run folder after stage analyze ({@link anogan.visuals.RunData}); out come {@code figures/},
 * {@code maps/<scan>.png}, {@code report.html} and {@code scans.html} ({@link anogan.visuals.Figures},
 * {@link anogan.visuals.ScanPage}), and what notebooks show below a cell ({@link anogan.visuals.Show}). Nothing is
 * computed here but where things lie on a page and which colour they have.
 */
package anogan.visuals;
