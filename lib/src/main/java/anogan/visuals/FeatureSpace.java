package anogan.visuals;

import anogan.networks.Architecture;
import anogan.statistics.Examples;
import anogan.statistics.FeatureLayout;
import anogan.statistics.FeatureLayout.Point;
import anogan.statistics.PatchKind;
import java.awt.Color;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/**
 * Figure 2 of the paper for a run: (a) G and D as feature maps, from z to G(z) and from an image to D's verdict, each
 * block as wide as the logarithm of its channels and as high as that of its extent; (b) normal and anomalous test
 * patches in the space of f, D's last convolution, by t-SNE.
 */
final class FeatureSpace {
    static final String FILE = "paper-2-features.svg";
    private static final int HEIGHT = 444;
    private static final int LEFT = 616;      // of (b)
    private static final int TOP = 46;
    private static final int SIDE = 420;
    // as in the figure of the losses: the purple of what is generated
    private static final Color G = new Color(0xAA4499);

    private final StringBuilder body = new StringBuilder();
    private double x;     // where the next block stands
    private int base;     // its lower edge

    private FeatureSpace() {}

    static Optional<Figure> draw(RunData run, Examples examples, FeatureLayout layout) {
        Architecture a = examples.index().architecture();
        Point first = layout.points().get(0);
        float[] real = new float[a.size() * a.size()];
        int scan = run.patches().index(first.scan()).orElseThrow();
        run.patches().copyPatch(scan, first.row(), first.column(), false, real, 0);
        String networks = networks(a, examples.drawn().get(0), real);
        String caption = Format.of("""
                (a) The networks of this run, channels above extent; f, the output of D's last convolution, is what \
                the discrimination score compares. (b) f of %d test patches (%d numbers each), seed %d, laid out by \
                t-SNE (perplexity %.0f). Good, as in the paper: anomalous patches gather in pockets of their own; \
                mixed evenly with the normal ones, D sees no difference. Neighbourhood means something here, distance \
                and size do not. Unlike the paper, the networks are drawn as they are in this run.""",
                layout.points().size(), a.features(), run.info().seed(), layout.perplexity());
        return Optional.of(new Figure(FILE, "The paper's Figure 2", caption,
                new Figure.Drawing(Svg.page(Style.WIDTH, HEIGHT, networks + scatter(layout)), Style.WIDTH)));
    }

    /** Dots without axes: only neighbourhood means something. */
    static String scatter(FeatureLayout layout) {
        DoubleSummaryStatistics x = layout.points().stream().mapToDouble(Point::x).summaryStatistics();
        DoubleSummaryStatistics y = layout.points().stream().mapToDouble(Point::y).summaryStatistics();
        // the same both ways
        double zoom = (SIDE - 24) / (Math.max(x.getMax() - x.getMin(), y.getMax() - y.getMin()) + 1e-9);
        StringBuilder dots = new StringBuilder(Svg.text("(b) f(x) of test patches, t-SNE", LEFT, 28, "title"));
        dots.append(Format.of("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#E3E8EE\"/>%n",
                LEFT, TOP, SIDE, 350));
        double squeeze = 350.0 / SIDE;
        for (Point p : layout.points())
            dots.append(Format.of("<circle class=\"%s\" cx=\"%.2f\" cy=\"%.2f\" r=\"3.2\" fill-opacity=\"0.6\"/>%n",
                    p.kind().word(), LEFT + SIDE / 2.0 + zoom * squeeze * (p.x() - (x.getMax() + x.getMin()) / 2),
                    TOP + 175 - zoom * squeeze * (p.y() - (y.getMax() + y.getMin()) / 2)));
        int at = LEFT;
        for (PatchKind kind : List.of(PatchKind.NORMAL, PatchKind.ANOMALOUS)) {
            long n = layout.points().stream().filter(p -> p.kind() == kind).count();
            dots.append(Format.of("<circle class=\"%s\" cx=\"%d\" cy=\"416\" r=\"6\"/>%n", kind.word(), at + 12))
                    .append(Svg.text(Format.of("%s (%d)", kind.word(), n), at + 26, 421, ""));
            at += 150;
        }
        return dots.toString();
    }

    /**
     * @param generated what G draws, S × S in [−1, 1]
     * @param real      a real patch, likewise
     */
    static String networks(Architecture a, float[] generated, float[] real) {
        FeatureSpace d = new FeatureSpace();
        d.begin("(a) G, the generator", 28);
        d.block(10, 86, 0, Style.tint(G, 0.5), "z", String.valueOf(a.latent()));
        int[] channels = a.generatorChannels();
        for (int i = 0; i < channels.length - 1; i++) d.maps(channels[i], Architecture.DEEP << i, Style.tint(G, 0.35));
        d.arrow();
        d.picture(generated, "G(z)", a.size());
        d.begin("D, the discriminator", 242);
        d.picture(real, "x", a.size());
        channels = a.discriminatorChannels();
        for (int i = 1; i < channels.length; i++) {
            boolean f = i == channels.length - 1;
            d.maps(channels[i], a.size() >> i, f ? Style.ANOMALOUS : Style.tint(Style.NORMAL, 0.35));
            if (f) d.body.append(
                    Svg.text("f", d.x - 30, d.base - 1.3 * height(Architecture.DEEP) - 8, "middle bold anomalous"));
        }
        d.arrow();
        d.block(10, 32, 0, Style.tint(Style.NORMAL, 0.5), "real?", "1");
        return d.body.toString();
    }

    private void begin(String title, int top) {
        x = 12;
        base = top + 140;
        body.append(Svg.text(title, x, top, "title"));
    }

    /** A stack of {@code channels} maps of {@code extent} × {@code extent}. */
    private void maps(int channels, int extent, Color colour) {
        arrow();
        block(8 + 4.5 * log2(channels), height(extent), 0.3 * height(extent), colour, String.valueOf(channels),
                extent + "×" + extent);
    }

    /** @param back how far it reaches back, to the right and up */
    private void block(double width, double height, double back, Color colour, String first, String second) {
        double top = base - height;
        double right = x + width;
        body.append(Svg.polygon(colour, x, top, right, top, right, base, x, base));
        body.append(Svg.polygon(Style.tint(colour, 0.6), x, top, x + back, top - back, right + back, top - back, right,
                top));
        body.append(Svg.polygon(Style.tint(colour, 0.8), right, top, right + back, top - back, right + back,
                base - back, right, base));
        words(x + width / 2, first, second);
        x = right + back;
    }

    private void picture(float[] patch, String name, int size) {
        double side = height(size);
        body.append(Svg.patch(PixelExamples.grey(patch), x, base - side, side));
        words(x + side / 2, name, size + "×" + size);
        x += side;
    }

    private void words(double centre, String first, String second) {
        body.append(Svg.text(first, centre, base + 18, "middle bold"))
                .append(Svg.text(second, centre, base + 36, "middle words"));
    }

    private void arrow() {
        body.append(Format.of("<path class=\"arrow\" d=\"M%.1f %dh22\"/>%n", x + 6, base - 16));
        x += 34;
    }

    private static double height(int extent) {
        return 32 + 18 * log2(extent / (double) Architecture.DEEP);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
