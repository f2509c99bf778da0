package anogan.statistics;

import anogan.scans.Label;
import anogan.scans.Skipped;
import anogan.statistics.DataCheck.ClassRow;
import anogan.statistics.DataCheck.Confound;
import anogan.statistics.DataCheck.Pair;
import anogan.statistics.DataCheck.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link DataCheck} for a terminal: what is there, then what to worry about. */
public final class DataCheckText {
    private static final int SHOWN = 5;   // examples of each complaint

    private DataCheckText() {}

    public static String of(DataCheck check) {
        StringBuilder text = new StringBuilder(classes(check.classes()).toString());
        text.append(check.scans()).append(" scans, ").append(check.skipped().size()).append(" left out")
                .append(check.skipped().isEmpty() ? "" : ": " + visible(Skipped.counts(check.skipped()))).append('\n');
        if (!check.confounds().isEmpty()) {
            text.append("\nAUROC of what is no disease, against normal (0.5: tells nothing)\n")
                    .append(confounds(check.confounds()));
        }
        text.append('\n');
        check.notes().forEach(note -> text.append("Note: ").append(visible(note)).append('\n'));
        check.doubts().forEach(doubt -> text.append("Beware: ").append(visible(doubt)).append('\n'));
        skipped(check.skipped(), text);
        pairs("equal", check.copies(), text);
        check.like().ifPresentOrElse(like -> pairs("nearly equal", like, text),
                () -> text.append("Near copies: not looked for, since pictures below ").append(DataCheck.SMALLEST)
                        .append(" pixels are too plain.\n"));
        List<Confound> suspicious = check.confounds().stream().filter(Confound::suspicious).toList();
        for (Confound c : suspicious) {
            text.append(String.format(Locale.ROOT,
                    "Beware: %s alone tells %s from normal (AUROC %.2f, 95 %% interval %s).%n", c.property(),
                    visible(c.className()), c.auroc().value(), c.auroc().interval()));
        }
        if (!suspicious.isEmpty())
            text.append("Compare every score with what tells classes apart by itself, or match scans for it.\n");
        return text.toString();
    }

    private static TextTable classes(List<ClassRow> rows) {
        TextTable table = new TextTable("class", "", "scans", "patients", "masks", "width", "height", "mean grey",
                "contrast", "noise");
        for (ClassRow r : rows) {
            table.row(visible(r.name()), r.label() == Label.ANOMALOUS ? "" : r.label().word(), r.scans(), r.groups(),
                    r.masked(), range(r.width(), 0), range(r.height(), 0), range(r.mean(), 0), range(r.deviation(), 0),
                    range(r.noise(), 1));
        }
        return table;
    }

    private static TextTable confounds(List<Confound> confounds) {
        Map<String, List<Confound>> byClass = confounds.stream()
                .collect(Collectors.groupingBy(Confound::className, LinkedHashMap::new, Collectors.toList()));
        Stream<String> properties = confounds.stream().map(Confound::property).distinct();
        TextTable table = new TextTable(Stream.concat(Stream.of("class"), properties).toArray(String[]::new));
        byClass.forEach((name,
                own) -> table.row(Stream
                        .concat(Stream.of(visible(name)),
                                own.stream().map(c -> String.format(Locale.ROOT, "%.2f", c.auroc().value())))
                        .toArray()));
        return table;
    }

    /** The median, with smallest and largest where they differ. */
    private static String range(Range r, int digits) {
        String number = "%." + digits + "f";
        if (r.low() == r.high()) return String.format(Locale.ROOT, number, r.low());
        return String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", r.median(), r.low(), r.high());
    }

    private static void skipped(List<Skipped> skipped, StringBuilder text) {
        for (Skipped s : skipped.subList(0, Math.min(SHOWN, skipped.size())))
            text.append("Left out: ").append(visible(s.file())).append(": ").append(visible(s.reason())).append('\n');
        if (skipped.size() > SHOWN) text.append("Left out: ").append(skipped.size() - SHOWN).append(" more\n");
    }

    private static void pairs(String how, List<Pair> pairs, StringBuilder text) {
        long across = pairs.stream().filter(Pair::acrossGroups).count();
        long splits = pairs.stream().filter(Pair::acrossSplits).count();
        text.append(String.format(Locale.ROOT,
                "Pairs of %s scans: %d, of them of different patients: %d, of them in different splits: %d%n", how,
                pairs.size(), across, splits));
        pairs.stream().filter(Pair::acrossGroups).limit(SHOWN).forEach(p -> text.append("  ").append(visible(p.first()))
                .append("  =  ").append(visible(p.second())).append('\n'));
        if (across > 0) {
            text.append("Beware: patients who share a scan are probably one. Give them one name in a table (option "
                    + "layout manifest), or leave a scan out.\n");
        }
    }

    /** Names come from files: what would move a terminal's cursor is replaced. */
    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
