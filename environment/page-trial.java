///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.phantom.LesionKind;
import anogan.phantom.Phantom;
import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import anogan.scans.Label;
import anogan.markers.Region;
import anogan.visuals.ScanPage;
import anogan.visuals.ScanPage.Layer;
import anogan.visuals.ScanPage.NamedRegion;
import anogan.visuals.ScanPage.Scan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two pages for {@code page_test.py} to open: small.html with all that a page can hold, and large.html with 300 scans
 * of 768 × 496 pixels. "G(z)" is the scan blurred along the layers. Argument: the folder for them.
 */
class PageTrial {
    static final String HOSTILE = "\"><img src=x onerror=alert(1)></script><script>alert(2)</script>";
    static final int SEED = 11;

    public static void main(String... args) {
        Path folder = Path.of(args[0]);
        ScanPage.write(folder.resolve("small.html"), "Trial <b>" + HOSTILE, "Scores " + HOSTILE, 18,
                Stream.concat(singles(), volume()).iterator());
        List<Scan> some = IntStream.range(0, 6).mapToObj(PageTrial::large).toList();
        ScanPage.write(folder.resolve("large.html"), "300 scans", "All alike.", 300,
                IntStream.range(0, 300).mapToObj(i -> renamed(some.get(i % 6), i)).iterator());
    }

    static Stream<Scan> singles() {
        List<LesionKind> kinds = List.of(LesionKind.IRF, LesionKind.SRF, LesionKind.HRF);
        return IntStream.range(0, 9).mapToObj(i -> {
            Phantom.Scan drawn = i < 3 ? Phantom.draw(SEED, i, 0) : Phantom.draw(SEED, i, 0, kinds.get(i % 3));
            String kind = i < 3 ? "NORMAL" : kinds.get(i % 3).name();
            String name = i == 4 ? HOSTILE : kind + "-eye" + i;
            return scan(name, drawn.image(), drawn.mask(), Optional.empty(), Optional.empty(), kind, 100 + 10 * i);
        });
    }

    static Stream<Scan> volume() {
        return IntStream.range(0, 9).mapToObj(i -> {
            boolean ill = i > 2 && i < 6;
            Phantom.Scan drawn = ill ? Phantom.draw(SEED, 20, 1, LesionKind.IRF) : Phantom.draw(SEED, 20, i);
            return scan("volume-s0" + i, drawn.image(), drawn.mask(), Optional.of("volume"), Optional.of(i),
                    ill ? "IRF" : "NORMAL", ill ? 150.5 + i : 90.5 + i);
        });
    }

    static Scan scan(String name, GrayImage x, boolean[] mask, Optional<String> volume, Optional<Integer> slice,
            String kind, double score) {
        int h = x.height();
        int w = x.width();
        GrayImage g = new GrayImage(h, w, Gaussian.blur(x.pixels(), h, w, 0.5, 20));
        boolean ill = !kind.equals("NORMAL");
        List<NamedRegion> regions = ill ? regions(mask, h, w) : List.of();
        List<String> warnings = score == 100 ? List.of("The boundaries of the retina are unsure.") : List.of();
        Optional<Double> judged = score == 110 ? Optional.empty() : Optional.of(score);
        return new Scan(name, "folder/" + name + ".png", volume, slice, kind, ill ? Label.ANOMALOUS : Label.NORMAL,
                judged, judged.map(s -> Math.min(100, s / 1.8)), judged.map(s -> 1 / s), judged.map(s -> s > 140),
                Optional.of(0.5 + score / 400), warnings, x, maps(x, g, h / 4, 3 * h / 4), Optional.of(g), regions,
                Optional.of(mask));
    }

    /** The box of all that is masked, and a square without a depth. */
    static List<NamedRegion> regions(boolean[] mask, int h, int w) {
        int[] on = IntStream.range(0, h * w).filter(i -> mask[i]).toArray();
        int left = Arrays.stream(on).map(i -> i % w).min().orElseThrow();
        int right = Arrays.stream(on).map(i -> i % w).max().orElseThrow();
        int top = on[0] / w;
        int height = on[on.length - 1] / w - top + 1;
        int width = right - left + 1;
        boolean[] own = new boolean[height * width];
        for (int i : on) own[(i / w - top) * width + i % w - left] = true;
        boolean[] square = new boolean[144];
        Arrays.fill(square, true);
        Region box = new Region(left, top, width, height, own, on.length, Optional.of(on.length * 191.9), -4.2, -9.75,
                Optional.of(0.44));
        return List.of(new NamedRegion(box, "1: dark, in INL–ONL " + HOSTILE), new NamedRegion(
                new Region(40, 60, 12, 12, square, 144, Optional.empty(), 3.1, 5.5, Optional.empty()), ""));
    }

    /** Z by a crude scale, smoothed and plain residual; nothing outside the rows from {@code top} to {@code end}. */
    static List<Layer> maps(GrayImage x, GrayImage g, int top, int end) {
        int h = x.height();
        int w = x.width();
        float[] signed = new float[h * w];
        for (int i = 0; i < signed.length; i++) signed[i] = (x.pixels()[i] - g.pixels()[i]) / 127.5f;
        float[] smooth = Gaussian.blur(signed, h, w, 2.5, 2.5);
        float[] z = new float[h * w];
        float[] ratio = new float[h * w];
        float[] plain = new float[h * w];
        for (int i = 0; i < z.length; i++) {
            boolean inside = i / w >= top && i / w < end;
            z[i] = inside ? smooth[i] / 0.03f : Float.NaN;
            ratio[i] = inside ? smooth[i] * 127.5f / (g.pixels()[i] + 10) : Float.NaN;
            plain[i] = inside ? Math.abs(signed[i]) : Float.NaN;
            smooth[i] = inside ? Math.abs(smooth[i]) : Float.NaN;
        }
        return List.of(new Layer("Z", 4, z), new Layer("Z ratio", 0.4, ratio),
                new Layer("smoothed, signed residual", 0.15, smooth), new Layer("plain |x − G(z)|", 0.4, plain));
    }

    /** A scan of 768 × 496 pixels with speckle of its own; its maps cover 160 rows. */
    static Scan large(int i) {
        GrayImage drawn = Phantom.draw(SEED, i, 0).image().resize(280, 768);
        Random random = new Random(i);
        float[] x = new float[496 * 768];
        for (int p = 0; p < x.length; p++) {
            int row = p / 768 - 100;
            float grey = row < 0 || row >= 280 ? 20 : drawn.at(row, p % 768);
            x[p] = (float) Math.max(0, Math.min(255, grey + Math.pow(grey, 0.54) * random.nextGaussian()));
        }
        GrayImage image = new GrayImage(496, 768, Gaussian.blur(x, 496, 768, 0.6, 0.6));
        GrayImage g = new GrayImage(496, 768, Gaussian.blur(x, 496, 768, 1, 25));
        return new Scan("", "", Optional.empty(), Optional.empty(), "", Label.UNKNOWN, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), image,
                maps(image, g, 170, 330), Optional.of(g), List.of(), Optional.empty());
    }

    static Scan renamed(Scan s, int i) {
        List<String> warnings = new ArrayList<>();
        if (i % 50 == 0) warnings.add("The boundaries of the retina are unsure.");
        return new Scan("scan-" + i, "scan-" + i + ".png", Optional.empty(), Optional.empty(), "class " + i % 4,
                Label.UNKNOWN, Optional.of(i * 1.5), Optional.of(i / 3.0), Optional.empty(), Optional.of(i > 280),
                Optional.of(0.9), warnings, s.image(), s.maps(), s.generated(), s.regions(), Optional.empty());
    }
}
