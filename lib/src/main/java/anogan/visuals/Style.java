package anogan.visuals;

import anogan.UserError;
import anogan.scans.Label;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.PatchKind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * What every picture has in common: paper, ink, letters, and one colour per meaning.
 *
 * <p>
 * A colour never changes its meaning between figures: training patches are grey-blue, normal test patches blue,
 * anomalous ones vermilion; each score has a colour of its own. Blue and vermilion are those of Okabe and Ito (<i>Color
 * universal design</i>, 2008), the scores' colours follow Paul Tol's muted scheme (<i>Colour schemes</i>, SRON 2021):
 * both stay apart for colour-blind readers.
 *
 * <p>
 * Sizes are in <i>points</i>: a picture of 1,000 × 400 points has {@link #SCALE} pixels to the point, so that it is
 * sharp on a fine screen and on paper. No letter is smaller than {@value #TEXT} points.
 */
public final class Style {
    /** Pixels per point. */
    public static final int SCALE = 2;
    /** The smallest letters, in points. */
    public static final int TEXT = 14;
    /** The width of a figure that fills the report, in points. */
    public static final int WIDTH = 1052;

    public static final Color PAPER = Color.WHITE;
    public static final Color INK = new Color(0x1F2933);
    public static final Color MUTED = new Color(0x5F6C7B);
    public static final Color RULE = new Color(0xE3E8EE);

    public static final Color TRAIN = new Color(0x8DA2B8);
    public static final Color NORMAL = new Color(0x0072B2);
    public static final Color ANOMALOUS = new Color(0xD55E00);
    /** Outlines on heat maps: a hue that neither the grey scan nor the colour map has. */
    public static final Color OUTLINE = new Color(0x00D7FF);
    /** Lines around regions that were found: neither in warm heat nor in cold. */
    static final Color REGION = new Color(0xFF2BD1);

    private Style() {}

    /** The colour of a score, the same in every figure; muted for what has none of its own. */
    public static Color score(ScoreColumn column) {
        if (!(column instanceof Score score)) return MUTED;
        return switch (score) {
            case A, ANOGAN -> new Color(0x332288);
            case A_HAT, GAN_R -> new Color(0xAA4499);
            case R -> new Color(0x117733);
            case D -> new Color(0xC79A1E);
            case D_HAT -> new Color(0x66B5DE);
            case P_D -> new Color(0xCC6677);
            case ACAE -> new Color(0x999933);
            case MEAN_INTENSITY -> new Color(0x4D5866);
            case NOISE_LEVEL -> new Color(0xA3ADB8);
            case RETINA_THICKNESS -> new Color(0xB9A7C6);
            case PCA_RESIDUAL -> new Color(0x8C7A5B);
            case PCA_LOG_RATIO -> new Color(0x6B5B3E);
            case NEAREST_NORMAL -> new Color(0x7C8F7A);
            case COMBINED -> new Color(0x0B7A75);
            case PCA_COMBINED -> new Color(0x8C5B3E);
            case NEAREST_COMBINED -> new Color(0x4F7A5B);
            case STRIP_COMBINED -> new Color(0xB07AA1);
            default -> MUTED;
        };
    }

    /** The colour of a map. */
    public static Color plane(Plane plane) {
        return switch (plane) {
            case RESIDUAL -> new Color(0x44AA99);
            case RESIDUAL_SMOOTHED -> new Color(0x332288);
            case LOG_RATIO -> new Color(0xCC6677);
            case INTENSITY -> score(Score.MEAN_INTENSITY);
            case NOISE_LEVEL -> score(Score.NOISE_LEVEL);
            case PCA_RESIDUAL -> score(Score.PCA_RESIDUAL);
            case PCA_RESIDUAL_SMOOTHED -> new Color(0xC2A878);
            case PCA_LOG_RATIO -> score(Score.PCA_LOG_RATIO);
            case PROFILE_LOG_RATIO -> new Color(0xB07AA1);
            case Z -> new Color(0x117733);
            case Z_RATIO -> new Color(0x999933);
            case Z_RATIO_DARK -> new Color(0xAA4499);
            case COMBINED -> score(Score.COMBINED);
            case COMBINED_DARK -> new Color(0x66B5DE);
            case PCA_Z, PCA_Z_RATIO, PCA_Z_RATIO_DARK -> score(Score.PCA_COMBINED);
            case NEAREST_Z, NEAREST_Z_RATIO, NEAREST_Z_RATIO_DARK -> score(Score.NEAREST_COMBINED);
            case STRIP_Z, STRIP_Z_RATIO, STRIP_Z_RATIO_DARK -> score(Score.STRIP_COMBINED);
        };
    }

    static Color kind(PatchKind kind) {
        return switch (kind) {
            case TRAINING -> TRAIN;
            case NORMAL -> NORMAL;
            case ANOMALOUS -> ANOMALOUS;
        };
    }

    /** Normal or anomalous, by label. */
    public static Color label(Label label) {
        return label == Label.ANOMALOUS ? ANOMALOUS : NORMAL;
    }

    /**
     * A colour mixed with paper, opaque: what lies behind a stronger line of the same hue. {@code strength} 0 is paper,
     * 1 the colour itself.
     */
    public static Color tint(Color c, double strength) {
        return new Color(mix(c.getRed(), strength), mix(c.getGreen(), strength), mix(c.getBlue(), strength));
    }

    /** A colour that lets {@code 1 − opacity} of what lies below through. */
    public static Color translucent(Color c, double opacity) {
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(255 * opacity));
    }

    public static Font text() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, TEXT);
    }

    public static Font bold() {
        return new Font(Font.SANS_SERIF, Font.BOLD, TEXT);
    }

    public static Font heading() {
        return new Font(Font.SANS_SERIF, Font.BOLD, TEXT + 2);
    }

    static BasicStroke dashes(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);
    }

    static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /** An empty sheet of so many points. */
    public static BufferedImage sheet(int width, int height) {
        BufferedImage sheet = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(PAPER);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.dispose();
        return sheet;
    }

    /** A pen that draws on a sheet in points, with smooth edges and letters. */
    public static Graphics2D pen(BufferedImage sheet) {
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(SCALE, SCALE);
        g.setColor(INK);
        g.setFont(text());
        return g;
    }

    /**
     * The text, or as much of its beginning and end as {@code width} points hold: names come from data and may be of
     * any length.
     */
    public static String fit(String text, Font font, int width) {
        FontMetrics metrics = metrics(font);
        if (metrics.stringWidth(text) <= width) return text;
        for (int keep = text.length() - 1; keep > 0; keep--) {
            String cut = text.substring(0, (keep + 1) / 2) + "…" + text.substring(text.length() - keep / 2);
            if (metrics.stringWidth(cut) <= width) return cut;
        }
        return "…";
    }

    static FontMetrics metrics(Font font) {
        Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        FontMetrics metrics = g.getFontMetrics(font);
        g.dispose();
        return metrics;
    }

    /** @throws UserError if this machine has no letters to write with, as a bare container */
    static void requireFonts() {
        try {
            metrics(text()).stringWidth("A");
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw UserError.failure(e,
                    "Java finds no fonts on this machine, so no figure can be labelled: install some (Debian, Ubuntu: "
                            + "apt-get install fontconfig fonts-dejavu-core) and run this again.");
        }
    }

    private static int mix(int channel, double strength) {
        return (int) Math.round(255 + strength * (channel - 255));
    }
}
