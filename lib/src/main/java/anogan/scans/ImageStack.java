package anogan.scans;

import anogan.io.Npy;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Images of one size in one array, N × H × W or N × H × W × 3 (or 4, with opacity): an {@code .npy}, by itself or
 * inside an {@code .npz} as MedMNIST has it, or an IDX file as MNIST has it. Images are read one by one; the array may
 * be larger than memory.
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

    /** What stands before the numbers: of which kind they are, and the extents. */
    private record Header(Element element, ByteOrder order, int[] shape) {}

    /** Reads it. */
    @FunctionalInterface
    private interface HeaderReader {
        Header header(InputStream in) throws IOException;
    }

    private final Opener opener;
    private final HeaderReader reader;
    private final Header header;
    private final int count;
    private final int height;
    private final int width;
    private final int bands;
    private final SequentialBlocks images;

    private ImageStack(Opener opener, HeaderReader reader) throws IOException {
        this.opener = opener;
        this.reader = reader;
        try (InputStream in = opener.open()) {
            header = reader.header(in);
        }
        int[] shape = header.shape;
        int n = shape.length;
        boolean coloured = n >= 3 && (shape[n - 1] == 3 || shape[n - 1] == 4) && (n == 4 || shape[n - 2] > 4);
        bands = coloured ? shape[n - 1] : 1;
        int spatial = n - (coloured || (n == 4 && shape[n - 1] == 1) ? 1 : 0);   // extents that are not colours
        boolean sensible = spatial == 2 || spatial == 3;
        count = spatial == 3 ? shape[0] : 1;
        height = sensible ? shape[spatial - 2] : 0;
        width = sensible ? shape[spatial - 1] : 0;
        sensible &= count >= 1 && count <= MAX_IMAGES && height >= 1 && height <= MAX_EXTENT && width >= 1
                && width <= MAX_EXTENT;
        if (!sensible) {
            throw new IOException("its shape is " + Arrays.toString(shape)
                    + ", not that of images: N, height, width, or these and 3 colours");
        }
        images = new SequentialBlocks(this::imagesAnew);
    }

    static ImageStack npy(Opener opener) throws IOException {
        return new ImageStack(opener, in -> {
            Npy.Header h = Npy.readHeader(in);
            return new Header(Element.ofNumpy(h.type()),
                    h.type().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, h.shape());
        });
    }

    static ImageStack idx(Opener opener) throws IOException {
        return new ImageStack(opener, in -> new Header(Element.UINT8, ByteOrder.BIG_ENDIAN, idxShape(in)));
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
            throw new IOException("its shape is " + Arrays.toString(shape) + ", not that of labels");
        }
        byte[] labels = in.readNBytes(shape[0]);
        if (labels.length < shape[0]) throw new EOFException();
        int[] numbers = new int[labels.length];
        for (int i = 0; i < numbers.length; i++) numbers[i] = labels[i] & 0xff;
        return numbers;
    }

    int count() {
        return count;
    }

    /** One image. Asked for in order, all of them cost one pass. */
    Samples get(int index) throws IOException {
        ByteBuffer numbers = ByteBuffer.wrap(images.get(index)).order(header.order);
        float[] values = new float[height * width * bands];
        for (int i = 0; i < values.length; i++) values[i] = (float) header.element.at(numbers, i);
        Optional<GreyRange> declared = switch (header.element) {
            case BOOL -> Optional.of(new GreyRange(0, 1));
            case UINT8 -> Optional.of(GreyRange.BYTE);
            default -> Optional.empty();
        };
        return new Samples(height, width, bands, values, bands == 1 ? Samples.Meaning.GREY : Samples.Meaning.RGB,
                bands == 4, header.element.type(), declared, Optional.empty(), new int[0]);
    }

    @Override
    public void close() throws IOException {
        images.close();
    }

    private SequentialBlocks.Blocks imagesAnew() throws IOException {
        InputStream in = opener.open();
        try {
            reader.header(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new SequentialBlocks.Equal(in, count, height * width * bands * header.element.bytes(), 0);
    }
}
