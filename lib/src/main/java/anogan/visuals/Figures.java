package anogan.visuals;

import anogan.UserError;
import anogan.dcgan.HeldOutCurve;
import anogan.io.Tables;
import anogan.scoring.Aggregate;
import anogan.scoring.RecordedDescents;
import anogan.visuals.TrainingFigures.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything there is to see of a run: {@code figures/}, {@code maps/<scan>.png}, {@code scans.html} and
 * {@code report.html}. What was drawn, and when, is noted in {@code run.json}.
 *
 * <pre>{@code
 * Figures.Written written = Figures.write(RunData.open(Path.of("data/runs/demo")), FiguresOptions.defaults());
 * System.out.println(written.report());
 * }</pre>
 */
public final class Figures {
    private Figures() {}

    /**
     * The files that were written.
     *
     * @param maps  one for each scan that has a residual map, or as many as were asked for
     * @param scans the page to look through the scans
     * @param notes sentences on what was left out, and what makes it
     */
    public record Written(List<Path> figures, List<Path> maps, Path scans, Path report, List<String> notes) {}

    /** @throws UserError if a file of the run is damaged, or nothing can be written there */
    public static Written write(RunData run, FiguresOptions options) {
        Style.requireFonts();
        return run.folder().locked(() -> {
            long begun = System.nanoTime();
            double[] scales = MapFigures.scales(run);
            Map<String, Figure> figures = draw(run, scales);
            List<String> notes = notes(run, options);
            run.folder().requireStillThere();
            List<Path> pictures = figures.values().stream().map(f -> f.writeTo(run.folder().file("figures"))).toList();
            List<Path> maps = MapFigures.write(run, scales, options.maps());
            run.folder().requireStillThere();
            Path scans = RunScans.write(run, scales);
            Path report = Report.write(run, figures, notes);
            run.folder().write(run.folder().info().with("figures", options, (System.nanoTime() - begun) / 1e9));
            return new Written(pictures, maps, scans, report, notes);
        });
    }

    private static List<String> notes(RunData run, FiguresOptions options) {
        List<String> notes = new ArrayList<>();
        if (olderAnalysis(run))
            notes.add("ROC curves, examples of patches and the layout of f are missing, since the run "
                    + "was analysed by an older version: they are there after stage analyze.");
        int maps = MapFigures.judged(run).size();
        if (maps > options.maps()) notes.add(Format.of(
                "Maps are drawn of the %d scans of highest and lowest score, of %d: option all-maps draws them all.",
                options.maps(), maps));
        return notes;
    }

    private static boolean olderAnalysis(RunData run) {
        boolean something = run.methods().isPresent() || Files.exists(run.folder().file("model/dcgan.json"));
        return something && !Files.isDirectory(run.folder().file("analysis"));
    }

    /** The figures that this run has data for, by file name. */
    static Map<String, Figure> draw(RunData run, double[] scales) {
        long seed = run.info().seed();
        List<Optional<Figure>> figures = new ArrayList<>();
        figures.add(Optional.of(TrainingFigures.losses(Tables.read(run.folder().file("losses.csv"), "train",
                List.of("step", "D_loss", "G_loss", "D_real", "D_fake")), seed)));
        figures.add(TrainingFigures.heldOut(HeldOutCurve.of(run.folder()), seed));
        List<Sample> samples = Sample.readAll(run.folder().file("samples"));
        // before any training: plain grey
        List<Sample> trained = samples.size() > 1 ? samples.subList(1, samples.size()) : samples;
        if (!trained.isEmpty()) figures.add(Optional.of(TrainingFigures.samples(trained, seed)));
        RecordedDescents.read(run.folder()).ifPresent(descents -> {
            figures.add(Optional.of(MappingFigures.strips(descents, seed)));
            figures.add(Optional.of(MappingFigures.descent(descents, seed)));
        });
        figures.add(Optional.of(ScoreFigures.densities(run)));
        figures.add(RocFigures.patches(run));
        figures.add(RocFigures.scans(run));
        figures.add(ScoreFigures.classes(run, Aggregate.MEAN));
        if (!run.analysis().scans().isEmpty()) figures.add(Optional.of(ScoreFigures.trivial(run)));
        figures.add(MapFigures.heatmaps(run, scales));
        figures.add(RocFigures.pixels(run));
        VolumeFigures volumes = new VolumeFigures(run);
        figures.add(volumes.slices());
        figures.add(volumes.maps(scales));
        PaperFigures.draw(run).forEach(f -> figures.add(Optional.of(f)));
        Map<String, Figure> byName = new LinkedHashMap<>();
        figures.stream().flatMap(Optional::stream).forEach(f -> byName.put(f.file(), f));
        return byName;
    }
}
