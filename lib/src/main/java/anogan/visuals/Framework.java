package anogan.visuals;

import anogan.scans.Label;
import anogan.patches.Patches;
import anogan.scoring.Score;
import anogan.statistics.Examples;
import anogan.statistics.Examples.Example;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Figure 1 of the paper with the pictures of a run: a scan is flattened and cut into patches, a GAN learns healthy
 * ones, and what it cannot draw of unseen ones is the anomaly.
 */
final class Framework {
    static final String FILE = "paper-1-framework.svg";
    private static final String TEMPLATE = """
            <rect class="panel" width="352" height="300"/><text class="title" x="16" y="26">Preprocessing</text>
            <text class="words" x="16" y="50">{scanWords}</text>{scan}
            <path class="arrow" d="M176 186v22"/>
            <text class="words" x="16" y="228">{stripWords}</text>{strip}

            <rect class="panel" x="376" width="676" height="300"/>
            <text class="title" x="392" y="26">Training the GAN</text>
            <path class="arrow" d="M354 90H534"/>
            <text class="words" x="540" y="50">patches x of normal scans</text>{training}
            <rect x="392" y="208" width="40" height="40" rx="5" fill="#EAD0E6"/>
            <text class="title middle" x="412" y="234">z</text>
            <path class="arrow" d="M434 228h28"/>
            <rect x="464" y="198" width="56" height="60" rx="5" fill="#D9AAD2"/>
            <text class="title middle" x="492" y="234">G</text>
            <path class="arrow" d="M522 228h13"/>
            <text class="words" x="540" y="188">samples G(z)</text>{samples}
            <path class="arrow" d="M882 90L930 126"/><path class="arrow" d="M882 228L930 192"/>
            <rect x="920" y="129" width="56" height="60" rx="5" fill="#8CBFDC"/>
            <text class="title middle" x="948" y="165">D</text>
            <path class="arrow" d="M978 159h21"/><text class="words" x="1006" y="164">real?</text>

            <path class="arrow" d="M626 302v14"/>
            <rect class="panel" y="318" width="1052" height="310"/>
            <text class="title" x="16" y="344">Identifying anomalies</text>
            <text class="normal middle" x="48" y="368">normal</text>{normal}
            <text class="anomalous middle" x="124" y="368">anomalous</text>{anomalous}
            <path class="arrow" d="M166 478h28"/>
            <text class="words" x="204" y="368">{unseenWords}</text>{unseen}
            <path class="arrow" d="M460 446v36"/>
            <text class="words" x="204" y="504">residual |x − G(z)| over each patch x</text>{residual}
            <text class="words" x="186" y="596">A</text>{scores}
            <path class="arrow" d="M724 544h52"/>
            <text class="words" x="784" y="368">one patch, enlarged</text>{enlarged}
            <rect x="784" y="376" width="224" height="224" fill="none" stroke="#D55E00" stroke-width="3"/>
            """;
    private static final int TILE = 64;
    private static final int LARGE = 224;

    private final RunData run;
    private final Patches patches;
    private final Examples examples;
    private final List<Example> unseen;

    private Framework(RunData run, Examples examples) {
        this.run = run;
        patches = run.patches();
        this.examples = examples;
        unseen = examples.of(Examples.UNSEEN);
    }

    /** Empty without a healthy scan that was not trained on, or without anomalous test scans. */
    static Optional<Figure> draw(RunData run, Examples examples) {
        if (examples.of(Examples.HEALTHY).isEmpty() || examples.of(Examples.UNSEEN).isEmpty()) return Optional.empty();
        Framework figure = new Framework(run, examples);
        return Optional.of(new Figure(FILE, "The paper's Figure 1", figure.caption(),
                new Figure.Drawing(Svg.page(Style.WIDTH, 628, figure.body()), Style.WIDTH)));
    }

    private String caption() {
        boolean masked = run.scan(scan()).masked();
        String shown = oneImageOnePatch() ? "unseen normal and anomalous images, at even steps of their rankings by A,"
                : Format.of("scan %s, of median score among the %s test scans,", run.scan(scan()).scan(),
                        masked ? "annotated" : "anomalous");
        return Format.of("""
                The way of this run, seed %d: scan %s, which was not trained on%s; patches of training scans by lot, \
                samples of G; %s with the residual in red and A below each patch, bold where it is above the \
                threshold of normals. Arrows point at %s. Good: samples look like patches, and red gathers \
                on what is anomalous. Unlike the paper, all pictures are of one run, and a rule chose them.""",
                run.info().seed(), run.scan(healthy()).scan(),
                patches.options().flatten() ? ", with its two boundaries and its strip" : "", shown,
                masked ? "the largest annotated regions (light blue)"
                        : "the strongest residual, since nothing is annotated");
    }

    private int healthy() {
        return examples.of(Examples.HEALTHY).get(0).patch().scan();
    }

    /** Of images that are patches themselves the last one, which is anomalous. */
    private int scan() {
        return unseen.get(unseen.size() - 1).patch().scan();
    }

    /** Photographs, digits: a scan is no strip of many patches, but a patch itself. */
    private boolean oneImageOnePatch() {
        return patches.stripWidth() == patches.options().size();
    }

    private String body() {
        boolean flattened = patches.options().flatten();
        List<Example> normal = examples.of(Examples.NORMAL);
        double scale = PixelExamples.scale(normal.isEmpty() ? unseen : normal);
        int chosen = enlarged();
        return Svg
                .fill(TEMPLATE,
                        Map.ofEntries(
                                Map.entry("scanWords", flattened ? "normal scan, its two boundaries" : "normal image"),
                                Map.entry("scan", healthyScan(flattened)),
                                Map.entry("stripWords",
                                        flattened ? "flattened strip, cut into patches" : "resized to a patch"),
                                Map.entry("strip", Svg.picture(Heat.grey(patches.strip(healthy()),
                                        patches.stripHeight(), patches.stripWidth()), 16, 236, 320, 52,
                                        cuts(patches.stripWidth()))),
                                Map.entry("training",
                                        tiles(examples.of(Examples.TRAINING).stream().map(Example::query).toList(), 540,
                                                58, TILE + 4, 0)),
                                Map.entry("samples", tiles(examples.drawn(), 540, 196, TILE + 4, 0)),
                                Map.entry("normal", framed(normal, 16, "#0072B2")),
                                Map.entry("anomalous", framed(examples.of(Examples.ANOMALOUS), 92, "#D55E00")),
                                Map.entry("unseenWords", oneImageOnePatch() ? "unseen images"
                                        : "unseen scan"),
                                Map.entry("unseen", strip(unseen.stream().map(PixelExamples::query).toList(), 376, "")),
                                Map.entry("residual",
                                        strip(unseen.stream().map(e -> PixelExamples.residual(e, scale)).toList(), 512,
                                                cuts(unseen.size() * patches.options().size()) + mark(chosen))),
                                Map.entry("scores", scores()),
                                Map.entry("enlarged", enlarged(unseen.get(chosen), scale))));
    }

    private String healthyScan(boolean flattened) {
        int scan = healthy();
        int height = run.scan(scan).height();
        int width = run.scan(scan).width();
        StringBuilder lines = new StringBuilder();
        List<String> colours = List.of("yellow", "cyan");
        List<float[]> edges = flattened ? edges(patches.scanRetina(scan), height, width) : List.of();
        for (int i = 0; i < edges.size(); i++) {
            float[] y = edges.get(i);
            lines.append(Format.of("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%.2f\" points=\"%s\"/>",
                    colours.get(i), width / 350.0,
                    IntStream.range(0, width).mapToObj(x -> Format.of("%.1f,%.1f", x + 0.5, y[x] + 0.5))
                            .collect(Collectors.joining(" "))));
        }
        return Svg.picture(Heat.grey(patches.scanImage(scan).pixels(), height, width), 16, 58, 320, 124,
                lines.toString());
    }

    /**
     * The upper and the lower edge of a region that every column crosses once: rows of the first and the last pixel
     * inside; columns that are not crossed repeat their neighbour's.
     */
    static List<float[]> edges(boolean[] inside, int height, int width) {
        float[] upper = new float[width];
        float[] lower = new float[width];
        for (int x = 0; x < width; x++) {
            int column = x;
            int[] rows = IntStream.range(0, height).filter(y -> inside[y * width + column]).toArray();
            upper[x] = rows.length > 0 ? rows[0] : x > 0 ? upper[x - 1] : 0;
            lower[x] = rows.length > 0 ? rows[rows.length - 1] : x > 0 ? lower[x - 1] : height - 1;
        }
        return List.of(upper, lower);
    }

    /** White lines that part a strip of so many pixels into patches. */
    private String cuts(int width) {
        int size = patches.options().size();
        String lines = IntStream.range(1, width / size).mapToObj(i -> Format.of("M%d 0v%d", i * size, size))
                .collect(Collectors.joining());
        return Format.of("<path d=\"%s\" stroke=\"#fff\" stroke-width=\"%.2f\"/>", lines, width / 400.0);
    }

    private static String tiles(List<float[]> tiles, int x, int y, int dx, int dy) {
        return IntStream.range(0, tiles.size())
                .mapToObj(i -> Svg.patch(PixelExamples.grey(tiles.get(i)), x + i * dx, y + i * dy, TILE))
                .collect(Collectors.joining());
    }

    private static String framed(List<Example> unseen, int x, String colour) {
        String frames = IntStream.range(0, unseen.size()).mapToObj(i -> Format.of(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                x, 376 + i * (TILE + 4), TILE, TILE, colour)).collect(Collectors.joining());
        return tiles(unseen.stream().map(Example::query).toList(), x, 376, 0, TILE + 4) + frames;
    }

    private static String strip(List<BufferedImage> tiles, int top, String over) {
        int size = tiles.get(0).getWidth();
        BufferedImage strip = new BufferedImage(tiles.size() * size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = strip.createGraphics();
        for (int i = 0; i < tiles.size(); i++) g.drawImage(tiles.get(i), i * size, 0, null);
        g.dispose();
        return Svg.picture(strip, 204, top, 512, 512.0 / tiles.size(), over);
    }

    /** A frame around one patch of the strip. */
    private String mark(int patch) {
        int size = patches.options().size();
        return Format.of(
                "<rect x=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#D55E00\" stroke-width=\"%.2f\"/>",
                patch * size, size, size, unseen.size() * size / 170.0);
    }

    private String scores() {
        double width = 512.0 / unseen.size();
        return IntStream.range(0, unseen.size())
                .mapToObj(i -> Svg.text(Format.of("%.0f", unseen.get(i).a()), 204 + (i + 0.5) * width, 512 + width + 20,
                        unseen.get(i).flags().contains(Score.A) ? "middle bold anomalous" : "middle words"))
                .collect(Collectors.joining());
    }

    /**
     * The patch with most annotated pixels or, without any, of those not known to be normal the one of highest
     * residual.
     */
    private int enlarged() {
        Comparator<Example> byMask = Comparator.comparing(e -> count(run.mask(e.patch())));
        return unseen.indexOf(unseen.stream()
                .max(byMask.thenComparing(e -> e.patch().label() != Label.NORMAL).thenComparing(
                        e -> IntStream.range(0, e.query().length).mapToDouble(i -> e.residual()[i]).sum()))
                .orElseThrow());
    }

    private String enlarged(Example e, double scale) {
        boolean[] mask = run.mask(e.patch());
        List<int[]> targets = count(mask) > 0 ? Arrows.annotated(mask, e.size())
                : Arrows.strongest(e.residual(), e.size());
        return Svg.picture(PixelExamples.residual(e, scale), 784, 376, LARGE, LARGE,
                Svg.outline(mask, e.size(), e.size() / 150.0) + Arrows.draw(targets, e.size()));
    }

    private static int count(boolean[] set) {
        return (int) IntStream.range(0, set.length).filter(i -> set[i]).count();
    }
}
