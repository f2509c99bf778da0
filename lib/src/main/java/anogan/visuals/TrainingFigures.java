package anogan.visuals;

import anogan.UserError;
import anogan.dcgan.HeldOutCurve;
import anogan.dcgan.HeldOutCurve.Row;
import anogan.io.ErrorText;
import anogan.io.Tables;
import anogan.statistics.Interval;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;

/** How training went: the game between G and D in numbers, and what G could draw at which step. */
public final class TrainingFigures {
    private TrainingFigures() {}

    /** A grid of generated patches from the fixed noise, as the trainer saved it after {@code step} steps. */
    public record Sample(int step, BufferedImage grid) {
        private static final Pattern NAME = Pattern.compile("step-(\\d{6,9})\\.png");

        /** All grids of a run's folder {@code samples}, by step; none if there is no such folder. */
        public static List<Sample> readAll(Path folder) {
            if (!Files.isDirectory(folder)) return List.of();
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(f -> NAME.matcher(f.getFileName().toString())).filter(Matcher::matches)
                        .sorted(Comparator.comparing(m -> Integer.valueOf(m.group(1))))
                        .map(m -> new Sample(Integer.parseInt(m.group(1)), read(folder.resolve(m.group())))).toList();
            } catch (IOException e) {
                throw UserError.failure(e, "Cannot look into %s: %s. Make it readable.", folder, ErrorText.of(e));
            }
        }

        private static BufferedImage read(Path file) {
            try {
                BufferedImage image = ImageIO.read(file.toFile());
                if (image == null) throw new IOException("it is not an image");
                return image;
            } catch (IOException | RuntimeException e) {   // the JDK's readers throw all sorts of exceptions
                throw UserError.failure(e, "Cannot read %s: %s. Delete it and run stage figures again.", file,
                        ErrorText.of(e));
            }
        }
    }

    /**
     * Both losses, and D's verdicts on real and generated patches, step by step.
     *
     * @param losses columns step, D_loss, G_loss, D_real, D_fake
     * @param seed   of the training
     */
    public static Figure losses(Table losses, long seed) {
        double[] step = Tables.numbers(losses, "step");
        int window = Math.max(1, step.length / 40);
        XYChart left = Charts.chart("Losses", "step", "cross-entropy", Style.WIDTH / 2, 360);
        XYChart right = Charts.chart("Verdicts of D", "step", "mean probability of \"real\"", Style.WIDTH / 2, 360);
        double last = step.length == 0 ? 1 : Math.max(1, step[step.length - 1]);
        Charts.range(left, 0, last, 0, Math.max(top(losses, "D_loss"), top(losses, "G_loss")));
        Charts.range(right, 0, last, 0, 1);
        draw(left, losses, window, "D_loss", "G_loss");
        draw(right, losses, window, "D_real", "D_fake");
        Charts.rule(right, "undecided", 0, 0.5, last, 0.5, Style.MUTED);
        BufferedImage image = Sheets.row(0, List
                .of(Sheets.column(0, legend("D_loss", "discriminator D", "G_loss", "generator G"), Charts.render(left)),
                        Sheets.column(0,
                                legend("D_real", "on real patches, D(x)", "D_fake", "on generated ones, D(G(z))"),
                                Charts.render(right))));
        return new Figure("losses.png", "Training", Format.of("""
                %s training steps, seed %d; pale: each step, strong: mean of %d neighbouring steps. Good: \
                neither loss runs away, and D stays between the extremes: above ½ on real and below ½ on \
                generated patches. D at 1 and 0 throughout means that D has won and G learns nothing more.""",
                Format.count((long) last), seed, window), image);
    }

    /**
     * The mapping loss of normals that the pair learned from and of those that it never saw, at the same steps; a ring
     * where the latter is lowest.
     *
     * @param  curve of the training
     * @return       empty without two rows
     */
    public static Optional<Figure> heldOut(HeldOutCurve curve, long seed) {
        List<Row> rows = curve.rows();
        if (rows.size() < 2) return Optional.empty();
        double[] step = rows.stream().mapToDouble(Row::step).toArray();
        double[] train = rows.stream().mapToDouble(Row::trainLoss).toArray();
        double[] heldOut = rows.stream().mapToDouble(Row::heldOutLoss).toArray();
        // what the first rows are above the others is cut off, so that the end can be read
        double[] all = DoubleStream.concat(Arrays.stream(train), Arrays.stream(heldOut)).sorted().toArray();
        double span = Math.max(1e-3 * all[0], Interval.quantile(all, 0.7) - all[0]);
        XYChart chart = Charts.chart("Normals, seen and unseen", "step", "mean mapping loss", Style.WIDTH, 360);
        Charts.range(chart, step[0], step[step.length - 1], all[0] - 0.15 * span, all[0] + 1.6 * span);
        Charts.line(chart, "train", step, train, Style.TRAIN, 2.4f);
        Charts.line(chart, "held out", step, heldOut, Style.NORMAL, 2.4f);
        Row lowest = curve.lowest().orElseThrow();
        Row end = rows.get(rows.size() - 1);
        Charts.ring(chart, "lowest", lowest.step(), lowest.heldOutLoss(), Style.INK);
        BufferedImage legend = Legend.strip(
                List.of(Legend.Entry.line(Style.TRAIN, "learned from"), Legend.Entry.line(Style.NORMAL, "held out")),
                Style.WIDTH);
        String caption = Format.of("""
                Mean mapping loss of a fixed sample of normal patches after a short descent, seed %d: some of the \
                training scans, and as many of validation scans, which nothing is learned from. The latter is lowest \
                (ring) at step %s with %.1f; at step %s it is %.1f, %.1f %s the former. Good: both fall together. \
                A gap that widens is what the pair knows by heart. With best as option keep the ring is the model.""",
                seed, Format.count(lowest.step()), lowest.heldOutLoss(), Format.count(end.step()), end.heldOutLoss(),
                Math.abs(end.heldOutLoss() - end.trainLoss()), end.heldOutLoss() < end.trainLoss() ? "below" : "above");
        return Optional.of(
                new Figure("heldout.png", "Held-out normals", caption, Sheets.column(0, legend, Charts.render(chart))));
    }

    /**
     * The first, a middle and the last sample grid.
     *
     * @param samples at least one
     */
    public static Figure samples(List<Sample> samples, long seed) {
        TreeSet<Integer> chosen = new TreeSet<>(List.of(0, samples.size() / 2, samples.size() - 1));
        ImageGrid grid = new ImageGrid(List.of(), (Style.WIDTH - 16) / 3, 0, true);
        List<ImageGrid.Tile> tiles = new ArrayList<>();
        for (int i : chosen)
            tiles.add(new ImageGrid.Tile(samples.get(i).grid, "step " + Format.count(samples.get(i).step)));
        return new Figure("samples.png", "What G draws", Format.of("""
                Generated patches from the same noise, seed %d, as training went on. Good: layers as in a \
                healthy retina, all different from each other. Many look-alikes mean that G has collapsed; a \
                checkerboard, that it was stopped too early.""", seed), grid.row(List.of(), tiles).draw());
    }

    /** Above almost all values: the first steps may be tenfold and are cut off, so that the rest can be read. */
    private static double top(Table losses, String column) {
        double[] sorted = Arrays.stream(Tables.numbers(losses, column)).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? 1 : Math.max(1e-6, 1.15 * Interval.quantile(sorted, 0.995));
    }

    private static void draw(XYChart chart, Table losses, int window, String... columns) {
        double[] step = Tables.numbers(losses, "step");
        if (step.length == 0) return;
        for (String c : columns)
            Charts.line(chart, c + ", each step", step, Tables.numbers(losses, c), Style.tint(colour(c), 0.3), 1);
        for (String c : columns)
            Charts.line(chart, c, step, smooth(Tables.numbers(losses, c), window), colour(c), 2.4f);
    }

    private static BufferedImage legend(String firstColumn, String first, String secondColumn, String second) {
        return Legend.strip(
                List.of(Legend.Entry.line(colour(firstColumn), first), Legend.Entry.line(colour(secondColumn), second)),
                Style.WIDTH / 2);
    }

    /** Whatever concerns real patches or D is blue; generated patches and G are the purple of no other cohort. */
    private static Color colour(String column) {
        return column.equals("D_loss") || column.equals("D_real") ? Style.NORMAL : new Color(0xAA4499);
    }

    /** Centred mean over so many neighbours, fewer at the ends; numbers that are none are left out. */
    static double[] smooth(double[] y, int window) {
        double[] smooth = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            int n = 0;
            for (int j = Math.max(0, i - window / 2); j <= Math.min(y.length - 1, i + window / 2); j++) {
                if (!Double.isFinite(y[j])) continue;
                sum += y[j];
                n++;
            }
            smooth[i] = n == 0 ? Double.NaN : sum / n;
        }
        return smooth;
    }
}
