package anogan.visuals;

import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.Seeds;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.FrozenRun;
import anogan.scoring.Score;
import anogan.statistics.NormalThreshold;
import anogan.visuals.ExampleChoice.Choice;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Figure 1 of the paper with the pictures of a run: a scan is flattened and cut into patches, a GAN learns healthy
 * ones, and what it cannot draw of unseen ones is the anomaly.
 */
final class Framework {
    static final String FILE = "paper-1-framework.png";
    private static final Color GENERATED = new Color(0xAA4499);
    private static final int TILE = 64;        // points: whole pixels for each pixel of a patch of 32 or 64
    private static final int PITCH = TILE + 4;
    private static final int LARGE = 224;      // likewise
    private static final int SAMPLES = 5;
    private static final int MIDDLE = 204;     // left edge of what is in the middle of it
    private static final int LOWER = 318;      // top of the lower panel

    private final RunData run;
    private final Patches patches;
    private final FrozenRun frozen;
    private final Canvas sketch;
    private final ExampleChoice choice;

    private Framework(RunData run, FrozenRun frozen, Canvas sketch) {
        this.run = run;
        patches = run.patches();
        this.frozen = frozen;
        this.sketch = sketch;
        choice = new ExampleChoice(run);
    }

    /** Empty without a healthy scan that was not trained on, or without anomalous test scans. */
    static Optional<Figure> draw(RunData run, FrozenRun frozen) {
        Optional<Integer> healthy = middle(run, run.patches().scans(Split.VALIDATION))
                .or(() -> middle(run, normal(run)));
        Optional<Integer> ill = middle(run, masked(run)).or(() -> middle(run, anomalous(run)));
        if (healthy.isEmpty() || ill.isEmpty()) return Optional.empty();
        BufferedImage sheet = Style.sheet(Style.WIDTH, LOWER + 310);
        Canvas sketch = new Canvas(sheet);
        Framework figure = new Framework(run, frozen, sketch);
        figure.preprocessing(healthy.get());
        figure.training();
        figure.identifying(ill.get());
        sketch.close();
        return Optional.of(new Figure(FILE, "The paper's Figure 1", figure.caption(healthy.get(), ill.get()), sheet));
    }

    private String caption(int healthy, int ill) {
        String unseen = oneImageOnePatch() ? "unseen normal and anomalous images, at even steps of their rankings by A,"
                : "scan %s, of median score among the %s test scans,".formatted(run.scan(ill).scan(),
                        run.scan(ill).masked() ? "annotated" : "anomalous");
        return """
                The way of this run, seed %d: scan %s, which was not trained on%s; %d patches of training scans by lot, %d samples of G; %s with the residual in red and \
                A below each patch, bold where it is above the threshold of validation normals. Arrows point at %s. Good: samples look like patches, and red gathers \
                on what is anomalous. Unlike the paper, all pictures are of one run, and a rule chose them."""
                .formatted(run.info().seed(), run.scan(healthy).scan(),
                        patches.options().flatten() ? ", with its two boundaries and its strip" : "", SAMPLES, SAMPLES,
                        unseen, run.scan(ill).masked() ? "the largest annotated regions (light blue)"
                                : "the strongest residual, since nothing is annotated");
    }

    /** Photographs, digits: a scan is no strip of many patches, but a patch itself. */
    private boolean oneImageOnePatch() {
        return patches.stripWidth() == patches.options().size();
    }

    private static List<Integer> normal(RunData run) {
        return run.patches().scans(Split.TEST).stream().filter(i -> run.scan(i).normal()).toList();
    }

    private static List<Integer> anomalous(RunData run) {
        return run.patches().scans(Split.TEST).stream().filter(i -> !run.scan(i).normal()).toList();
    }

    private static List<Integer> masked(RunData run) {
        return anomalous(run).stream().filter(i -> run.scan(i).masked()).toList();
    }

    /** The scan of median score. */
    private static Optional<Integer> middle(RunData run, List<Integer> scans) {
        List<Integer> scored = run.ranked(scans, Score.A.of(Aggregate.MEAN));
        return scored.isEmpty() ? Optional.empty() : Optional.of(scored.get(scored.size() / 2));
    }

    private void preprocessing(int scan) {
        sketch.panel("Preprocessing", 0, 0, 352, 300);
        boolean flattened = patches.options().flatten();
        float[] pixels = patches.scanImage(scan).pixels();
        int height = run.scan(scan).height();
        int width = run.scan(scan).width();
        BufferedImage picture = Heat.grey(pixels, height, width);
        int factor = width < 700 ? 2 : 1;
        if (flattened) picture = Heat.traced(picture, factor, Edges.of(patches.scanRetina(scan), height, width),
                List.of(Color.YELLOW, Color.CYAN));
        Rectangle2D place = sketch.fitted(picture, 16, 58, 320, 124);
        sketch.words(flattened ? "normal scan, its two boundaries" : "normal image", 16, 50, Style.MUTED);
        sketch.arrow(place.getCenterX(), place.getMaxY() + 4, place.getCenterX(), place.getMaxY() + 24);
        Rectangle2D strip = sketch.fitted(Heat.grey(patches.strip(scan), patches.stripHeight(), patches.stripWidth()),
                16, 236, 320, 52);
        sketch.words(flattened ? "flattened strip, cut into patches" : "resized to a patch", 16, 228, Style.MUTED);
        sketch.grid(strip, strip.getWidth() * patches.options().size() / patches.stripWidth());
    }

    private void training() {
        int left = 376;
        sketch.panel("Training the GAN", left, 0, Style.WIDTH - left, 300);
        int tiles = left + 164;
        sketch.words("patches x of normal scans", tiles, 50, Style.MUTED);
        List<Patch> real = real();
        for (int i = 0; i < real.size(); i++)
            tile(Heat.patch(frozen.query(real.get(i)), 0, patches.options().size()), tiles + i * PITCH, 58);
        sketch.words("samples G(z)", tiles, 188, Style.MUTED);
        List<float[]> samples = frozen.samples(SAMPLES, run.info().seed());
        for (int i = 0; i < SAMPLES; i++)
            tile(Heat.patch(samples.get(i), 0, patches.options().size()), tiles + i * PITCH, 196);
        sketch.arrow(354, 90, tiles - 6, 90);
        sketch.box("z", left + 16, 208, 40, 40, Style.tint(GENERATED, 0.25));
        sketch.arrow(left + 58, 228, left + 86, 228);
        sketch.box("G", left + 88, 198, 56, 60, Style.tint(GENERATED, 0.45));
        sketch.arrow(left + 146, 228, tiles - 6, 228);
        int end = tiles + SAMPLES * PITCH;
        int d = end + 40;
        sketch.box("D", d, 129, 56, 60, Style.tint(Style.NORMAL, 0.45));
        sketch.arrow(end + 2, 90, d + 10, 126);
        sketch.arrow(end + 2, 228, d + 10, 192);
        sketch.arrow(d + 58, 159, d + 80, 159);
        sketch.words("real?", d + 86, 164, Style.MUTED);
    }

    /** Patches of training scans, by lot, at any place. */
    private List<Patch> real() {
        SplittableRandom random = Seeds.random(run.info().seed(), "framework");
        List<Integer> scans = patches.scans(Split.TRAIN);
        int free = patches.stripWidth() - patches.options().size() + 1;
        return IntStream.range(0, SAMPLES)
                .mapToObj(
                        i -> new Patch(scans.get(random.nextInt(scans.size())), 0, random.nextInt(free), Label.NORMAL))
                .toList();
    }

    private void identifying(int scan) {
        sketch.panel("Identifying anomalies", 0, LOWER, Style.WIDTH, 310);
        sketch.arrow(Style.WIDTH / 2.0 + 100, 302, Style.WIDTH / 2.0 + 100, LOWER - 2);
        List<Choice> normal = choice.normal(3);
        unseen("normal", normal, 16, Style.NORMAL);
        unseen("anomalous", choice.anomalous(3), 16 + PITCH + 8, Style.ANOMALOUS);
        sketch.arrow(166, LOWER + 160, 194, LOWER + 160);
        List<Example> examples = Example.of(frozen, queries(scan));
        double scale = Example.scale(
                Example.of(frozen, normal.isEmpty() ? queries(scan) : normal.stream().map(Choice::patch).toList()));
        sketch.words(oneImageOnePatch() ? "unseen images" : "unseen scan", MIDDLE, LOWER + 50, Style.MUTED);
        Rectangle2D grey = sketch.fitted(strip(examples.stream().map(Example::picture).toList()), MIDDLE, LOWER + 58,
                512, 90);
        sketch.arrow(grey.getCenterX(), grey.getMaxY() + 6, grey.getCenterX(), grey.getMaxY() + 32);
        sketch.words("residual |x − G(z)| over each patch x", MIDDLE, LOWER + 186, Style.MUTED);
        Rectangle2D red = sketch.fitted(strip(examples.stream().map(e -> e.overlay(scale)).toList()), MIDDLE,
                LOWER + 194, 512, 90);
        sketch.grid(red, red.getWidth() / examples.size());
        scores(examples, red);
        enlarged(examples, scale, red);
    }

    /**
     * The patches of a scan side by side; of images that are patches themselves four normal and four anomalous ones.
     */
    private List<Patch> queries(int scan) {
        if (oneImageOnePatch())
            return Stream.concat(choice.normal(4).stream(), choice.anomalous(4).stream()).map(Choice::patch).toList();
        int size = patches.options().size();
        return IntStream.range(0, patches.stripWidth() / size)
                .mapToObj(i -> new Patch(scan, 0, i * size, Label.UNKNOWN)).toList();
    }

    private static BufferedImage strip(List<BufferedImage> tiles) {
        int size = tiles.get(0).getWidth();
        BufferedImage strip = new BufferedImage(tiles.size() * size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = strip.createGraphics();
        for (int i = 0; i < tiles.size(); i++) g.drawImage(tiles.get(i), i * size, 0, null);
        g.dispose();
        return strip;
    }

    private void unseen(String name, List<Choice> choices, int x, Color colour) {
        sketch.centred(name, x + TILE / 2.0, LOWER + 50, colour, false);
        for (int i = 0; i < choices.size(); i++) {
            Rectangle2D place = new Rectangle2D.Double(x, LOWER + 58 + i * PITCH, TILE, TILE);
            sketch.picture(Heat.patch(frozen.query(choices.get(i).patch()), 0, patches.options().size()), place);
            sketch.frame(place, colour, 2);
        }
    }

    private void scores(List<Example> examples, Rectangle2D strip) {
        double lambda = frozen.options().mapping().loss().lambda();
        Optional<NormalThreshold> threshold = run.threshold(Score.A);
        sketch.words("A", (int) strip.getX() - 18, (int) strip.getMaxY() + 20, Style.MUTED);
        for (int i = 0; i < examples.size(); i++) {
            double a = examples.get(i).mapped().anomaly(lambda);
            boolean flagged = threshold.isPresent() && threshold.get().flags(a);
            sketch.centred(String.format(Locale.ROOT, "%.0f", a),
                    strip.getX() + (i + 0.5) * strip.getWidth() / examples.size(), strip.getMaxY() + 20,
                    flagged ? Style.ANOMALOUS : Style.MUTED, flagged);
        }
    }

    /**
     * The patch with most annotated pixels or, without any, of those not known to be normal the one of highest residual
     * score.
     */
    private void enlarged(List<Example> examples, double scale, Rectangle2D strip) {
        Comparator<Example> byMask = Comparator.comparing(e -> RocFigures.count(Example.mask(patches, e.patch())));
        int chosen = examples.indexOf(examples.stream().max(
                byMask.thenComparing(e -> e.patch().label() != Label.NORMAL).thenComparing(e -> e.mapped().residual()))
                .orElseThrow());
        Example e = examples.get(chosen);
        boolean[] mask = Example.mask(patches, e.patch());
        int left = 784;
        int top = LOWER + 58;
        sketch.words("one patch, enlarged", left, LOWER + 50, Style.MUTED);
        double zoom = (double) LARGE / e.size();
        Rectangle2D large = new Rectangle2D.Double(left, top, LARGE, LARGE);
        sketch.picture(Heat.outlined(e.overlay(scale), mask, (int) Math.round(Style.SCALE * zoom), 0.45f), large);
        double width = strip.getWidth() / examples.size();
        sketch.frame(new Rectangle2D.Double(strip.getX() + chosen * width, strip.getY(), width, strip.getHeight()),
                Style.ANOMALOUS, 3);
        sketch.frame(large, Style.ANOMALOUS, 3);
        sketch.arrow(strip.getMaxX() + 8, strip.getCenterY(), left - 8, strip.getCenterY());
        List<int[]> targets = RocFigures.count(mask) > 0 ? Arrows.annotated(mask, e.size())
                : Arrows.strongest(e.residual(), e.size());
        Arrows.draw(sketch, targets, e.size(), left, top, zoom);
    }

    private void tile(BufferedImage picture, int x, int y) {
        sketch.picture(picture, new Rectangle2D.Double(x, y, TILE, TILE));
    }
}
