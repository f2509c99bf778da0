package anogan.patches;

import anogan.scans.GrayImage;
import anogan.scans.Label;
import anogan.scans.Scans;
import java.util.Arrays;
import java.util.Optional;

/**
 * Straightens a scan: the {@link ReferenceLine} of Bruch's membrane comes to lie at strip row {@code up}, and the rows
 * around it are cut out. Lesions keep their shape, since only the smooth course of the eye's wall is taken away.
 *
 * <p>
 * Rows that the scan does not have, and white padding, become the background's grey.
 */
final class Flattener {
    private static final int FINDER_COLUMNS = 64;   // patches so wide are as wide as the finder's numbers ask for
    private static final double FINDER_ROWS = 38;   // and retinas so thick as thick
    /** What is thicker than so many healthy retinas, 1 mm, is none. */
    static final double THICKEST = 3;

    private final PrepareOptions options;

    Flattener(PrepareOptions options) {
        this.options = options;
    }

    /** One scan from pixels to strip, with everything that is stored about it. */
    PatchesWriter.PreparedScan prepare(Scans.Listed listed, Scans.Pixels pixels) {
        GrayImage own = pixels.image();
        Label label = options.split().label(listed.className());
        GrayImage working = own.resize(options.workingHeight(own.height(), own.width()), options.stripWidth());
        Boundaries bounds = options.flatten() ? boundaries(own) : everything(working);
        float[] reference = options.flatten() ? bounds.reference() : constant(options.up());
        StripGeometry geometry = new StripGeometry(working.height(), reference, options.up(), options.size());
        Optional<GrayImage> mask = pixels.mask().filter(m -> label == Label.ANOMALOUS);
        ScanInfo info = new ScanInfo(listed.scan(), listed.group(), listed.className(), listed.split(), label,
                mask.isPresent(), own.width(), own.height(), options.flatten() ? bounds.confidence(reference) : 1,
                options.pixels().applied(listed.attributes()));
        return new PatchesWriter.PreparedScan(info, geometry, bounds, strip(working, geometry, bounds),
                mask.map(m -> stripMask(m, geometry)), own, mask);
    }

    /** Boundaries in working rows, found at the resolution that the finder's numbers hold for. */
    Boundaries boundaries(GrayImage own) {
        int working = options.workingHeight(own.height(), own.width());
        int rows = (int) Math.round(working * FINDER_ROWS / options.healthyRows());
        int columns = FINDER_COLUMNS / options.size();
        return BoundaryFinder.find(own.resize(rows, columns * options.columns())).resized((double) working / rows,
                columns);
    }

    private byte[] strip(GrayImage working, StripGeometry geometry, Boundaries bounds) {
        if (!options.flatten()) return working.toBytes();
        float[] strip = straight(working, geometry);
        if (options.pixels().evenContrast())
            strip = Contrast.of(strip, geometry.inStrip(bounds.ilm()), geometry.inStrip(bounds.rpe())).toUsual(strip);
        return new GrayImage(options.size(), options.columns(), strip).toBytes();
    }

    /** The strip with the grey levels that the scan has. */
    static float[] straight(GrayImage working, StripGeometry geometry) {
        Tissue tissue = Tissue.of(working);
        return geometry.flatten(tissue.image(), tissue.background());
    }

    /** A strip pixel is anomalous if at least half of it is. */
    private static byte[] stripMask(GrayImage mask, StripGeometry geometry) {
        float[] share = geometry.flatten(mask.resize(geometry.workingHeight(), geometry.stripWidth()), 0);
        byte[] bytes = new byte[share.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (share[i] >= 127.5f ? 255 : 0);
        return bytes;
    }

    private Boundaries everything(GrayImage working) {
        return new Boundaries(constant(-0.5f), constant(working.height()), constant(working.height()), constant(1));
    }

    private float[] constant(float row) {
        float[] line = new float[options.stripWidth()];
        Arrays.fill(line, row);
        return line;
    }
}
