package anogan.visuals;

import anogan.UserError;
import anogan.io.Tables;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.ui.Progress;
import anogan.visuals.TrainingFigures.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Everything there is to see of a run: {@code figures/*.png}, {@code maps/<scan>.png} and {@code report.html}.
 *
 * <pre>{@code
 * Figures.Written written = Figures.write(Path.of("data/runs/demo"));
 * System.out.println(written.report());
 * }</pre>
 */
public final class Figures {
    private Figures() {}

    /** The files that were written: figures, one map per scan, and the report. */
    public record Written(List<Path> figures, List<Path> maps, Path report) {}

    /**
     * @throws UserError if the run is not finished (naming the command to run first), a file is damaged, or it cannot
     *                   be written
     */
    public static Written write(Path folder) {
        Style.requireFonts();
        RunData run = RunData.open(folder);
        return run.folder().locked(() -> write(run));
    }

    private static Written write(RunData run) {
        double[] scales = MapFigures.scales(run);
        Map<String, Figure> figures = draw(run, scales);
        run.folder().requireStillThere();
        List<Path> pictures = figures.values().stream().map(f -> f.writeTo(run.folder().file("figures"))).toList();
        List<Path> maps = maps(run, scales);
        run.folder().requireStillThere();
        return new Written(pictures, maps, Report.write(run, figures));
    }

    /** The figures that this run has data for, by file name. */
    static Map<String, Figure> draw(RunData run, double[] scales) {
        long seed = run.info().seed();
        List<Figure> figures = new ArrayList<>();
        Table losses = Tables.read(run.folder().file("losses.csv"), "train",
                List.of("step", "D_loss", "G_loss", "D_real", "D_fake"));
        figures.add(TrainingFigures.losses(losses, seed));
        List<Sample> samples = chosen(Sample.readAll(run.folder().file("samples")));
        if (!samples.isEmpty()) figures.add(TrainingFigures.samples(samples, seed));
        Path frames = run.folder().file("mapping/frames.npz");
        if (Files.exists(frames)) {
            MappingFigures.Frames recorded = MappingFigures.Frames.read(frames,
                    run.folder().file("mapping/frames.csv"));
            figures.add(MappingFigures.strips(recorded, seed));
            figures.add(MappingFigures.descent(recorded, seed));
        }
        figures.add(ScoreFigures.densities(run.patchScores(), run.scanScores(), seed));
        RocFigures.patches(run.patchScores(), run.analysis(), seed).ifPresent(figures::add);
        RocFigures.scans(run.scanScores(), run.analysis(), seed).ifPresent(figures::add);
        ScoreFigures.classes(run.scanScores(), run.analysis(), Score.A.of(Aggregate.MEAN), seed)
                .ifPresent(figures::add);
        if (!run.analysis().scans().isEmpty()) figures.add(ScoreFigures.trivial(run.analysis(), seed));
        MapFigures.heatmaps(run, scales).ifPresent(figures::add);
        PixelFigures.roc(run, seed).ifPresent(figures::add);
        VolumeFigures volumes = new VolumeFigures(run);
        volumes.slices().ifPresent(figures::add);
        volumes.maps(scales).ifPresent(figures::add);
        figures.addAll(PaperFigures.draw(run));
        Map<String, Figure> byName = new LinkedHashMap<>();
        figures.forEach(f -> byName.put(f.file(), f));
        return byName;
    }

    private static List<Path> maps(RunData run, double[] scales) {
        List<Integer> scans = Stream.concat(run.mapped(Split.VALIDATION).stream(), run.mapped(Split.TEST).stream())
                .toList();
        try (Progress bar = Progress.start("draw maps", scans.size(), "scan")) {
            return scans.parallelStream().map(scan -> {
                run.folder().requireStillThere();
                Path written = MapFigures.write(run, scan, scales);
                bar.step();
                return written;
            }).toList();
        }
    }

    /** The first grid after the untrained one, the middle and the last. */
    private static List<Sample> chosen(List<Sample> samples) {
        List<Sample> trained = samples.size() > 1 ? samples.subList(1, samples.size()) : samples;   // before any training: plain grey
        return trained.isEmpty() ? List.of()
                : Stream.of(0, trained.size() / 2, trained.size() - 1).distinct().map(trained::get).toList();
    }
}
