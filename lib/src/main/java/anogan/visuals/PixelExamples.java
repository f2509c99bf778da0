package anogan.visuals;

import anogan.scans.Label;
import anogan.scoring.FrozenRun;
import anogan.scoring.Score;
import anogan.visuals.ExampleChoice.Block;
import anogan.visuals.ExampleChoice.Choice;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Figure 3 of the paper for a run: patches, what G made of them, the residual over them with bars where the scores R
 * and D flag the patch, and what is annotated. Blocks of columns: normal training patches, normal test patches,
 * anomalous ones, and one of a lesion that nobody annotated.
 */
final class PixelExamples {
    static final String FILE = "paper-3-pixels.png";
    private static final int TILE = 96;              // points: whole pixels for each pixel of a patch of 32 or 64
    private static final int BAR = 4;
    private static final int PLACE = TILE + 2 + BAR + 1 + BAR;
    private static final int WORDS = 18;
    private static final int HEAD = 28;
    private static final int BETWEEN = 7;

    private PixelExamples() {}

    /** Empty where the run has patches of one kind only. */
    static Optional<Figure> draw(RunData run, FrozenRun frozen) {
        ExampleChoice choice = new ExampleChoice(run);
        List<Block> blocks = choice.blocks();
        if (blocks.size() < 2) return Optional.empty();
        List<Example> examples = Example.of(frozen,
                blocks.stream().flatMap(b -> b.choices().stream()).map(Choice::patch).toList());
        List<Example> normal = examples.stream().filter(e -> e.patch().label() == Label.NORMAL).toList();
        double scale = Example.scale(normal.isEmpty() ? examples : normal);
        int steps = frozen.options().mapping().steps();
        List<BufferedImage> drawn = new ArrayList<>(List.of(words(choice.masks())));
        int at = 0;
        for (Block b : blocks) {
            drawn.add(block(run, b, examples.subList(at, at + b.choices().size()), scale, choice.masks()));
            at += b.choices().size();
        }
        BufferedImage image = Sheets.column(12, Sheets.row(BETWEEN, drawn), legend(run, scale, choice.masks()));
        return Optional
                .of(new Figure(FILE, "The paper's Figure 3", caption(run, blocks, steps, choice.masks()), image));
    }

    private static String caption(RunData run, List<Block> blocks, int steps, boolean masks) {
        String annotated = masks
                ? ", among annotated ones of those with %s of their pixels annotated or more"
                        .formatted(Names.percent(ExampleChoice.IN_SIGHT))
                : "";
        String unlabelled = blocks.stream().anyMatch(b -> b.head().equals(ExampleChoice.UNLABELLED))
                ? "; of classes that nobody annotated, two of the scans' worst patches"
                : "";
        String flags = run.threshold(Score.R).map(
                t -> "A bar says that the score is above what %s validation normals allow for %s of false positives."
                        .formatted(Names.count(t.normals()), Names.percent(t.targetFpr())))
                .orElse("There are no bars, since there are no validation normals to set thresholds.");
        return """
                %d patches, Γ = %d, seed %d, chosen by rule: of each kind those at even steps of the ranking by A%s%s. %s Full red: above 99.5 %% of the pixels of \
                the normal patches shown. Good: G draws every query but for what is anomalous; red and bars are on lesions, annotated or not, and nowhere else. \
                Unlike the paper, nobody picked the patches."""
                .formatted(blocks.stream().mapToInt(b -> b.choices().size()).sum(), steps, run.info().seed(), annotated,
                        unlabelled, flags);
    }

    private static BufferedImage legend(RunData run, double scale, boolean masks) {
        List<Legend.Entry> entries = new ArrayList<>();
        if (run.threshold(Score.R).isPresent())
            entries.add(Legend.Entry.box(Style.score(Score.R), "flagged by " + Score.R.title()));
        if (run.threshold(Score.D).isPresent())
            entries.add(Legend.Entry.box(Style.score(Score.D), "flagged by " + Score.D.title()));
        if (masks) entries.add(Legend.Entry.box(Style.OUTLINE, "annotated"));
        int bar = 460;
        return Sheets.row(0,
                List.of(Legend.strip(entries, Style.WIDTH - bar), Heat.redBar("residual |x − G(z)|", scale, bar)));
    }

    /** The rows' names, upwards at their left edge. */
    private static BufferedImage words(boolean masks) {
        BufferedImage sheet = Style.sheet(WORDS, HEAD + 4 * (TILE + ImageGrid.GAP));
        Graphics2D g = Style.pen(sheet);
        g.setFont(Style.bold());
        g.rotate(-Math.PI / 2);
        List<String> rows = List.of("query x", "G(z)", "residual", "annotated");
        for (int i = 0; i < (masks ? 4 : 3); i++) {
            double middle = HEAD + i * (TILE + ImageGrid.GAP) + TILE / 2.0;
            g.drawString(rows.get(i), (float) (-middle - g.getFontMetrics().stringWidth(rows.get(i)) / 2.0), 13);
        }
        g.dispose();
        return sheet;
    }

    private static BufferedImage block(RunData run, Block block, List<Example> examples, double scale, boolean masks) {
        int n = examples.size();
        ImageGrid grid = new ImageGrid(List.of(), PLACE, 0, true);
        grid.row(List.of(), examples.stream().map(e -> ImageGrid.Tile.of(tile(e.picture(), List.of()))).toList());
        grid.row(List.of(), examples.stream().map(e -> ImageGrid.Tile.of(tile(e.drawn(), List.of()))).toList());
        List<BufferedImage> overlays = IntStream.range(0, n)
                .mapToObj(i -> tile(examples.get(i).overlay(scale), bars(block.choices().get(i)))).toList();
        List<BufferedImage> truths = examples.stream().map(e -> truth(run, e)).toList();
        if (masks) grid.row(List.of(), overlays.stream().map(ImageGrid.Tile::of).toList());
        grid.row(List.of(), IntStream.range(0, n).mapToObj(
                i -> ImageGrid.Tile.of(named((masks ? truths : overlays).get(i), className(block.choices().get(i)))))
                .toList());
        return Sheets.column(0, head(block.head(), n * (PLACE + ImageGrid.GAP) - ImageGrid.GAP), grid.draw());
    }

    /** Words over a line that spans the block's columns. */
    private static BufferedImage head(String words, int width) {
        BufferedImage head = Style.sheet(width, HEAD);
        Graphics2D g = Style.pen(head);
        g.setFont(Style.bold());
        g.drawString(Style.fit(words, g.getFont(), width), 0, 15);
        g.setColor(Style.RULE);
        g.fill(new Rectangle2D.Float(0, 21, width - PLACE + TILE, 2));
        g.dispose();
        return head;
    }

    /** The class below anomalous patches alone. */
    private static String className(Choice c) {
        return c.patch().label() == Label.NORMAL ? "" : c.className();
    }

    private static List<Color> bars(Choice c) {
        List<Color> bars = new ArrayList<>();
        if (c.flaggedByR()) bars.add(Style.score(Score.R));
        if (c.flaggedByD()) bars.add(Style.score(Score.D));
        return bars;
    }

    /** A patch with hard pixels, and bars at its right side. */
    private static BufferedImage tile(BufferedImage patch, List<Color> bars) {
        BufferedImage place = Style.sheet(PLACE, TILE);
        Graphics2D g = Style.pen(place);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(patch, 0, 0, TILE, TILE, null);
        for (int i = 0; i < bars.size(); i++) {
            g.setColor(bars.get(i));
            g.fill(new Rectangle2D.Float(TILE + 2 + i * (BAR + 1), 0, BAR, TILE));
        }
        g.dispose();
        return place;
    }

    /** What is annotated, over the darkened query; words where nobody knows. */
    private static BufferedImage truth(RunData run, Example e) {
        boolean[] mask = Example.mask(run.patches(), e.patch());
        float[] grey = Heat.greyLevels(e.query(), 0, e.size());
        BufferedImage image = new BufferedImage(e.size(), e.size(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < mask.length; i++) {
            int level = Math.round(0.4f * grey[i]);
            image.setRGB(i % e.size(), i / e.size(),
                    mask[i] ? Style.OUTLINE.getRGB() : level << 16 | level << 8 | level);
        }
        BufferedImage tile = tile(image, List.of());
        Graphics2D g = Style.pen(tile);
        g.setColor(Color.WHITE);
        if (e.patch().label() == Label.UNKNOWN) centred(g, "unknown", TILE / 2 + 5);
        g.dispose();
        return tile;
    }

    /** The tile with a name below it. */
    private static BufferedImage named(BufferedImage tile, String name) {
        BufferedImage named = Sheets.column(0, tile, Style.sheet(PLACE, 22));
        Graphics2D g = Style.pen(named);
        centred(g, Style.fit(name, g.getFont(), PLACE), TILE + 18);
        g.dispose();
        return named;
    }

    private static void centred(Graphics2D g, String text, int y) {
        g.drawString(text, Math.max(0, (TILE - g.getFontMetrics().stringWidth(text)) / 2f), y);
    }
}
