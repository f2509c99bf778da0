package anogan.scans;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Who decodes a picture. TwelveMonkeys' readers know more kinds of JPEG (inks, component numbers from 0, lossless) and
 * TIFF (predictors, BigTIFF, every depth) than Java's own, and WebP at all; what they cannot decode, Java's own reader
 * tries. They are named here one by one: plug-ins that are found by chance on a class path would make the same file
 * grey in different ways.
 */
final class PictureReaders {
    private static final int INKS = 4;   // components of a JPEG
    private static final long MAX_RASTER = 1L << 27;   // bytes as they are decoded

    private PictureReaders() {}

    /**
     * Decodes one picture.
     *
     * @param  header           what kind of file it is
     * @param  page             its number in the file, from 0
     * @param  fallback         whether Java's own reader may try what the first one refuses
     * @throws IOException      if no reader knows it, it is too large or damaged
     * @throws RuntimeException if it is damaged: readers throw all sorts
     */
    static BufferedImage decode(ImageInputStream file, PictureHeader header, int page, boolean fallback)
            throws IOException {
        ImageInputStream in = header.profiles().isEmpty() ? file : withoutProfiles(file, header.profiles());
        List<ImageReaderSpi> readers = new ArrayList<>();
        preferred(header.format()).ifPresent(readers::add);
        // Java's own reader hands out inks as they are; the other one makes colours of them, rounding twice
        int place = header.components() == INKS ? 0 : readers.size();
        if (readers.isEmpty() || fallback) own(in).ifPresent(reader -> readers.add(place, reader));
        if (readers.isEmpty()) throw unknown(in);
        if (header.pictures() > 1) throw moving(header.pictures());
        try {
            return decode(in, readers.get(0), page);
        } catch (Refused e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (readers.size() == 1) throw e;
            try {
                return decode(in, readers.get(1), page);
            } catch (IOException | RuntimeException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    private static IOException unknown(ImageInputStream in) throws IOException {
        byte[] start = new byte[16];
        in.seek(0);
        in.read(start);
        return new IOException(
                PictureHeader.unread(start).map(kind -> "it is " + kind + ", which is not read; save it as PNG or TIFF")
                        .orElse("it is not a PNG, JPEG, JPEG 2000, TIFF, WebP, BMP, GIF or PNM picture"));
    }

    private static Refused moving(int pictures) {
        return new Refused("it shows " + pictures + " pictures, one after the other; save each in a file of its own");
    }

    /** Readers that heed a colour profile bend grey values by it; one that is called otherwise they pass over. */
    private static ImageInputStream withoutProfiles(ImageInputStream in, List<Long> names) throws IOException {
        byte[] bytes = all(in);
        for (long at : names) bytes[(int) at] = 'X';
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
    }

    /** The bytes of the file. */
    static byte[] all(ImageInputStream in) throws IOException {
        in.seek(0);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 16];
        for (int n; (n = in.read(chunk)) > 0;) {
            if (all.size() > FileTree.MAX_BYTES) throw FileTree.tooLong();
            all.write(chunk, 0, n);
        }
        return all.toByteArray();
    }

    private static final class Refused extends IOException {
        private Refused(String message) {
            super(message);
        }
    }

    private static BufferedImage decode(ImageInputStream in, ImageReaderSpi provider, int page) throws IOException {
        in.seek(0);
        ImageReader reader = provider.createReaderInstance();
        try {
            reader.setInput(in, false, true);
            if (provider.getFormatNames()[0].equalsIgnoreCase("gif") && reader.getNumImages(true) > 1)
                throw moving(reader.getNumImages(true));
            requireModestSize(reader, page);
            return reader.read(page);
        } finally {
            reader.dispose();
        }
    }

    private static void requireModestSize(ImageReader reader, int page) throws IOException {
        long count = (long) reader.getWidth(page) * reader.getHeight(page);
        if (count > ScanFile.MAX_PIXELS)
            throw new Refused("it has " + count + " pixels, more than " + ScanFile.MAX_PIXELS);
        ImageTypeSpecifier type = reader.getRawImageType(page);
        int bits = 0;
        if (type != null) for (int band = 0; band < type.getNumBands(); band++) bits += type.getBitsPerBand(band);
        if (count * bits / 8 > MAX_RASTER) throw new Refused("it has " + count + " pixels of " + bits + " bits");
    }

    private static Optional<ImageReaderSpi> preferred(PictureHeader.Format format) {
        return switch (format) {
            case JPEG -> Optional.of(provider(JPEGImageReaderSpi.class, JPEGImageReaderSpi::new));
            case TIFF -> Optional.of(provider(TIFFImageReaderSpi.class, TIFFImageReaderSpi::new));
            case WEBP -> Optional.of(provider(WebPImageReaderSpi.class, WebPImageReaderSpi::new));
            default -> Optional.empty();
        };
    }

    /** A class path that ImageIO does not see, a notebook's for example, leaves its plug-ins unregistered. */
    private static <T extends ImageReaderSpi> ImageReaderSpi provider(Class<T> type, Supplier<T> maker) {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        synchronized (registry) {
            if (registry.getServiceProviderByClass(type) == null) registry.registerServiceProvider(maker.get());
            return registry.getServiceProviderByClass(type);
        }
    }

    /** The reader that Java brings along. */
    private static Optional<ImageReaderSpi> own(ImageInputStream in) throws IOException {
        in.seek(0);
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext();) {
            ImageReaderSpi provider = readers.next().getOriginatingProvider();
            if (provider.getClass().getName().startsWith("com.sun.imageio.")) return Optional.of(provider);
        }
        return Optional.empty();
    }
}
