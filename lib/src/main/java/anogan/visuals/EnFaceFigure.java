package anogan.visuals;

import anogan.markers.EnFace;
import anogan.markers.Markers;
import anogan.patches.Volume;
import anogan.scans.Spacing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Volumes from above, each marker in its colour: a panel for each, in its true shape where spacings are known. */
final class EnFaceFigure {
    private static final int MOST = 12;
    private static final int LEFT = 72;      // of a panel, in points: numbers of slices
    private static final int RIGHT = 20;
    private static final int TOP = 32;       // its title
    private static final int BOTTOM = 52;    // numbers and name of the lower axis
    private static final int PANEL = Style.WIDTH / 2;
    private static final int PLOT = PANEL - LEFT - RIGHT;
    private static final int LEAST_HIGH = 40;
    private static final int MOST_HIGH = 560;
    private static final int SLICE_HIGH = 8;   // where nobody knows how far apart slices are
    private static final int TICKS = 5;
    private static final int LINE = 20;   // px, of text
    private static final Color EMPTY = new Color(0xF1F4F7);
    private static final Color UNSEEN = new Color(0xB4BEC9);

    private EnFaceFigure() {}

    /**
     * Nothing without volumes.
     *
     * @param legend what the markers' colours are
     */
    static Optional<Figure> of(List<EnFace> volumes, List<Legend.Entry> legend) {
        if (volumes.isEmpty()) return Optional.empty();
        List<EnFace> shown = volumes.stream().sorted(Comparator.comparingLong((EnFace e) -> -e.covered())).limit(MOST)
                .toList();
        List<BufferedImage> rows = new ArrayList<>();
        List<Legend.Entry> entries = new ArrayList<>(legend);
        if (shown.stream().anyMatch(EnFaceFigure::hasGap)) entries.add(Legend.Entry.box(UNSEEN, "not looked at"));
        rows.add(Legend.strip(entries, Style.WIDTH));
        for (int i = 0; i < shown.size(); i += 2) rows.add(Sheets.row(0,
                shown.subList(i, Math.min(shown.size(), i + 2)).stream().map(EnFaceFigure::panel).toList()));
        return Optional.of(new Figure("markers-en-face.png", "Where the markers lie in volumes, seen from above", Format
                .of("""
                        %s: each line is a slice, the first on top, each marker in its colour; of regions above one \
                        another the one that is thickest there. Nothing is smoothed. Good: what is one thing goes on \
                        from slice to slice; what stands in one slice alone is noise, or smaller than slices are apart.""",
                        volumes.size() > shown.size()
                                ? Format.of("%d of %s volumes, those with most", shown.size(),
                                        Format.count(volumes.size()))
                                : Format.of("%d volumes, the one with most first", shown.size())),
                Sheets.column(4, rows.toArray(BufferedImage[]::new))));
    }

    private static boolean hasGap(EnFace volume) {
        for (int[] line : volume.marker()) for (int m : line) if (m == EnFace.UNSEEN) return true;
        return false;
    }

    private static BufferedImage panel(EnFace volume) {
        int height = height(volume);
        BufferedImage sheet = Style.sheet(PANEL, TOP + height + BOTTOM);
        paint(sheet, volume, height);
        Graphics2D g = Style.pen(sheet);
        g.setFont(Style.heading());
        Volume v = volume.volume();
        g.drawString(Style.fit(v.className() + " · " + v.name(), g.getFont(), PLOT), LEFT, TOP - 10);
        g.setFont(Style.text());
        int slices = volume.marker().length;
        int columns = volume.marker()[0].length;
        Optional<Double> row = volume.spacing().flatMap(Spacing::slice);
        double wide = columns * volume.spacing().map(Spacing::column).orElse(1.0);
        double first = row.isPresent() ? 0 : volume.first();
        double step = step(wide, TICKS);
        for (double x = 0; x <= wide; x += step) {
            String text = Format.of("%.0f", x);
            centred(g, text, LEFT + PLOT * x / wide, TOP + height + 20);
        }
        centred(g, volume.spacing().isPresent() ? "along the scan, µm" : "column", LEFT + PLOT / 2.0,
                TOP + height + 42);
        double high = slices * row.orElse(1.0);
        double down = Math.max(row.isPresent() ? 0 : 1, step(high, Math.min(TICKS, height / LINE)));
        for (double y = Math.ceil(first / down) * down; y < first + high; y += down) {
            double middle = row.isPresent() ? y : y - first + 0.5;   // a number stands at the middle of its slice
            String text = Format.of("%.0f", y);
            g.drawString(text, LEFT - 8 - g.getFontMetrics().stringWidth(text),
                    (float) (TOP + height * middle / high + 5));
        }
        g.rotate(-Math.PI / 2);
        centred(g, row.isPresent() ? "slices, µm" : "slice", -TOP - height / 2.0, 16);
        g.dispose();
        return sheet;
    }

    /** As high as it is in truth, where that is known. */
    private static int height(EnFace volume) {
        double slices = volume.marker().length;
        double high = volume.spacing().flatMap(s -> s.slice().map(d -> d / s.column()))
                .map(ratio -> PLOT * slices * ratio / volume.marker()[0].length).orElse(SLICE_HIGH * slices);
        return (int) Math.round(Math.max(LEAST_HIGH, Math.min(MOST_HIGH, high)));
    }

    /** What is narrower than a pixel has one all the same. */
    private static void paint(BufferedImage sheet, EnFace volume, int height) {
        Graphics2D g = sheet.createGraphics();
        g.setColor(EMPTY);
        int wide = PLOT * Style.SCALE;
        int high = height * Style.SCALE;
        g.translate(LEFT * Style.SCALE, TOP * Style.SCALE);
        g.fillRect(0, 0, wide, high);
        int slices = volume.marker().length;
        int columns = volume.marker()[0].length;
        for (boolean regions : new boolean[] {false, true}) for (int s = 0; s < slices; s++) {
            int y = high * s / slices;
            for (int c = 0; c < columns; c++) {
                int m = volume.marker()[s][c];
                if (m == EnFace.FREE || regions != (m >= Markers.NONE)) continue;
                int x = (int) ((long) wide * c / columns);
                g.setColor(m == EnFace.UNSEEN ? UNSEEN : MarkerFigures.colour(m));
                g.fillRect(x, y, Math.max(1, (int) ((long) wide * (c + 1) / columns) - x),
                        Math.max(1, high * (s + 1) / slices - y));
            }
        }
        g.dispose();
    }

    private static void centred(Graphics2D g, String text, double x, double y) {
        g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
    }

    /** Between the numbers of an axis, which are at most so many and one: 1, 2 or 5 times a power of ten. */
    private static double step(double length, int most) {
        double least = length / most;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return least <= power ? power : least <= 2 * power ? 2 * power : least <= 5 * power ? 5 * power : 10 * power;
    }
}
