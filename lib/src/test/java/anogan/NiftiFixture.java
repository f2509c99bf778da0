package anogan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/** NIfTI-1 volumes of bytes as tests want them, written by the standard's offsets and not by our own writer. */
public final class NiftiFixture {
    private static final int HEADER = 352;
    private static final byte UM = 3;   // the unit's code

    private NiftiFixture() {}

    /**
     * A volume that says nothing of spacing.
     *
     * @param grey of voxel i, slice by slice, each row by row
     */
    public static void write(Path file, int width, int height, int slices, IntUnaryOperator grey) throws IOException {
        ByteBuffer b = header(width, height, slices);
        write(file, b, grey);
    }

    /** @param um from column to column, row to row, slice to slice */
    public static void write(Path file, int width, int height, int slices, float[] um, IntUnaryOperator grey)
            throws IOException {
        ByteBuffer b = header(width, height, slices).put(123, UM);
        for (int axis = 0; axis < 3; axis++) b.putFloat(80 + 4 * axis, um[axis]);
        write(file, b, grey);
    }

    private static ByteBuffer header(int width, int height, int slices) {
        ByteBuffer b = ByteBuffer.allocate(HEADER + slices * width * height).order(ByteOrder.LITTLE_ENDIAN);
        short[] dim = {3, (short) width, (short) height, (short) slices, 1, 1, 1, 1};
        b.putInt(0, 348);
        for (int i = 0; i < dim.length; i++) b.putShort(40 + 2 * i, dim[i]);
        return b.putShort(70, (short) 2).putFloat(108, HEADER).put(344, (byte) 'n').put(345, (byte) '+');
    }

    private static void write(Path file, ByteBuffer b, IntUnaryOperator grey) throws IOException {
        for (int i = 0; i < b.capacity() - HEADER; i++) b.put(HEADER + i, (byte) grey.applyAsInt(i));
        Files.createDirectories(file.getParent());
        Files.write(file, b.array());
    }
}
