package anogan.visuals;

import anogan.scans.Label;
import anogan.scoring.Score;
import anogan.statistics.Examples;
import anogan.statistics.Examples.Example;
import anogan.statistics.MapScale;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Figure 3 of the paper for a run: patches, what G made of them, the residual over them with bars where the scores R
 * and D flag the patch, and what is annotated. Blocks of columns: normal training patches, normal test patches,
 * anomalous ones, and one of a lesion that nobody annotated.
 */
final class PixelExamples {
    static final String FILE = "paper-3-pixels.svg";
    private static final int TILE = 96;        // points: whole pixels for each pixel of a patch of 32 or 64
    private static final int PITCH = TILE + 16;
    private static final int BETWEEN = 6;      // blocks
    private static final int ROW = TILE + 8;
    private static final int TOP = 28;
    private static final int LEFT = 24;

    private final RunData run;
    private final Examples examples;
    private final boolean masks;
    private final double scale;
    private final StringBuilder body = new StringBuilder();

    private PixelExamples(RunData run, Examples examples) {
        this.run = run;
        this.examples = examples;
        masks = run.annotated();
        List<Example> shown = examples.index().kinds().stream().flatMap(k -> examples.of(k).stream()).toList();
        List<Example> normal = shown.stream().filter(e -> e.patch().label() == Label.NORMAL).toList();
        scale = scale(normal.isEmpty() ? shown : normal);
    }

    /** Empty where the run has patches of one kind only. */
    static Optional<Figure> draw(RunData run, Examples examples) {
        if (examples.index().kinds().size() < 2) return Optional.empty();
        return Optional.of(new PixelExamples(run, examples).figure());
    }

    private Figure figure() {
        List<String> rows = new ArrayList<>(List.of("query x", "G(z)", "residual"));
        if (masks) rows.add("annotated");
        for (int i = 0; i < rows.size(); i++)
            body.append(Format.of("<text class=\"bold middle\" transform=\"translate(13 %d) rotate(-90)\">%s</text>%n",
                    TOP + i * ROW + TILE / 2, rows.get(i)));
        int x = LEFT;
        for (String kind : examples.index().kinds()) x = block(kind, x);
        int legend = TOP + rows.size() * ROW + 26;
        body.append(Svg.picture(legend(), 0, legend, Style.WIDTH, 28, ""));
        return new Figure(FILE, "The paper's Figure 3", caption(),
                new Figure.Drawing(Svg.page(Style.WIDTH, legend + 32, body.toString()), Style.WIDTH));
    }

    /** The patches of a kind under their head; returns where the next block begins. */
    private int block(String kind, int left) {
        List<Example> shown = examples.of(kind);
        int width = shown.size() * PITCH - PITCH + TILE;
        body.append(Svg.text(Style.fit(kind, Style.bold(), width), left, 15, "bold"))
                .append(Format.of("<rect class=\"rule\" x=\"%d\" y=\"21\" width=\"%d\" height=\"2\"/>%n", left, width));
        for (int i = 0; i < shown.size(); i++) column(shown.get(i), left + i * PITCH);
        return left + shown.size() * PITCH + BETWEEN;
    }

    private void column(Example e, int x) {
        List<BufferedImage> tiles = new ArrayList<>(List.of(query(e), grey(e.generated()), residual(e, scale)));
        if (masks) tiles.add(truth(e));
        for (int i = 0; i < tiles.size(); i++) body.append(Svg.patch(tiles.get(i), x, TOP + i * ROW, TILE));
        List<Score> bars = Stream.of(Score.R, Score.D).filter(e.flags()::contains).toList();
        for (int i = 0; i < bars.size(); i++)
            body.append(Format.of("<rect x=\"%d\" y=\"%d\" width=\"4\" height=\"%d\" fill=\"%s\"/>%n",
                    x + TILE + 2 + 5 * i, TOP + 2 * ROW, TILE, Svg.hex(Style.score(bars.get(i)))));
        int middle = x + TILE / 2;
        if (masks && e.patch().label() == Label.UNKNOWN)
            body.append(Svg.text("unknown", middle, TOP + 3 * ROW + TILE / 2 + 5, "middle\" style=\"fill:#fff"));
        if (e.patch().label() != Label.NORMAL)
            body.append(Svg.text(Style.fit(run.scan(e.patch().scan()).className(), Style.text(), PITCH), middle,
                    TOP + tiles.size() * ROW + 12, "middle"));
    }

    private BufferedImage legend() {
        List<Legend.Entry> entries = new ArrayList<>();
        for (Score s : List.of(Score.R, Score.D)) if (examples.index().thresholds().containsKey(s))
            entries.add(Legend.Entry.box(Style.score(s), "flagged by " + s.title()));
        if (masks) entries.add(Legend.Entry.box(Style.OUTLINE, "annotated"));
        return Sheets.row(0,
                List.of(Legend.strip(entries, Style.WIDTH - 460), Heat.redBar("residual |x − G(z)|", scale, 460)));
    }

    private String caption() {
        String flags = Optional.ofNullable(examples.index().thresholds().get(Score.R))
                .map(t -> String.format(Locale.ROOT,
                        "A bar says that the score is above what %s normals allow for %s of false positives.",
                        Format.count(t.normals()), Format.percent(t.targetFpr())))
                .orElse("There are no bars, since there are no validation normals to set thresholds.");
        List<String> kinds = examples.index().kinds();
        return Format.of("""
                %d patches, Γ = %d, seed %d, chosen by rule: of each kind those at even steps of the ranking by \
                A%s%s. %s Full red: above 99.5 %% of the pixels of the normal patches shown. Good: G draws every \
                query but for what is anomalous; red and bars are on lesions, annotated or not, and nowhere else. \
                Unlike the paper, nobody picked the patches.""",
                kinds.stream().mapToInt(k -> examples.of(k).size()).sum(), examples.index().steps(), run.info().seed(),
                masks ? Format.of(", among annotated ones of those with %s of their pixels annotated or more",
                        Format.percent(Examples.IN_SIGHT)) : "",
                kinds.contains(Examples.UNLABELLED)
                        ? "; of classes that nobody annotated, two of the scans' worst patches"
                        : "",
                flags);
    }

    static BufferedImage query(Example e) {
        return grey(e.query());
    }

    /** A patch in [−1, 1] in grey. */
    static BufferedImage grey(float[] patch) {
        return Heat.patch(patch, 0, (int) Math.round(Math.sqrt(patch.length)));
    }

    /** The residual in red over x. */
    static BufferedImage residual(Example e, double scale) {
        return Heat.red(Heat.greyLevels(e.query(), 0, e.size()), e.residual(), e.size(), e.size(), scale);
    }

    /** The heat that is shown strongest: more than almost any pixel of these patches. */
    static double scale(List<Example> normal) {
        return MapScale.of(normal.stream().map(Example::residual).toList());
    }

    /** The query, dark, with its annotated pixels. */
    private BufferedImage truth(Example e) {
        boolean[] mask = run.mask(e.patch());
        float[] dark = Heat.greyLevels(e.query(), 0, e.size());
        for (int i = 0; i < dark.length; i++) dark[i] *= 0.4f;
        BufferedImage image = Heat.grey(dark, e.size(), e.size());
        for (int i = 0; i < mask.length; i++)
            if (mask[i]) image.setRGB(i % e.size(), i / e.size(), Style.OUTLINE.getRGB());
        return image;
    }
}
