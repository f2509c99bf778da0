package anogan.visuals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drawings that explain: SVG text with pictures in it, which needs no other file. Lengths are points, as everywhere;
 * within a {@link #picture} they are its pixels.
 */
final class Svg {
    private static final Pattern BLANK = Pattern.compile("\\{(\\w+)}");

    private Svg() {}

    static String page(int width, int height, String body) {
        return Format.of(
                """
                        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">
                        <style>
                          text { font: 14px "DejaVu Sans", Verdana, sans-serif; fill: #1F2933; }
                          .title { font-size: 16px; font-weight: bold; } .bold { font-weight: bold; }
                          .middle { text-anchor: middle; }
                          .words { fill: #5F6C7B; } .normal { fill: #0072B2; } .anomalous { fill: #D55E00; }
                          .panel { fill: #F6F8FA; rx: 6px; } .rule { fill: #E3E8EE; } .hard { image-rendering: pixelated; }
                          .arrow { fill: none; stroke: #5F6C7B; stroke-width: 2; marker-end: url(#head); }
                        </style>
                        <defs>
                          <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto">
                            <path d="M0 0L8 4L0 8z" fill="#5F6C7B"/></marker>
                          <marker id="pointer" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="4" markerHeight="4" orient="auto">
                            <path d="M0 0L8 4L0 8z" fill="#fff" stroke="#1F2933"/></marker>
                        </defs>
                        <rect width="%1$d" height="%2$d" fill="#fff"/>
                        %3$s</svg>
                        """,
                width, height, body);
    }

    /** The template with each {@code {name}} filled in. */
    static String fill(String template, Map<String, String> values) {
        return BLANK.matcher(template).replaceAll(m -> Matcher.quoteReplacement(values.get(m.group(1))));
    }

    /** A picture as large as its place allows, in the middle of it. */
    static String picture(BufferedImage picture, double x, double y, double width, double height, String over) {
        return picture("", picture, x, y, width, height, over);
    }

    /** A picture whose pixels stay hard where it grows, since pixels are what the networks see. */
    static String patch(BufferedImage patch, double x, double y, double side) {
        return picture(" class=\"hard\"", patch, x, y, side, side, "");
    }

    private static String picture(String how, BufferedImage picture, double x, double y, double width, double height,
            String over) {
        int w = picture.getWidth();
        int h = picture.getHeight();
        return Format.of("""
                <svg x="%.1f" y="%.1f" width="%.1f" height="%.1f" viewBox="0 0 %d %d">
                <image%s width="%d" height="%d" href="%s"/>%s</svg>
                """, x, y, width, height, w, h, how, w, h, Html.data("image/png", Figure.png(picture)), over);
    }

    /** Words, escaped; {@code style} is one or more classes: title, bold, middle, words, normal, anomalous. */
    static String text(String words, double x, double y, String style) {
        return Format.of("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", style, x, y, Html.escape(words));
    }

    /** A line along points x, y, x, y, … */
    static String polygon(Color fill, double... corners) {
        StringBuilder points = new StringBuilder();
        for (double c : corners) points.append(Format.of("%.1f ", c));
        return Format.of("<polygon points=\"%s\" fill=\"%s\" stroke=\"#5F6C7B\"/>\n", points.toString().strip(),
                hex(fill));
    }

    static String hex(Color colour) {
        return Format.of("#%06X", colour.getRGB() & 0xFFFFFF);
    }

    /** The edge of a mask along the edges of its pixels. */
    static String outline(boolean[] mask, int width, double line) {
        StringBuilder path = new StringBuilder();
        int height = mask.length / width;
        for (int i = 0; i < mask.length; i++) {
            if (!mask[i]) continue;
            int y = i / width;
            int x = i % width;
            if (y == 0 || !mask[i - width]) path.append(Format.of("M%d %dh1", x, y));
            if (y == height - 1 || !mask[i + width]) path.append(Format.of("M%d %dh1", x, y + 1));
            if (x == 0 || !mask[i - 1]) path.append(Format.of("M%d %dv1", x, y));
            if (x == width - 1 || !mask[i + 1]) path.append(Format.of("M%d %dv1", x + 1, y));
        }
        return Format.of("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.2f\" stroke-linecap=\"square\"/>",
                path, hex(Style.OUTLINE), line);
    }
}
