package anogan.scans;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DICOM file (Part 10): a volume of B-scans as devices export it (ophthalmic tomography, multi-frame), or a picture
 * such as a secondary capture. Frames are slices in the order of the file. They may be uncompressed, or packed as RLE,
 * JPEG (baseline, extended, lossless) or JPEG 2000; what a device's maker has scrambled is refused.
 *
 * <p>
 * Numbers go through the rescale slope and intercept to what was measured, and MONOCHROME1, in which the smallest is
 * white, is turned over. Unsigned numbers of less than 16 bits have the black and white of their bits; the window of
 * others counts as {@link Intensities} has it. Tables for showing (VOI LUT, presentation) and overlays are not applied.
 * The spacing of pixels is taken from Pixel Spacing, where all frames agree; that of slices from Spacing Between Slices
 * or, without it, from the frames' positions ({@link DicomPlanes}).
 *
 * <p>
 * Nothing of the patient is read ({@link DicomHeader}).
 */
final class DicomFile implements ScanFile {
    private static final String PACKED = "1.2.840.10008.1.2.4.";
    private static final Map<String, String> KINDS = Map.of("1.2.840.10008.1.3.10", "a directory of DICOM files",
            "1.2.840.10008.5.1.4.1.1.88.", "a report", "1.2.840.10008.5.1.4.1.1.104.", "a document",
            "1.2.840.10008.5.1.4.1.1.481.", "a plan or dose of radiotherapy", "1.2.840.10008.5.1.4.1.1.11.",
            "a way to show other files", "1.2.840.10008.5.1.4.1.1.66", "raw data or a segmentation");

    private final FileTree tree;
    private final String file;
    private final DicomPixels pixels;
    private final int slices;
    private final List<List<DicomFrames.Piece>> places;   // of the frames
    private final SequentialBlocks frames;
    private final Optional<Spacing> spacing;

    DicomFile(FileTree tree, String file) {
        this.tree = tree;
        this.file = file;
        try (InputStream in = tree.open(file)) {
            DicomHeader header = DicomHeader.read(in);
            if (!header.hasPixels()) throw new IOException("it is " + kind(header) + " and has no picture");
            DicomPixels.Packing packing = packing(header.text(DicomHeader.SYNTAX));
            if (header.isEncapsulated() == (packing == DicomPixels.Packing.NONE))
                throw new IOException("it is damaged: its header and its pixels differ in whether they are packed");
            pixels = new DicomPixels(header, packing);
            slices = frames(header);
            places = header.isEncapsulated() ? DicomFrames.packed(header.stream(), header.at(), slices)
                    : DicomFrames.plain(header.at(), slices, pixels.bytes());
            frames = new SequentialBlocks(this::framesAnew);
            spacing = spacing(header, slices);
        } catch (IOException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
    }

    private static int frames(DicomHeader header) throws IOException {
        String text = header.text(DicomHeader.FRAMES);
        if (text.isEmpty()) return 1;
        if (!text.matches("[+]?\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_SLICES)
            throw new IOException("its header claims a number of frames that is none or more than " + MAX_SLICES);
        return Integer.parseInt(text);
    }

    private static Optional<Spacing> spacing(DicomHeader header, int slices) {
        double[] mm = header.numbers(DicomHeader.SPACING);
        if (mm.length != 2) return Optional.empty();
        double[] between = header.numbers(DicomHeader.BETWEEN_SLICES);
        double step = between.length == 1 ? between[0]
                : header.positions().size() == slices
                        ? DicomPlanes.step(header.positions(), header.numbers(DicomHeader.ORIENTATION))
                : 0;
        return Spacing.ofMillimetres(mm[0], mm[1], step);
    }

    private static String kind(DicomHeader header) {
        String uid = header.text(DicomHeader.KIND);
        return KINDS.entrySet().stream().filter(e -> uid.startsWith(e.getKey())).map(Map.Entry::getValue).findFirst()
                .orElse("a DICOM object of another kind");
    }

    private static DicomPixels.Packing packing(String syntax) throws IOException {
        String last = syntax.startsWith(PACKED) ? syntax.substring(PACKED.length()) : "";
        if (last.matches("[567]\\d")) return DicomPixels.Packing.JPEG;
        if (last.equals("90") || last.equals("91")) return DicomPixels.Packing.JPEG_2000;
        String other = last.matches("8[01]") ? "JPEG-LS"
                : last.matches("10\\d") ? "video"
                : last.matches("20\\d") ? "HTJ2K"
                : "";
        if (!other.isEmpty())
            throw new IOException("its pixels are packed as " + other + ", which is not read; save it uncompressed");
        return switch (syntax) {
            case "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99" ->
                DicomPixels.Packing.NONE;
            case "1.2.840.10008.1.2.5" -> DicomPixels.Packing.RLE;
            default -> throw new IOException("its pixels are packed in a way that is not read (transfer syntax "
                    + syntax.replaceAll("[^0-9.]", "?") + "); save it uncompressed");
        };
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
            byte[] frame = frames.get(slice);
            if (slice == slices - 1) frames.close();
            return pixels.samples(frame);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw ScanFile.unreadable(tree, file, e);
        }
    }

    private SequentialBlocks.Blocks framesAnew() throws IOException {
        InputStream in = tree.open(file);
        try {
            DicomHeader header = DicomHeader.read(in);
            return DicomFrames.blocks(places, header.stream(), header.at());
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
