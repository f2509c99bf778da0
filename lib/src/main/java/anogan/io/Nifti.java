package anogan.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes NIfTI-1, which viewers of volumes read: one gzipped file of float32 numbers, little-endian. dim[1] runs along
 * a row, dim[2] downwards, dim[3] from slice to slice, dim[4] from volume to volume, as the numbers lie; extents are
 * those of pixels, since nothing is known of millimetres and of the patient's right and left.
 *
 * <p>
 * Source: Cox et al., "A (sort of) new image data format standard: NIfTI-1", 2004; {@code nifti1.h}.
 */
public final class Nifti {
    private static final int HEADER = 348;
    private static final int START = 352;   // of the numbers: behind the header and four zeros, for no extensions
    private static final short FLOAT32 = 16;

    private Nifti() {}

    /** Where the numbers come from, one slice at a time: a volume may be larger than memory. */
    @FunctionalInterface
    public interface Slices {
        /** height × width numbers, row by row. */
        float[] of(int volume, int slice);
    }

    /** @param description at most 79 letters of ASCII, for whoever looks into the header */
    public static void write(Path file, int width, int height, int slices, int volumes, String description,
            Slices numbers) {
        AtomicFiles.write(file, out -> {
            GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16);
            zipped.write(header(width, height, slices, volumes, description));
            for (int v = 0; v < volumes; v++)
                for (int s = 0; s < slices; s++) Npy.writeNumbers(zipped, numbers.of(v, s));
            zipped.finish();
        });
    }

    private static byte[] header(int width, int height, int slices, int volumes, String description) {
        ByteBuffer b = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN).putInt(0, HEADER);
        int[] dim = {4, width, height, slices, volumes, 1, 1, 1};
        for (int i = 0; i < dim.length; i++) {
            if (dim[i] > Short.MAX_VALUE) throw new IllegalArgumentException("NIfTI-1 has no extent of " + dim[i]);
            b.putShort(40 + 2 * i, (short) dim[i]).putFloat(76 + 4 * i, 1);   // dim, and pixdim in no unit
        }
        b.putShort(70, FLOAT32).putShort(72, (short) (8 * Float.BYTES));
        b.putFloat(108, START).putFloat(112, 1).putFloat(116, 0);   // vox_offset, scl_slope, scl_inter
        byte[] words = description.getBytes(StandardCharsets.US_ASCII);
        if (words.length > 79) throw new IllegalArgumentException("too long for a header: " + description);
        b.put(148, words).put(344, new byte[] {'n', '+', '1', 0});
        return b.array();
    }
}
