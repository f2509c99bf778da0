package anogan.patches;

import anogan.UserError;
import anogan.scans.GrayImage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rectangle of a scan, in the pixels of its file.
 *
 * @param x      its left column, from 0
 * @param y      its upper row, from 0
 * @param width  columns, at least 1
 * @param height rows, at least 1
 */
public record Area(int x, int y, int width, int height) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}),(\\d{1,6}),(\\d{1,6}),(\\d{1,6})");

    public Area {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw UserError.usage("An area must have its corner at 0 or above and an extent of 1 or more, not %s.",
                    text(x, y, width, height));
        }
    }

    /** @throws UserError if the text is not {@code x,y,width,height} */
    public static Area of(String text) {
        Matcher m = TEXT.matcher(text.replaceAll("\\s", ""));
        if (!m.matches()) {
            throw UserError.usage(
                    "An area is four whole numbers, x,y,width,height in pixels from the upper left corner, not \"%s\".",
                    text);
        }
        return new Area(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)),
                Integer.parseInt(m.group(4)));
    }

    public static List<Area> all(List<String> texts) {
        return texts.stream().map(Area::of).toList();
    }

    /** @throws UserError if some of it lies outside the scan: it was meant for pictures of another size */
    void requireWithin(GrayImage scan, String option) {
        if (x + (long) width <= scan.width() && y + (long) height <= scan.height()) return;
        throw UserError.failure("option %s is %s, but the scan has %s x %s pixels; prepare scans of one size together",
                option, this, scan.width(), scan.height());
    }

    @Override
    public String toString() {
        return text(x, y, width, height);
    }

    private static String text(int x, int y, int width, int height) {
        return x + "," + y + "," + width + "," + height;
    }
}
