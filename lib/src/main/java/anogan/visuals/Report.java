package anogan.visuals;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
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
import anogan.visuals.Html.Result;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code report.html}: one file that says what was run, how well it does, and how far that can be trusted. It needs no
 * other file and no network.
 *
 * <p>
 * What a run lacks, masks for example, is left out with a sentence.
 */
public final class Report {
    private static final Map<String, String> REGIONS = Map.of("retina", "Inside the retina", "retina in strip",
            "Inside the retina, as far as the strip reaches", "strip", "In the whole strip, with vitreous and choroid");
    private static final List<String> LIMITS = List.of("""
            This is research software and no medical device; nothing here may guide the care of a patient.""", """
            An AUROC tells how well scores are ordered, not how well a threshold works: read the threshold table. \
            Every point that was chosen on the test set is called an oracle.""",
            """
                    High numbers can come from what is not disease: brightness, noise, scanner settings. Compare A with the trivial scores in the same \
                    table, and all scans with those that are matched for such a property, where the data say which.""",
            """
                    Intervals resample patients (groups). They say how much other patients of the same source would change a number, \
                    not what another clinic, device or training seed would.""",
            """
                    A residual shows what G could not draw. That may be a lesion, a vessel, the optic nerve head, or a place that the descent did not reach.""");

    private static final String SOURCE = """
            Method: Schlegl, Seeböck, Waldstein, Schmidt-Erfurth, Langs: Unsupervised Anomaly Detection with Generative Adversarial Networks to \
            Guide Marker Discovery, IPMI 2017, arXiv 1703.05921. All numbers: analysis.json; all scores: scores.csv and scans.csv; every scan's map: \
            maps/.""";

    private final RunData run;
    private final Analysis analysis;
    private final Map<String, Figure> figures;
    private final Html html = new Html();
    private final ReportTables tables;

    private Report(RunData run, Map<String, Figure> figures) {
        this.run = run;
        this.analysis = run.analysis();
        this.figures = figures;
        this.tables = new ReportTables(html, analysis);
    }

    /**
     * Writes the report into the run's folder.
     *
     * @param figures by file name, each already in the run's {@code figures/}; one that is missing is left out
     */
    public static Path write(RunData run, Map<String, Figure> figures) {
        Path file = run.folder().file("report.html");
        AtomicFiles.writeString(file, new Report(run, figures).page());
        return file;
    }

    private String page() {
        String title = "AnoGAN: " + run.folder().path().toAbsolutePath().normalize().getFileName();
        html.element("h1", title);
        html.paragraph("sub", "Trained on normal scans only; anomalies are what it cannot draw. Run of %s, seed %d."
                .formatted(when(run.info().created()), run.info().seed()));
        html.results(results());
        html.limits("What these numbers do not say", LIMITS);
        about();
        training();
        paper();
        patches();
        scans();
        volumes();
        pixels();
        thresholds();
        if (!analysis.notes().isEmpty()) {
            html.element("h2", "Notes of the analysis");
            analysis.notes().forEach(note -> html.paragraph("", note));
        }
        html.element("footer", SOURCE);
        return html.page(title);
    }

    /** The result in five lines. */
    private List<Result> results() {
        List<Result> lines = new ArrayList<>();
        lines.add(analysis.patch(Score.A)
                .map(r -> result("Patches, A(x) against the masks: AUROC", r.separation(), "patches", ""))
                .orElse(new Result("Patches:", "no number",
                        "since no test patch is known to be anomalous (no masks).")));
        analysis.scan(Score.A, Aggregate.MEAN, Analysis.ALL, Analysis.ALL)
                .ifPresent(r -> lines.add(result("Scans, mean A(x): AUROC", r.separation(), "scans", subsets())));
        analysis.bestTrivial().ifPresent(r -> lines.add(
                result("Best trivial score of scans, " + r.score().title() + ": AUROC", r.separation(), "scans", "")));
        Stream.of(Plane.LOG_RATIO, Plane.RESIDUAL_SMOOTHED).flatMap(m -> analysis.pixel(m, "retina").stream())
                .findFirst()
                .ifPresent(r -> lines.add(new Result("Pixels inside the retina, " + r.map().title() + ": AUROC",
                        RocFigures.text(r.auroc(), r.bootstrap()),
                        "on %d masked scans, %s annotated".formatted(r.scans(), Names.percent(r.prevalence())))));
        analysis.thresholds().stream().filter(t -> t.level().equals("scan")).findFirst()
                .ifPresent(t -> lines.add(threshold(t)));
        return lines;
    }

    private static Result result(String what, Separation s, String cases, String more) {
        return new Result(what, RocFigures.text(s.auroc(), ScoreFigures.interval(s)),
                "on %s %s of %d groups, %s anomalous%s".formatted(Names.count(s.cases()), cases, s.groups(),
                        Names.percent(s.prevalence()), more));
    }

    private static Result threshold(ThresholdResult t) {
        String asked = Names.percent(t.threshold().targetFpr());
        return new Result(
                "Threshold for %s false positives, set by %d validation scans:".formatted(asked,
                        t.threshold().normals()),
                "sensitivity %s, false positives %s".formatted(Names.percent(t.sensitivity().rate()),
                        Names.percent(t.falsePositives().rate())),
                "of test scans");
    }

    /** The AUROC of A in each subset of the scans, such as those matched for noise. */
    private String subsets() {
        return analysis.scans().stream()
                .filter(r -> r.score() == Score.A
                        && r.aggregate() == Aggregate.MEAN && r.anomalous().equals(Analysis.ALL))
                .filter(r -> !r.subset().equals(Analysis.ALL))
                .map(r -> "; " + r.subset() + ": "
                        + RocFigures.text(r.separation().auroc(), ScoreFigures.interval(r.separation())))
                .collect(Collectors.joining());
    }

    private void about() {
        RunInfo info = run.info();
        AnalysisOptions options = analysis.options();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("scans", info.patches());
        rows.put("fingerprint of the scans", String.valueOf(info.fingerprint()));
        rows.put("seed", String.valueOf(info.seed()));
        info.config().forEach((stage, config) -> rows.put(stage, words(config)));
        rows.put("analyze", "false-positive rate %s, %d bootstrap replicates, seed %d".formatted(options.fpr(),
                options.bootstrap(), options.seed()));
        info.seconds().forEach(
                (stage, seconds) -> rows.merge("time", stage + " " + duration(seconds), (a, b) -> a + ", " + b));
        info.stages().forEach((name, stage) -> {
            String by = stage.commits().stream().map(Machine::brief).collect(Collectors.joining(", "));
            if (!by.isEmpty()) rows.merge("commit", name + " " + by, (x, y) -> x + "; " + y);
            rows.putAll(stage.machine());   // the last one's stands
        });
        html.element("h2", "What was run").words(rows);
        html.element("h3", "What the numbers rest on");
        tables.cohorts();
    }

    /** Options as "steps 3000, batch 64". */
    private static String words(Object config) {
        if (!(config instanceof Map<?, ?> map)) return String.valueOf(config);
        return map.entrySet().stream().map(e -> e.getKey() + " " + value(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String value(Object option) {
        if (option instanceof Map) return "(" + words(option) + ")";
        if (option instanceof Double d) return new BigDecimal(d.toString()).stripTrailingZeros().toPlainString();   // 0.0002, not 2.0E-4
        return String.valueOf(option);
    }

    private void training() {
        html.element("h2", "Training and mapping");
        show("losses.png", "");
        show("samples.png", "No sample grids were kept.");
        show("mapping.png", "No frames of the mapping were kept.");
        show("descent.png", "");
    }

    private void paper() {
        html.element("h2", "The paper's evaluation");
        show(Framework.FILE,
                "There is no model here that this version opens: figures that map patches anew are left out.");
        show(FeatureSpace.FILE, "");
        show(PixelExamples.FILE, "");
        show(MethodFigures.SCORES, "");
        run.methods().ifPresentOrElse(table -> new PaperTables(html).methods(table), () -> html.paragraph("",
                "The methods were not compared, or could not be, without test cases of both kinds: Table 1 is left out."));
        if (figures.containsKey(SweepFigures.FILE)) {
            html.element("h3", "What λ and Γ do");
            show(SweepFigures.FILE, "");
            run.sweeps().forEach(new PaperTables(html)::sweep);
        }
    }

    private void patches() {
        html.element("h2", "Patches");
        show("scores.png", "");
        if (analysis.patches().isEmpty()) {
            html.paragraph("",
                    "No test scan has a mask, so that nobody knows which patches are anomalous: ROC and table of patches are left out.");
            return;
        }
        show("roc.png", "");
        tables.patches();
        if (analysis.withinScan().isEmpty()) return;
        WithinScanResult any = analysis.withinScan().get(0);
        html.element("h3", "Within one and the same scan");
        html.paragraph("",
                """
                        Annotated patches against the other patches of the same scan (%d scans, %d groups, %s against %s patches): \
                        brightness or noise of a whole scan cannot help here.\
                        """
                        .formatted(any.scans(), any.groups(), Names.count(any.positives()),
                                Names.count(any.negatives())));
        tables.withinScan();
    }

    private void scans() {
        html.element("h2", "Scans: which are anomalous?");
        show("classes.png", "");
        if (analysis.scans().isEmpty()) {
            html.paragraph("", "There are no test scans of both kinds, so that ROC and tables of scans are left out.");
            return;
        }
        html.paragraph("",
                """
                        AUROC of a scan's score with 95 % interval, for all anomalous classes together and each alone, against the same normal scans. \
                        Trivial scores stand below ours.""");
        for (String subset : analysis.scans().stream().map(ScanResult::subset).distinct().toList()) {
            String which = subset.equals(Analysis.ALL) ? "all test scans" : "test scans with " + subset + " = 1";
            html.element("h3", "Mean over the patches of a scan, " + which);
            tables.scans(Aggregate.MEAN, subset);
            html.element("h3", "Mean of its five worst patches, " + which);
            tables.scans(Aggregate.TOP5, subset);
        }
        show("trivial.png", "");
        show("roc-scans.png", "");
    }

    private void volumes() {
        List<Map<String, String>> rows = VolumeFigures.rows(run);
        if (rows.isEmpty()) return;
        html.element("h2", "Volumes");
        tables.volumes(rows);
        show(VolumeFigures.SLICES, "");
        show(VolumeFigures.MAPS, "");
    }

    private void pixels() {
        html.element("h2", "Pixels: where is it?");
        show("heatmaps.png", "No residual maps were kept.");
        if (analysis.pixels().isEmpty()) {
            html.paragraph("",
                    "No test scan has a mask, so that maps cannot be judged pixel by pixel: ROC and table of pixels are left out.");
            return;
        }
        show("pixels.png", "");
        Map<String, PixelResult> regions = new LinkedHashMap<>();
        analysis.pixels().forEach(r -> regions.putIfAbsent(r.region(), r));
        regions.forEach((region, any) -> {
            html.element("h3", REGIONS.getOrDefault(region, region));
            html.paragraph("",
                    "Annotated pixels are %s of all here, which is also the average precision (AP) of a map that knows nothing."
                            .formatted(Names.percent(any.prevalence())));
            tables.pixels(region);
        });
    }

    private void thresholds() {
        html.element("h2", "Thresholds");
        if (analysis.thresholds().isEmpty()) {
            html.paragraph("",
                    "There are no scores of validation normals, or no test cases of both kinds, so this section is left out.");
            return;
        }
        html.paragraph("",
                """
                        Each threshold is set by validation normals alone, so that a share of them is flagged as asked for; no anomalous case and no test \
                        case has a say. Good: about as many test normals are flagged as asked for. The Youden point beside it is set on the test set itself: \
                        an oracle, for comparison with the paper's Table 1.""");
        tables.thresholds();
    }

    private void show(String file, String otherwise) {
        Figure figure = figures.get(file);
        if (figure != null) html.figure(figure, bytes(run.folder().file("figures").resolve(file)));
        else if (!otherwise.isEmpty()) html.paragraph("", otherwise);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Run figures again.", file, ErrorText.of(e));
        }
    }

    /** 2026-01-31T12:34:56Z as people write it. */
    private static String when(String instant) {
        return String.valueOf(instant).replaceFirst("T(\\d\\d:\\d\\d):\\d\\dZ$", " $1 UTC");
    }

    static String duration(double seconds) {
        if (seconds < 90) return String.format(Locale.ROOT, "%.0f s", seconds);
        if (seconds < 5400) return String.format(Locale.ROOT, "%.1f min", seconds / 60);
        return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
