package anogan.scans;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;

/**
 * A volume of B-scans as Heidelberg Engineering's HEYEX exports it ({@code .vol}, "HSF-OCT"), little-endian: a header,
 * the fundus picture, and then each B-scan with a header of its own and its reflectivities as float32. The size that a
 * B-scan's own header gives is trusted, not the one in the file's header, with which real exports disagree.
 *
 * <p>
 * Reflectivity v in 0–1 becomes the grey value 255·v^¼ that the viewer shows. Programs other than HEYEX write grey
 * values 0–255 in the same place; a B-scan with numbers above 2 is taken as such. "No data" (3.4e38) becomes white, as
 * the padding of rotated scans is in exported pictures. How far apart B-scans are counts where they are parallel: not
 * in a star.
 *
 * <p>
 * Name, birthday and all else that is known of the patient stands in the header too. It is neither kept nor printed.
 */
final class HeyexFile implements ScanFile {
    private static final int HEADER = 2048;
    private static final int MAX_EXTENT = 1 << 14;
    private static final int BSCAN_HEADER_START = 16;   // version[12], size of the header
    private static final float NO_DATA = 1e38f;
    /** Patterns whose slices lie side by side: unknown (0), a volume (3) and a fast one (4); not a star (5). */
    private static final Set<Integer> PARALLEL = Set.of(0, 3, 4);

    private final FileTree tree;
    private final String file;
    private final int width;
    private final int height;
    private final int slices;
    private final long before;   // bytes before the first B-scan: header and fundus picture
    private final Optional<Spacing> spacing;
    private final SequentialBlocks bscans;

    HeyexFile(FileTree tree, String file) {
        this.tree = tree;
        this.file = file;
        try (InputStream in = tree.open(file)) {
            byte[] bytes = in.readNBytes(HEADER);
            if (bytes.length < HEADER) throw new EOFException();
            ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            width = extent(header.getInt(12), "columns", MAX_EXTENT);
            slices = extent(header.getInt(16), "B-scans", MAX_SLICES);
            height = extent(header.getInt(20), "rows", MAX_EXTENT);
            if ((long) width * height > MAX_PIXELS) {
                throw new IOException(
                        "its header claims B-scans of " + width + " x " + height + " pixels; it is damaged");
            }
            spacing = Spacing.ofMillimetres(header.getDouble(40), header.getDouble(24),
                    PARALLEL.contains(header.getInt(96)) ? header.getDouble(32) : 0);
            before = HEADER + (long) extent(header.getInt(48), "columns of the fundus picture", MAX_EXTENT)
                    * extent(header.getInt(52), "rows of the fundus picture", MAX_EXTENT);
        } catch (IOException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
        bscans = new SequentialBlocks(this::bscansAnew);
    }

    @Override
    public int slices() {
        return slices;
    }

    @Override
    public Optional<Spacing> spacing() {
        return spacing;
    }

    @Override
    public Samples samples(int slice) {
        try {
            byte[] bytes = bscans.get(slice);
            if (slice == slices - 1) bscans.close();
            float[] values = new float[width * height];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
            return Samples.bytes(height, width, 1, grey(values));
        } catch (IOException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
    }

    private static float[] grey(float[] values) {
        float most = 0;
        for (float v : values) if (v < NO_DATA) most = Math.max(most, v);
        for (int i = 0; i < values.length; i++) {
            float v = values[i];
            // NaN is no data either
            double grey = !(v < NO_DATA) ? 255 : most > 2 ? v : Math.round(255 * Math.pow(Math.max(0, v), 0.25));
            values[i] = (float) Math.max(0, Math.min(255, grey));
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        bscans.close();
    }

    private static int extent(int value, String what, int most) throws IOException {
        if (value < 1 || value > most)
            throw new IOException("its header claims " + value + " " + what + "; it is damaged or no .vol file");
        return value;
    }

    private SequentialBlocks.Blocks bscansAnew() throws IOException {
        return new SequentialBlocks.Equal(tree.open(file), slices, 4 * width * height, before) {
            @Override
            void begin(DataInputStream in, int number) throws IOException {
                byte[] start = new byte[BSCAN_HEADER_START];
                in.readFully(start);
                int bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
                if (bytes < BSCAN_HEADER_START || bytes > 1 << 24) {
                    throw new IOException("the header of B-scan " + (number + 1) + " claims " + bytes
                            + " bytes; the file is damaged");
                }
                in.skipNBytes(bytes - BSCAN_HEADER_START);
            }
        };
    }
}
