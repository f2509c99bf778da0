package anogan.patches;

import anogan.scans.Skipped;
import anogan.scans.Split;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** What was prepared, as a table for a terminal, and what about it is doubtful. */
public final class PatchesText {
    private static final double OFF = 0.25;   // share by which retinas may be thinner or thicker than they should be
    private static final int SHOWN = 20;

    private PatchesText() {}

    /** Scans by split and class with the median confidence of their boundaries, how thick retinas are, and notes. */
    public static String of(Patches patches) {
        StringBuilder text = new StringBuilder(
                line("%-12s %-12s %6s %s", "split", "class", "scans", "confidence (median)"));
        for (Patches.Count count : patches.manifest().counts()) text.append(line("%-12s %-12s %6d %.2f",
                count.split().word(), count.className(), count.scans(), confidence(patches, count)));
        List<Skipped> skipped = patches.manifest().skipped();
        text.append(line("%d scans of %d x %d in %s, %d skipped%s", patches.scans().size(), patches.stripHeight(),
                patches.stripWidth(), patches.path(), skipped.size(),
                skipped.isEmpty() ? "" : ": " + Skipped.counts(skipped)));
        if (patches.options().flatten()) text.append(line("retinas are %.0f rows thick, of %d above the reference line",
                thickness(patches), patches.options().up()));
        patches.manifest().notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    /** Sentences about what was skipped and what fits badly; empty if all is well. */
    public static String doubts(Patches patches) {
        StringBuilder text = new StringBuilder();
        double healthy = patches.options().healthyRows();
        if (patches.options().flatten() && Math.abs(thickness(patches) / healthy - 1) > OFF) text.append(
                line("Retinas should be about %.0f rows thick: choose option rows so that they are, or leave it "
                        + "out and rows are measured.", healthy));
        List<Skipped> skipped = patches.manifest().skipped();
        skipped.stream().limit(SHOWN).forEach(s -> text.append(line("skipped %s: %s", s.file(), s.reason())));
        if (skipped.size() > SHOWN) text.append(line("… and %d more; all are named in %s", skipped.size() - SHOWN,
                patches.path().resolve(Patches.SKIPPED)));
        patches.manifest().doubts().forEach(doubt -> text.append(line("Beware: %s", doubt)));
        return text.toString();
    }

    private static double thickness(Patches patches) {
        return median(patches.scans(Split.TRAIN).stream().mapToDouble(patches::retinaThickness));
    }

    private static double confidence(Patches patches, Patches.Count count) {
        return median(patches.scans().stream()
                .filter(s -> s.split() == count.split() && s.className().equals(count.className()))
                .mapToDouble(ScanInfo::confidence));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String line(String words, Object... values) {
        return String.format(Locale.ROOT, words, values) + "\n";
    }
}
