package anogan.visuals;

import anogan.Progress;
import anogan.Tables;
import anogan.UserError;
import anogan.data.Split;
import anogan.visuals.TrainingFigures.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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
    private static final Pattern SAMPLE = Pattern.compile("step-(\\d+)\\.png");

    private Figures() { }

    /** The files that were written: figures, one map per scan, and the report. */
    public record Written(List<Path> figures, List<Path> maps, Path report) { }

    /** @throws UserError if the run is not finished (naming the command to run first), a file is damaged, or it cannot be written */
    public static Written write(Path folder) {
        Style.requireFonts();
        RunData run = RunData.open(folder);
        double[] scales = MapFigures.scales(run);
        Map<String, Figure> figures = draw(run, scales);
        List<Path> pictures = figures.values().stream().map(f -> f.writeTo(run.folder().file("figures"))).toList();
        List<Path> maps = maps(run, scales);
        return new Written(pictures, maps, Report.write(run, figures));
    }

    /** The figures that this run has data for, by file name. */
    static Map<String, Figure> draw(RunData run, double[] scales) {
        long seed = run.info().seed();
        List<Figure> figures = new ArrayList<>();
        Table losses = Tables.read(run.folder().file("losses.csv"), "train", List.of("step", "D_loss", "G_loss", "D_real", "D_fake"));
        figures.add(TrainingFigures.losses(losses, seed));
        List<Sample> samples = samples(run.folder().file("samples"));
        if (!samples.isEmpty()) figures.add(TrainingFigures.samples(samples, seed));
        Path frames = run.folder().file("mapping/frames.npz");
        if (Files.exists(frames)) {
            MappingFigures.Frames recorded = MappingFigures.Frames.read(frames, run.folder().file("mapping/frames.csv"));
            figures.add(MappingFigures.strips(recorded, seed));
            figures.add(MappingFigures.descent(recorded, seed));
        }
        figures.add(ScoreFigures.densities(run.patchScores(), run.scanScores(), seed));
        RocFigures.patches(run.patchScores(), run.analysis(), seed).ifPresent(figures::add);
        RocFigures.scans(run.scanScores(), run.analysis(), seed).ifPresent(figures::add);
        ScoreFigures.classes(run.scanScores(), run.analysis(), "A_mean", seed).ifPresent(figures::add);
        if (!run.analysis().scans().isEmpty()) figures.add(ScoreFigures.trivial(run.analysis(), seed));
        MapFigures.heatmaps(run, scales).ifPresent(figures::add);
        PixelFigures.roc(run, seed).ifPresent(figures::add);
        Map<String, Figure> byName = new LinkedHashMap<>();
        figures.forEach(f -> byName.put(f.file(), f));
        return byName;
    }

    private static List<Path> maps(RunData run, double[] scales) {
        List<Integer> scans = Stream.concat(run.mapped(Split.VALIDATION).stream(), run.mapped(Split.TEST).stream()).toList();
        try (Progress bar = Progress.start("draw maps", scans.size(), "scan")) {
            return scans.parallelStream().map(scan -> {
                Path written = MapFigures.write(run, scan, scales);
                bar.step();
                return written;
            }).toList();
        }
    }

    /** The sample grids in the order of their steps: the first, the middle and the last, which is all that is shown. */
    private static List<Sample> samples(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        TreeMap<Integer, Path> byStep = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(f -> {
                Matcher m = SAMPLE.matcher(f.getFileName().toString());
                if (m.matches()) byStep.put(Integer.parseInt(m.group(1)), f);
            });
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot look into %s: %s.", folder, e.getMessage());
        }
        if (byStep.size() > 1) byStep.remove(0);   // before any training: plain grey
        List<Integer> steps = List.copyOf(byStep.keySet());
        if (steps.isEmpty()) return List.of();
        return Stream.of(0, steps.size() / 2, steps.size() - 1).distinct().map(i -> new Sample(steps.get(i), read(byStep.get(steps.get(i))))).toList();
    }

    private static BufferedImage read(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) throw new IOException("it is not an image");
            return image;
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Delete it and run figures again.", file, e.getMessage());
        }
    }
}
