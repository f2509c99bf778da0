package anogan.patches;

import anogan.UserError;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Spacing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done to the pixels of every scan before its retina is looked for, in this order: blank, cut, turn, flip,
 * invert. A mask is cut, turned and flipped with its scan. Scans are stored as they are afterwards.
 *
 * <p>
 * A B-scan shows the vitreous dark and on top, and the retina from left to right. Areas are in the pixels of the file,
 * so that they fit pictures of one size.
 *
 * @param crop         what of a picture is the B-scan, at most one area [all of it]: a viewer's screenshot has more
 * @param blank        areas that are painted with the background's grey [none]: burnt-in text, marks of the device
 * @param rotate       degrees clockwise: 0, 90, 180 or 270
 * @param flip         whether up and down are exchanged
 * @param invert       whether light and dark are exchanged
 * @param evenContrast whether vitreous and pigment epithelium are made as dark and as bright in all strips
 *                     ({@link Contrast}); not in folders of earlier versions
 */
public record PixelOptions(List<Area> crop, List<Area> blank, int rotate, boolean flip, boolean invert,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean evenContrast) {
    public PixelOptions {
        crop = crop == null ? List.of() : List.copyOf(crop);
        blank = blank == null ? List.of() : List.copyOf(blank);
        if (crop.size() > 1) throw UserError.usage("option crop takes one area, not %s.", crop.size());
        if (rotate % 90 != 0 || rotate < 0 || rotate > 270)
            throw UserError.usage("option rotate must be 0, 90, 180 or 270, not %s.", rotate);
    }

    /** Pixels as they are, and an even contrast in strips. */
    public static PixelOptions defaults() {
        return new PixelOptions(List.of(), List.of(), 0, false, false, true);
    }

    public PixelOptions withCrop(List<Area> crop) {
        return new PixelOptions(crop, blank, rotate, flip, invert, evenContrast);
    }

    public PixelOptions withBlank(List<Area> blank) {
        return new PixelOptions(crop, blank, rotate, flip, invert, evenContrast);
    }

    public PixelOptions withRotate(int rotate) {
        return new PixelOptions(crop, blank, rotate, flip, invert, evenContrast);
    }

    public PixelOptions withFlip(boolean flip) {
        return new PixelOptions(crop, blank, rotate, flip, invert, evenContrast);
    }

    public PixelOptions withInvert(boolean invert) {
        return new PixelOptions(crop, blank, rotate, flip, invert, evenContrast);
    }

    public PixelOptions withEvenContrast(boolean evenContrast) {
        return new PixelOptions(crop, blank, rotate, flip, invert, evenContrast);
    }

    /** @throws UserError if an area lies outside the scan */
    Scans.Pixels applied(Scans.Pixels pixels) {
        if (equals(defaults().withEvenContrast(evenContrast))) return pixels;
        GrayImage image = turned(cut(blanked(pixels.image())));
        return pixels.with(invert ? inverted(image) : image, pixels.mask().map(mask -> turned(cut(mask))));
    }

    /** What a scan says of itself, after that: turned by a quarter, its columns are what its rows were. */
    Map<String, String> applied(Map<String, String> attributes) {
        if (rotate % 180 == 0) return attributes;
        Map<String, String> turned = new TreeMap<>(attributes);
        Spacing.of(attributes).ifPresent(spacing -> turned.putAll(spacing.turned().attributes()));
        return turned;
    }

    private GrayImage cut(GrayImage image) {
        if (crop.isEmpty()) return image;
        Area area = crop.get(0);
        area.requireWithin(image, "crop");
        float[] cut = new float[area.width() * area.height()];
        for (int y = 0; y < area.height(); y++) {
            System.arraycopy(image.pixels(), (area.y() + y) * image.width() + area.x(), cut, y * area.width(),
                    area.width());
        }
        return new GrayImage(area.height(), area.width(), cut);
    }

    private GrayImage blanked(GrayImage image) {
        if (blank.isEmpty()) return image;
        float background = Tissue.of(image).background();
        float[] pixels = image.pixels().clone();
        for (Area area : blank) {
            area.requireWithin(image, "blank");
            for (int y = area.y(); y < area.y() + area.height(); y++) {
                int start = y * image.width() + area.x();
                Arrays.fill(pixels, start, start + area.width(), background);
            }
        }
        return new GrayImage(image.height(), image.width(), pixels);
    }

    private GrayImage turned(GrayImage image) {
        GrayImage turned = image;
        for (int quarter = 0; quarter < rotate / 90; quarter++) turned = clockwise(turned);
        return flip ? flipped(turned) : turned;
    }

    static GrayImage clockwise(GrayImage image) {
        int w = image.height();
        float[] pixels = new float[image.pixels().length];
        for (int i = 0; i < pixels.length; i++)
            pixels[i % image.width() * w + w - 1 - i / image.width()] = image.pixels()[i];
        return new GrayImage(image.width(), w, pixels);
    }

    static GrayImage flipped(GrayImage image) {
        int w = image.width();
        float[] pixels = new float[image.pixels().length];
        for (int y = 0; y < image.height(); y++)
            System.arraycopy(image.pixels(), y * w, pixels, (image.height() - 1 - y) * w, w);
        return new GrayImage(image.height(), w, pixels);
    }

    static GrayImage inverted(GrayImage image) {
        float[] pixels = new float[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) pixels[i] = 255 - image.pixels()[i];
        return new GrayImage(image.height(), image.width(), pixels);
    }
}
