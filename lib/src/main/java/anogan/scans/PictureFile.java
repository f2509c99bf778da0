package anogan.scans;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A picture that {@code javax.imageio} reads; the pages of a TIFF are slices. */
final class PictureFile implements ScanFile {
    private static final long MAX_RASTER = 1L << 27;   // bytes as the JDK decodes them

    private static final int TIFF_LITTLE = 0x4949;
    private static final int TIFF_BIG = 0x4d4d;
    private static final int TIFF_MAGIC = 42;
    private static final long TIFF_ENTRY = 12;   // bytes

    private final FileTree tree;
    private final String file;
    private final int pages;
    private byte[] content;   // of an archive's file with several pages, until the last one was read

    PictureFile(FileTree tree, String file, boolean countPages) {
        this.tree = tree;
        this.file = file;
        pages = countPages ? countPages() : 1;
    }

    /** Follows a TIFF's chain of directories, which the JDK takes for ended where a file is cut short. */
    private int countPages() {
        try (ImageInputStream in = stream()) {
            int order = in.readUnsignedShort();
            in.setByteOrder(order == TIFF_LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            if ((order != TIFF_LITTLE && order != TIFF_BIG) || in.readUnsignedShort() != TIFF_MAGIC) {
                throw new IOException("it does not begin as a TIFF");
            }
            int count = 0;
            for (long directory = in.readUnsignedInt(); directory != 0; directory = in.readUnsignedInt()) {
                if (++count > MAX_SLICES)
                    throw new IOException("it has more than " + MAX_SLICES + " pages, or they form a ring");
                in.seek(directory);
                in.seek(directory + 2 + TIFF_ENTRY * in.readUnsignedShort());
            }
            if (count == 0) throw new IOException("it has no pages");
            return count;
        } catch (IOException | RuntimeException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
    }

    @Override
    public int slices() {
        return pages;
    }

    @Override
    public GrayImage slice(int page) {
        GrayImage image = with(reader -> decode(reader, page));
        if (page == pages - 1) content = null;
        return image;
    }

    /** The first page of a file on disk. */
    static GrayImage read(Path file) {
        try (ImageInputStream in = onDisk(file)) {
            return with(in, reader -> decode(reader, 0));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw ScanFile.unreadable(file.toString(), e);
        }
    }

    private static GrayImage decode(ImageReader reader, int page) throws IOException {
        long count = (long) reader.getWidth(page) * reader.getHeight(page);
        if (count > MAX_PIXELS) throw new IOException("it has " + count + " pixels, more than " + MAX_PIXELS);
        ImageTypeSpecifier type = reader.getRawImageType(page);
        int bits = 0;
        if (type != null) for (int band = 0; band < type.getNumBands(); band++) bits += type.getBitsPerBand(band);
        if (count * bits / 8 > MAX_RASTER) throw new IOException("it has " + count + " pixels of " + bits + " bits");
        return GrayImage.of(reader.read(page));
    }

    private interface Question<T> {
        T ask(ImageReader reader) throws IOException;
    }

    /** Damaged files make the JDK's readers throw all sorts of exceptions. */
    private <T> T with(Question<T> question) {
        try (ImageInputStream in = stream()) {
            return with(in, question);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw ScanFile.unreadable(tree, file, e);
        }
    }

    private static <T> T with(ImageInputStream in, Question<T> question) throws IOException {
        Iterator<ImageReader> readers = in == null ? Collections.emptyIterator() : ImageIO.getImageReaders(in);
        if (!readers.hasNext()) throw new IOException("it is not a PNG, JPEG, TIFF, BMP or GIF image");
        ImageReader reader = readers.next();
        try {
            reader.setInput(in, false, true);
            return question.ask(reader);
        } finally {
            reader.dispose();
        }
    }

    /** ImageIO's own way to a stream prints a stack trace where a file may not be read. */
    private static ImageInputStream onDisk(Path file) throws IOException {
        if (!Files.isRegularFile(file)) throw new NoSuchFileException(file.toString());
        if (!Files.isReadable(file)) throw new AccessDeniedException(file.toString());
        return new FileImageInputStream(file.toFile());
    }

    private ImageInputStream stream() throws IOException {
        Optional<Path> onDisk = tree.onDisk(file);
        if (onDisk.isPresent()) return onDisk(onDisk.get());
        byte[] bytes = content != null ? content : tree.bytes(file);
        if (pages > 1) content = bytes;
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
    }
}
