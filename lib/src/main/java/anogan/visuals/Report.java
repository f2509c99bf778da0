package anogan.visuals;

import anogan.io.AtomicFiles;
import anogan.run.Machine;
import anogan.run.RunInfo;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import anogan.statistics.Analysis;
import anogan.statistics.Analysis.PixelResult;
import anogan.statistics.Analysis.ScanResult;
import anogan.statistics.Analysis.Separation;
import anogan.statistics.Analysis.ThresholdResult;
import anogan.statistics.Analysis.WithinScanResult;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.MarkerAnalysis;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code report.html}: one file that says what was run, how well it does, and how far that can be trusted. It needs no
 * other file and no network.
 *
 * <p>
 * What a run lacks, masks for example, is left out with a sentence.
 */
final class Report {
    /**
     * In braces what is filled in: a figure by its file, or a part by its name; behind a bar what is said without it.
     */
    private static final String PAGE = """
            <h1>{title}</h1>
            <p class="sub">Trained on normal scans only; anomalies are what it cannot draw. {when}</p>
            <ul class="results">
            {results}</ul>
            {ranking}
            <div class="limits"><h2>What these numbers do not say</h2><ul>
            <li>This is research software and no medical device; nothing here may guide the care of a patient.</li>
            <li>An AUROC tells how well scores are ordered, not how well a threshold works: read the threshold table. \
            Every point that was chosen on the test set is called an oracle.</li>
            <li>High numbers can come from what is not disease: brightness, noise, scanner settings. Compare A with \
            the trivial scores in the same table, and all scans with those that are matched for such a property, \
            where the data say which.</li>
            <li>Intervals resample patients (groups). They say how much other patients of the same source would \
            change a number, not what another clinic, device or training seed would.</li>
            <li>A residual shows what G could not draw. That may be a lesion, a vessel, the optic nerve head, or a \
            place that the descent did not reach.</li>
            </ul></div>
            {notes}
            <h2>What was run</h2>
            {about}
            <h3>What the numbers rest on</h3>
            {cohorts}
            <h2>Training and mapping</h2>
            {losses.png}{heldout.png}{samples.png|No sample grids were kept.}
            {mapping.png|No descents were recorded.}{descent.png}
            <h2>The paper's evaluation</h2>
            {paper-1-framework.svg|There is no model here that this version opens, or none was analysed: figures that \
            map patches anew are left out.}{paper-2-features.svg}{paper-3-pixels.svg}{paper-4-scores.png}
            {methods|The methods were not compared, or could not be, without test cases of both kinds: Table 1 is left \
            out.}
            {sweeps}
            <h2>Patches</h2>
            {scores.png}{roc.png}
            {patches|No test scan has a mask, so that nobody knows which patches are anomalous: ROC and table of \
            patches are left out.}
            {withinScan}
            <h2>Scans: which are anomalous?</h2>
            {classes.png}
            {scans|There are no test scans of both kinds, so that ROC and tables of scans are left out.}
            {trivial.png}{roc-scans.png}
            {volumes}{volumes.png}{volume-maps.png}
            <h2>Pixels: where is it?</h2>
            {heatmaps.png|No residual maps were kept.}{pixels.png}
            {pixels|No test scan has a mask, so that maps cannot be judged pixel by pixel: ROC and table of pixels \
            are left out.}
            {markers}
            <h2>Thresholds</h2>
            {thresholds|There are no scores of validation normals, or no test cases of both kinds, so this section is \
            left out.}
            {analysisNotes}
            <footer>Method: Schlegl, Seeböck, Waldstein, Schmidt-Erfurth, Langs: Unsupervised Anomaly Detection with \
            Generative Adversarial Networks to Guide Marker Discovery, IPMI 2017, arXiv 1703.05921. All numbers: \
            analysis.json; all scores: scores.csv and scans.csv; every scan's map: maps/; scans to look through: \
            scans.html.</footer>
            """;
    private static final Pattern BLANK = Pattern.compile("\\{([^}|]+)(?:\\|([^}]+))?}");
    private static final Map<String, String> REGIONS = Map.of("retina", "Inside the retina", "retina in strip",
            "Inside the retina, as far as the strip reaches", "strip", "In the whole strip, with vitreous and choroid");

    private final RunData run;
    private final Analysis analysis;
    private final Map<String, Figure> figures;
    private final ReportTables tables;

    private Report(RunData run, Map<String, Figure> figures) {
        this.run = run;
        this.figures = figures;
        analysis = run.analysis();
        tables = new ReportTables(analysis);
    }

    /**
     * Writes the report into the run's folder.
     *
     * @param figures by file name; one that is missing is left out
     * @param notes   on what was left out
     */
    static Path write(RunData run, Map<String, Figure> figures, List<String> notes) {
        Path file = run.folder().file("report.html");
        String title = "AnoGAN: " + run.folder().path().toAbsolutePath().normalize().getFileName();
        Map<String, Supplier<String>> parts = new Report(run, figures).parts(title, notes);
        String body = BLANK.matcher(PAGE).replaceAll(m -> {
            Figure figure = figures.get(m.group(1));
            String part = figure != null ? Html.figure(figure) : parts.getOrDefault(m.group(1), () -> "").get();
            boolean said = part.isEmpty() && m.group(2) != null;
            return Matcher.quoteReplacement(said ? Html.element("p", m.group(2)) : part);
        });
        AtomicFiles.writeString(file, Html.page(title, body));
        return file;
    }

    private Map<String, Supplier<String>> parts(String title, List<String> notes) {
        return Map.ofEntries(Map.entry("title", () -> Html.escape(title)), Map.entry("when", this::when),
                Map.entry("results", this::results), Map.entry("ranking", () -> RankedList.html(run.ranking())),
                Map.entry("notes", () -> paragraphs(notes.stream())), Map.entry("about", this::about),
                Map.entry("cohorts", tables::cohorts),
                Map.entry("methods", () -> run.methods().map(PaperTables::methods).orElse("")),
                Map.entry("sweeps", this::sweeps), Map.entry("patches", tables::patches),
                Map.entry("withinScan", this::withinScan), Map.entry("scans", this::scans),
                Map.entry("volumes", () -> tables.volumes(VolumeFigures.rows(run))), Map.entry("pixels", this::pixels),
                Map.entry("markers", this::markers), Map.entry("thresholds", tables::thresholds),
                Map.entry("analysisNotes", () -> analysis.notes().isEmpty() ? ""
                        : Html.element("h2", "Notes of the analysis") + paragraphs(analysis.notes().stream())));
    }

    private static String paragraphs(Stream<String> sentences) {
        return sentences.map(s -> Html.element("p", s)).collect(Collectors.joining());
    }

    /** 2026-01-31T12:34:56Z as people write it. */
    private String when() {
        String created = String.valueOf(run.info().created()).replaceFirst("T(\\d\\d:\\d\\d):\\d\\dZ$", " $1 UTC");
        return Html.escape(Format.of("Run of %s, seed %s.", created, run.info().seed()));
    }

    /** The result in five lines. */
    private String results() {
        StringBuilder lines = new StringBuilder();
        run.drawn().ifPresent(d -> lines
                .append(Format.of("<li>%s%s</li>%n", d.isPoor() ? "<b>Beware:</b> " : "", Html.escape(d.toString()))));
        Score leading = analysis.leading();
        lines.append(analysis.patch(leading)
                .map(r -> result(Format.of("Patches, %s against the masks: AUROC", leading.title()), r.separation(),
                        "patches", ""))
                .orElseGet(() -> line("Patches:", "no number",
                        "since no test patch is known to be anomalous (no masks).")));
        analysis.bestTrivialOfPatches()
                .ifPresent(r -> lines.append(result("Best trivial score of patches, " + r.score().title() + ": AUROC",
                        r.separation(), "patches", "")));
        analysis.scan(leading, Aggregate.MEAN, Analysis.ALL, Analysis.ALL).ifPresent(r -> lines
                .append(result(Format.of("Scans, %s: AUROC", leading.title()), r.separation(), "scans", subsets())));
        analysis.bestTrivial().ifPresent(r -> lines.append(
                result("Best trivial score of scans, " + r.score().title() + ": AUROC", r.separation(), "scans", "")));
        Stream.of(Plane.COMBINED_DARK, Plane.LOG_RATIO, Plane.RESIDUAL_SMOOTHED)
                .flatMap(m -> analysis.pixel(m, "retina").stream()).findFirst()
                .ifPresent(r -> lines.append(line("Pixels inside the retina, " + r.map().title() + ": AUROC",
                        Format.number(r.auroc(), r.bootstrap()),
                        Format.of("on %d masked scans, %s annotated", r.scans(), Format.percent(r.prevalence())))));
        analysis.thresholds().stream().filter(t -> t.level().equals("scan")).findFirst()
                .ifPresent(t -> lines.append(threshold(t)));
        return lines.toString();
    }

    private static String line(String what, String number, String on) {
        return Format.of("<li>%s <b>%s</b> %s</li>%n", Html.escape(what), Html.escape(number), Html.escape(on));
    }

    private static String result(String what, Separation s, String cases, String more) {
        return line(what, Format.auroc(s), Format.of("on %s %s of %d groups, %s anomalous%s", Format.count(s.cases()),
                cases, s.groups(), Format.percent(s.prevalence()), more));
    }

    private static String threshold(ThresholdResult t) {
        return line(
                Format.of("Threshold for %s false positives, set by %d normal scans:",
                        Format.percent(t.threshold().targetFpr()), t.threshold().normals()),
                Format.of("sensitivity %s, false positives %s", Format.percent(t.sensitivity().rate()),
                        Format.percent(t.falsePositives().rate())),
                "of test scans. " + t.threshold().promise());
    }

    /** The AUROC of the leading score in each subset of the scans, such as those matched for noise. */
    private String subsets() {
        return analysis.scans().stream()
                .filter(r -> r.score() == analysis.leading() && r.aggregate() == Aggregate.MEAN
                        && r.anomalous().equals(Analysis.ALL) && !r.subset().equals(Analysis.ALL))
                .map(r -> "; " + r.subset() + ": " + Format.auroc(r.separation())).collect(Collectors.joining());
    }

    private String about() {
        RunInfo info = run.info();
        AnalysisOptions options = analysis.options();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("scans", run.patches().path().toString());
        rows.put("fingerprint of the scans", String.valueOf(info.fingerprint()));
        rows.put("seed", String.valueOf(info.seed()));
        info.config().forEach((stage, config) -> rows.put(stage, words(config)));
        rows.put("analyze", Format.of("false-positive rate %s, %d bootstrap replicates, seed %d", options.fpr(),
                options.bootstrap(), options.seed()));
        info.seconds().forEach(
                (stage, seconds) -> rows.merge("time", stage + " " + Format.duration(seconds), (a, b) -> a + ", " + b));
        info.stages().forEach((name, stage) -> {
            String by = stage.commits().stream().map(Machine::brief).collect(Collectors.joining(", "));
            if (!by.isEmpty()) rows.merge("commit", name + " " + by, (x, y) -> x + "; " + y);
            rows.putAll(stage.machine());   // the last one's stands
        });
        return Html.words(rows);
    }

    /** Options as "steps 3000, batch 64". */
    private static String words(Object config) {
        if (!(config instanceof Map<?, ?> map)) return String.valueOf(config);
        return map.entrySet().stream().map(e -> e.getKey() + " " + value(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String value(Object option) {
        if (option instanceof Map) return "(" + words(option) + ")";
        // 0.0002, not 2.0E-4
        if (option instanceof Double d) return new BigDecimal(d.toString()).stripTrailingZeros().toPlainString();
        return String.valueOf(option);
    }

    private String sweeps() {
        if (!figures.containsKey(SweepFigures.FILE)) return "";
        return Html.element("h3", "What λ and Γ do") + Html.figure(figures.get(SweepFigures.FILE))
                + run.sweeps().stream().map(PaperTables::sweep).collect(Collectors.joining());
    }

    private String withinScan() {
        if (analysis.withinScan().isEmpty()) return "";
        WithinScanResult any = analysis.withinScan().get(0);
        return Html.element("h3", "Within one and the same scan")
                + Html.element("p", Format.of("""
                        Annotated patches against the other patches of the same scan (%d scans, %d groups, %s against \
                        %s patches): brightness or noise of a whole scan cannot help here.""", any.scans(),
                        any.groups(), Format.count(any.positives()), Format.count(any.negatives())))
                + tables.withinScan();
    }

    /** Nothing if none were looked for, or not in these maps. */
    private String markers() {
        return MarkerAnalysis.of(run.folder())
                .map(m -> Html.element("h2", "Candidate markers: which kinds are there?")
                        + Html.element("p",
                                """
                                        Regions of the maps, sorted into kinds without a label; how often normal and anomalous scans show \
                                        each. What normal scans show as often is an artefact.""")
                        + MarkerPage.table(m) + "<p>"
                        + Html.link(MarkerFigures.PAGE, "Examples of each, where they sit, and which class has them")
                        + "</p>\n")
                .orElse("");
    }

    private String scans() {
        if (analysis.scans().isEmpty()) return "";
        StringBuilder scans = new StringBuilder(Html.element("p", """
                AUROC of a scan's score with 95 % interval, for all anomalous classes together and each \
                alone, against the same normal scans. Trivial scores stand below ours."""));
        for (String subset : analysis.scans().stream().map(ScanResult::subset).distinct().toList()) {
            String which = subset.equals(Analysis.ALL) ? "all test scans" : "test scans with " + subset + " = 1";
            scans.append(Html.element("h3", "Mean over the patches of a scan, " + which))
                    .append(tables.scans(Aggregate.MEAN, subset))
                    .append(Html.element("h3", "Mean of its five worst patches, " + which))
                    .append(tables.scans(Aggregate.TOP5, subset));
        }
        return scans.toString();
    }

    private String pixels() {
        Map<String, PixelResult> regions = new LinkedHashMap<>();
        analysis.pixels().forEach(r -> regions.putIfAbsent(r.region(), r));
        return regions.values().stream()
                .map(any -> Html.element("h3", REGIONS.getOrDefault(any.region(), any.region())) + Html.element("p",
                        Format.of(
                                "Annotated pixels are %s of all here, which is also the "
                                        + "average precision (AP) of a map that knows nothing.",
                                Format.percent(any.prevalence())))
                        + tables.pixels(any.region()))
                .collect(Collectors.joining());
    }
}
