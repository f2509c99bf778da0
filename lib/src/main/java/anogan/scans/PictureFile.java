package anogan.scans;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture, whatever its name ends in; the pages of a TIFF are slices, but for its thumbnails. It is turned upright as
 * its EXIF block or its TIFF tag says.
 */
final class PictureFile implements ScanFile {
    private final FileTree tree;
    private final String file;
    private final List<TiffPages.Page> pages;   // of a TIFF
    private byte @Nullable [] content;   // of an archive's file, until the last of its pages was read

    PictureFile(FileTree tree, String file) {
        this.tree = tree;
        this.file = file;
        String ending = ScanFile.ending(file);
        // only of what may have several is the file opened for it now
        pages = ending.startsWith("tif") || !PICTURES.contains(ending) ? ask(PictureFile::pages) : List.of();
        if (pages.size() < 2) content = null;
    }

    private static List<TiffPages.Page> pages(ImageInputStream in) throws IOException {
        return PictureHeader.format(in) == PictureHeader.Format.TIFF ? TiffPages.of(in, MAX_SLICES) : List.of();
    }

    @Override
    public int slices() {
        return Math.max(1, pages.size());
    }

    @Override
    public Samples samples(int slice) {
        try {
            return ask(in -> decode(in, pages, slice));
        } finally {
            if (slice == slices() - 1) content = null;
        }
    }

    /** The first page of a file on disk. */
    static Samples read(Path file) {
        try (ImageInputStream in = onDisk(file)) {
            return decode(in, List.of(), 0);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw ScanFile.unreadable(file.toString(), e);
        }
    }

    private static Samples decode(ImageInputStream in, List<TiffPages.Page> known, int slice) throws IOException {
        PictureHeader header = PictureHeader.of(in);
        return switch (header.format()) {
            case PNM -> Pnm.read(in);
            case JPEG2000 -> Jpeg2000.read(PictureReaders.all(in));
            case TIFF -> tiff(in, header, (known.isEmpty() ? TiffPages.of(in, MAX_SLICES) : known).get(slice));
            default -> {
                Samples samples = Samples.of(PictureReaders.decode(in, header, 0, true), 0, Optional.empty());
                yield samples.declaring(header.significantBits()).turned(header.orientation());
            }
        };
    }

    private static Samples tiff(ImageInputStream in, PictureHeader header, TiffPages.Page page) throws IOException {
        NumberType type = page.type();
        // Java's own reader knows whole bytes without sign, and takes all else for them
        boolean fallback = type == NumberType.UINT8 || (type == NumberType.UINT16 && page.bits() == 16);
        Samples samples = Samples.of(PictureReaders.decode(in, header, page.index(), fallback), page.bits(),
                Optional.of(type));
        return (page.isPremultiplied() ? samples.divided() : samples).declaring(page.declared())
                .turned(page.orientation());
    }

    private interface Question<T> {
        T ask(ImageInputStream in) throws IOException;
    }

    /** Damaged files make the readers throw all sorts of exceptions. */
    private <T> T ask(Question<T> question) {
        try (ImageInputStream in = stream()) {
            return question.ask(in);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw ScanFile.unreadable(tree, file, e);
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
        if (content == null) content = tree.bytes(file);
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(content));
    }
}
