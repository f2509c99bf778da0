package anogan.scans;

import anogan.io.Npy;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Images of one size in one array of unsigned bytes, N × H × W or N × H × W × 3: an {@code .npy} inside an {@code .npz}
 * as MedMNIST has it, or an IDX file as MNIST has it. Images are read one by one; the array may be larger than memory.
 */
final class ImageStack implements Closeable {
    static final int MAX_IMAGES = 10_000_000;
    private static final int MAX_EXTENT = 4096;
    private static final int IDX_BYTES = 0x08;   // IDX's code for unsigned bytes

    /** Opens the array's file, uncompressed. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    /** Reads what stands before the numbers: the extents. */
    @FunctionalInterface
    private interface HeaderReader {
        int[] read(InputStream in) throws IOException;
    }

    private final Opener opener;
    private final HeaderReader header;
    private final int[] shape;
    private final int bytes;   // of an image
    private final SequentialBlocks images;

    private ImageStack(Opener opener, HeaderReader header) throws IOException {
        this.opener = opener;
        this.header = header;
        try (InputStream in = opener.open()) {
            shape = header.read(in);
        }
        boolean sensible = (shape.length == 3 || (shape.length == 4 && shape[3] == 3)) && shape[0] <= MAX_IMAGES;
        for (int i = 0; i < shape.length; i++) sensible &= shape[i] >= 1 && (i == 0 || shape[i] <= MAX_EXTENT);
        if (!sensible) {
            throw new IOException("its shape is " + java.util.Arrays.toString(shape)
                    + ", not that of images: N, height, width, or these and 3 colours");
        }
        bytes = shape[1] * shape[2] * (shape.length == 4 ? 3 : 1);
        images = new SequentialBlocks(this::imagesAnew);
    }

    static ImageStack npy(Opener opener) throws IOException {
        return new ImageStack(opener, in -> {
            Npy.Header h = Npy.readHeader(in);
            if (h.type().equals("|O")) throw new IOException("it holds pickled Python objects, which are never read");
            if (!h.type().equals("|u1")) {
                throw new IOException(
                        "its element type is " + h.type() + "; images must be uint8 (save them with .astype('uint8'))");
            }
            return h.shape();
        });
    }

    static ImageStack idx(Opener opener) throws IOException {
        return new ImageStack(opener, ImageStack::idxShape);
    }

    private static int[] idxShape(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int magic = in.readInt();
        if (magic >>> 16 != 0 || (magic >> 8 & 0xff) != IDX_BYTES || (magic & 0xff) > 4) {
            throw new IOException("it does not begin as an IDX file of bytes");
        }
        int[] shape = new int[magic & 0xff];
        for (int i = 0; i < shape.length; i++) shape[i] = in.readInt();
        return shape;
    }

    /** The labels of an IDX file: its first extent of bytes. */
    static int[] idxLabels(InputStream in) throws IOException {
        int[] shape = idxShape(in);
        if (shape.length != 1 || shape[0] < 0 || shape[0] > MAX_IMAGES) {
            throw new IOException("its shape is " + java.util.Arrays.toString(shape) + ", not that of labels");
        }
        byte[] labels = in.readNBytes(shape[0]);
        if (labels.length < shape[0]) throw new EOFException();
        int[] numbers = new int[labels.length];
        for (int i = 0; i < numbers.length; i++) numbers[i] = labels[i] & 0xff;
        return numbers;
    }

    int count() {
        return shape[0];
    }

    /** One image, colours as luma. Asked for in order, all of them cost one pass. */
    GrayImage get(int index) throws IOException {
        byte[] values = images.get(index);
        float[] pixels = new float[shape[1] * shape[2]];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = shape.length == 3 ? values[i] & 0xff
                    : GrayImage.luma(values[3 * i] & 0xff, values[3 * i + 1] & 0xff, values[3 * i + 2] & 0xff);
        }
        return new GrayImage(shape[1], shape[2], pixels);
    }

    @Override
    public void close() throws IOException {
        images.close();
    }

    private SequentialBlocks.Blocks imagesAnew() throws IOException {
        InputStream in = opener.open();
        try {
            header.read(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new SequentialBlocks.Equal(in, shape[0], bytes, 0);
    }
}
