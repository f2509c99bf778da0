package anogan.statistics;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
import anogan.run.Machine;
import anogan.statistics.Analysis.Difference;
import anogan.statistics.ExperimentRecord.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@link ExperimentRecord} as tables of a page. A page holds a table between two comments,
 * {@code <!-- record NAME PART -->} or {@code <!-- record NAME PART: SCORE, SCORE -->} for some of its rows, and
 * {@code <!-- end -->}; {@code reproduce --record} puts it there. The parts are {@code made} (when and how),
 * {@code methods} (Table 1 with the paper's rows) and the levels of the numbers: {@code patches}, {@code scans},
 * {@code patches
 * within a scan}, {@code pixels}.
 */
public final class RecordTables {
    private static final Pattern PLACE = Pattern
            .compile("(<!-- record (\\S+) ([^:>]+?)(?:: ([^>]+?))? -->\r?\n)(.*?)(<!-- end -->)", Pattern.DOTALL);
    private static final int WITH_INTERVALS = 4;   // columns of numbers; with more, a table shows no intervals

    private RecordTables() {}

    /**
     * Puts this record's tables into a page, if there is such a page.
     *
     * @throws UserError if it cannot be read or written
     */
    public static void update(Path page, String name, ExperimentRecord record) {
        if (!Files.exists(page)) return;
        try {
            AtomicFiles.writeString(page, into(Files.readString(page), name, record));
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. The record itself is written.", page, ErrorText.of(e));
        }
    }

    /** The page with this record's tables where it has places for them. */
    public static String into(String page, String name, ExperimentRecord record) {
        return PLACE.matcher(page).replaceAll(place -> {
            if (!place.group(2).equals(name)) return Matcher.quoteReplacement(place.group());
            Predicate<String> shown = place.group(4) == null ? score -> true
                    : List.of(place.group(4).split(",\\s*"))::contains;
            String table = part(record, place.group(3), shown);
            if (place.group(1).endsWith("\r\n")) table = table.replace("\n", "\r\n");   // the page's own line ends
            return Matcher.quoteReplacement(place.group(1) + table + place.group(6));
        });
    }

    /** Empty if the record has no such part. */
    private static String part(ExperimentRecord record, String part, Predicate<String> shown) {
        if (part.equals("made")) return made(record);
        if (part.equals("methods")) return record.methods().map(m -> methods(m, shown)).orElse("");
        List<Value> values = record.values().stream().filter(v -> v.level().equals(part) && shown.test(v.score()))
                .toList();
        return values.isEmpty() ? "" : level(part, values);
    }

    private static String made(ExperimentRecord record) {
        double minutes = record.seconds().values().stream().mapToDouble(s -> s).sum() / 60;
        String system = record.versions().getOrDefault("system", "an unknown system");
        // Of the time when the commit of the recording stood for those of the stages.
        if (record.commits().isEmpty()) {
            String commit = record.versions().getOrDefault("commit", "unknown");
            return format("Made at commit %s, in %.0f minutes and those of preparation, variants and sweeps, on %s.\n",
                    commit.substring(0, Math.min(7, commit.length())), minutes, system);
        }
        return format("Made at commit%s %s, in %.0f minutes, on %s (%s, threads: %s; %s).\n",
                record.commits().size() > 1 ? "s" : "",
                record.commits().stream().map(Machine::brief).collect(Collectors.joining(" and ")), minutes,
                record.versions().getOrDefault("processor", "an unknown processor"),
                record.versions().getOrDefault("instructions", "unknown instructions"),
                record.versions().getOrDefault("threads", "unknown"), system);
    }

    private static String methods(MethodTable methods, Predicate<String> shown) {
        TextTable table = new TextTable("method", "AUC [groups]", "DeLong", "AnoGAN leads by", "precision", "recall",
                "specificity", "at the threshold: recall, false positives",
                "paper: AUC, precision, recall, specificity");
        methods.rows().stream().filter(r -> shown.test(r.method().column())).forEach(r -> table.row(r.method().column(),
                format("%.3f", r.separation().auroc()) + Interval.bracketed(r.separation().bootstrap()),
                "[" + r.separation().deLong() + "]", r.lead().map(Difference::toString).orElse(""),
                format("%.2f", r.oracle().precision()), format("%.2f", r.oracle().sensitivity()),
                format("%.2f", r.oracle().specificity()),
                r.atThreshold().map(t -> format("%.2f, %.2f", t.sensitivity(), 1 - t.specificity())).orElse(""),
                r.paper().map(
                        p -> format("%.2f, %.2f, %.2f, %.2f", p.auc(), p.precision(), p.sensitivity(), p.specificity()))
                        .orElse("")));
        return format(
                "%d test %s of %d groups, %.1f %% anomalous. The Youden point is an oracle; the threshold comes "
                        + "from normals.\n\n",
                methods.cases(), methods.level().equals("patch") ? "patches" : "scans", methods.groups(),
                100 * methods.prevalence()) + table.markdown();
    }

    /** A row a score, a column a detail. */
    private static String level(String level, List<Value> values) {
        List<String> details = values.stream().map(Value::detail).distinct().toList();
        Map<String, Map<String, Value>> byScore = new LinkedHashMap<>();
        for (Value v : values) byScore.computeIfAbsent(v.score(), s -> new TreeMap<>()).put(v.detail(), v);
        TextTable table = new TextTable(Stream
                .concat(Stream.of(level), details.stream().map(d -> d.isEmpty() ? "AUROC" : d)).toArray(String[]::new));
        byScore.forEach((score, own) -> table.row(Stream.concat(Stream.of(score), details.stream().map(d -> {
            boolean interval = details.size() <= WITH_INTERVALS || d.equals(ExperimentRecord.MEAN);
            return Optional.ofNullable(own.get(d)).map(v -> interval ? v.toString() : format("%.3f", v.value()))
                    .orElse("");
        })).toArray()));
        return table.markdown();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
