package anogan.scans;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
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
    static BufferedImage decode(ImageInputStream in, PictureHeader header, int page, boolean fallback)
            throws IOException {
        List<ImageReaderSpi> readers = new ArrayList<>();
        preferred(header.format()).ifPresent(readers::add);
        // Java's own reader hands out inks as they are; the other one makes colours of them, rounding twice
        int place = header.components() == INKS ? 0 : readers.size();
        if (readers.isEmpty() || fallback) own(in).ifPresent(reader -> readers.add(place, reader));
        if (readers.isEmpty()) throw new IOException("it is not a PNG, JPEG, TIFF, WebP, BMP, GIF or PNM picture");
        try {
            return decode(in, readers.get(0), page);
        } catch (TooLarge e) {
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

    private static final class TooLarge extends IOException {
        private TooLarge(String message) {
            super(message);
        }
    }

    private static BufferedImage decode(ImageInputStream in, ImageReaderSpi provider, int page) throws IOException {
        in.seek(0);
        ImageReader reader = provider.createReaderInstance();
        try {
            reader.setInput(in, false, true);
            requireModestSize(reader, page);
            return reader.read(page);
        } finally {
            reader.dispose();
        }
    }

    private static void requireModestSize(ImageReader reader, int page) throws IOException {
        long count = (long) reader.getWidth(page) * reader.getHeight(page);
        if (count > ScanFile.MAX_PIXELS)
            throw new TooLarge("it has " + count + " pixels, more than " + ScanFile.MAX_PIXELS);
        ImageTypeSpecifier type = reader.getRawImageType(page);
        int bits = 0;
        if (type != null) for (int band = 0; band < type.getNumBands(); band++) bits += type.getBitsPerBand(band);
        if (count * bits / 8 > MAX_RASTER) throw new TooLarge("it has " + count + " pixels of " + bits + " bits");
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
