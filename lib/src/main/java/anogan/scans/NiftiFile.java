package anogan.scans;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A NIfTI-1 volume in one file ({@code .nii}, {@code .nii.gz}), either byte order: dim[1] runs along a row, dim[2]
 * downwards, dim[3] from slice to slice (and dim[4] from volume to volume), as the numbers lie in the file; orientation
 * matrices are for brains and not applied.
 *
 * <p>
 * uint8 without a scale is grey as it stands. Other numbers are scaled by scl_slope and scl_inter, and read in the
 * range of the whole data set ({@link Intensities}): cal_min and cal_max where all its files name the same, else what
 * its numbers use. NaN, and numbers that are too large to be measured, are no data.
 *
 * <p>
 * Source: Cox et al., "A (sort of) new image data format standard: NIfTI-1", 2004; {@code nifti1.h}.
 */
final class NiftiFile implements ScanFile {
    private static final int HEADER = 348;
    private static final int HEADER_2 = 540;
    private static final int MAX_EXTENT = 1 << 14;

    /** What the header says; {@code start} is where the numbers begin. */
    private record Header(int width, int height, int slices, Element kind, ByteOrder order, long start, double slope,
            double intercept, double low, double high, Optional<Spacing> spacing) {
        int sliceBytes() {
            return width * height * kind.bytes();
        }

        double value(ByteBuffer numbers, int i) {
            return slope * kind.at(numbers, i) + intercept;
        }

        NumberType type() {
            return slope == 1 && intercept == 0 ? kind.type() : NumberType.FLOAT;
        }

        boolean isPlain() {
            return kind == Element.UINT8 && slope == 1 && intercept == 0 && !hasWindow();
        }

        boolean hasWindow() {
            return high > low && Samples.isData((float) low) && Samples.isData((float) high);
        }
    }

    private final FileTree tree;
    private final String file;
    private final Header header;
    private final SequentialBlocks blocks;

    NiftiFile(FileTree tree, String file) {
        this.tree = tree;
        this.file = file;
        try (DataInputStream in = stream()) {
            header = header(in);
        } catch (IOException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
        blocks = new SequentialBlocks(this::slicesAnew);
    }

    @Override
    public int slices() {
        return header.slices;
    }

    @Override
    public Optional<Spacing> spacing() {
        return header.spacing;
    }

    @Override
    public Samples samples(int slice) {
        try {
            ByteBuffer numbers = ByteBuffer.wrap(blocks.get(slice)).order(header.order);
            if (slice == header.slices - 1) blocks.close();
            float[] values = new float[header.width * header.height];
            for (int i = 0; i < values.length; i++) values[i] = (float) header.value(numbers, i);
            Samples samples = Samples.grey(header.height, header.width, values, header.type(),
                    header.isPlain() ? Optional.of(GreyRange.BYTE) : Optional.empty());
            return header.hasWindow() ? samples.shownIn(new GreyRange(header.low, header.high)) : samples;
        } catch (IOException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }

    private DataInputStream stream() throws IOException {
        InputStream in = tree.open(file);
        return new DataInputStream(ScanFile.ending(file).endsWith("gz") ? FileTree.gunzip(in) : in);
    }

    private static Header header(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(HEADER);
        if (bytes.length < HEADER) throw new EOFException();
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int little = b.getInt(0);
        int big = Integer.reverseBytes(little);
        if (little == HEADER_2 || big == HEADER_2) throw new IOException("it is a NIfTI-2 file; save it as NIfTI-1");
        if (big == HEADER) b.order(ByteOrder.BIG_ENDIAN);
        else if (little != HEADER) throw new IOException("it does not begin as a NIfTI-1 file");
        if (bytes[344] != 'n' || bytes[345] != '+')
            throw new IOException("its numbers stand in another file (.hdr and .img); save both as one .nii");
        int[] dim = new int[5];
        for (int i = 0; i < dim.length; i++) dim[i] = i == 0 || i <= b.getShort(40) ? b.getShort(40 + 2 * i) : 1;
        long slices = (long) dim[3] * dim[4];
        boolean sensible = dim[0] >= 2 && dim[0] <= 7 && dim[1] >= 1 && dim[1] <= MAX_EXTENT && dim[2] >= 1
                && dim[2] <= MAX_EXTENT && dim[3] >= 1 && dim[4] >= 1 && slices <= MAX_SLICES
                && (long) dim[1] * dim[2] <= MAX_PIXELS;
        for (int i = 5; i <= Math.min(7, dim[0]); i++) sensible &= b.getShort(40 + 2 * i) == 1;
        if (!sensible) {
            throw new IOException("its header claims " + dim[1] + " x " + dim[2] + " x " + dim[3] + " x " + dim[4]
                    + " numbers, which cannot be slices of scans");
        }
        float start = b.getFloat(108);
        if (!(start >= HEADER && start <= 1 << 24))
            throw new IOException("its header is damaged: the numbers should begin at byte " + start);
        float slope = b.getFloat(112);
        boolean scaled = Float.isFinite(slope) && slope != 0 && Float.isFinite(b.getFloat(116));
        return new Header(dim[1], dim[2], (int) slices, Element.ofNifti(b.getShort(70)), b.order(), (long) start,
                scaled ? slope : 1, scaled ? b.getFloat(116) : 0, b.getFloat(128), b.getFloat(124),
                spacing(b, dim[4] == 1));
    }

    /**
     * Where its unit is told; 1 × 1, and 1 from slice to slice, is what programs write that do not know it.
     *
     * @param single whether it is one volume: of several, the last slice of one is followed by the first of another
     */
    private static Optional<Spacing> spacing(ByteBuffer b, boolean single) {
        double row = b.getFloat(84);
        double column = b.getFloat(80);
        double slice = single && b.getFloat(88) != 1 ? b.getFloat(88) : 0;
        if (row == 1 && column == 1) return Optional.empty();
        return switch (b.get(123) & 7) {
            case 1 -> Spacing.ofMillimetres(1e3 * row, 1e3 * column, 1e3 * slice);
            case 2 -> Spacing.ofMillimetres(row, column, slice);
            case 3 -> Spacing.ofMillimetres(row / 1e3, column / 1e3, slice / 1e3);
            default -> Optional.empty();
        };
    }

    private SequentialBlocks.Blocks slicesAnew() throws IOException {
        return new SequentialBlocks.Equal(stream(), header.slices, header.sliceBytes(), header.start);
    }
}
