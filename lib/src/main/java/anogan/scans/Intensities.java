package anogan.scans;

import anogan.UserError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which numbers are black and white in the scans of one data set. Bytes say it themselves, 0 and 255, as do numbers of
 * 10, 12 or 14 bits that a file calls so. All others — 16 and more bits, signed, floating-point — are read in one range
 * for all scans of the data set, never scan by scan, so that a dark scan stays dark: once such a scan is met, every
 * scan is looked at, and the range that their numbers use is rounded up to what such numbers usually mean. Scans that a
 * model judges are read in the range that it learned with ({@link #use(Map)}), in whatever company they are. What was
 * found is told in {@link #notes}, and what is doubtful about it in {@link #doubts}.
 */
public final class Intensities {
    private static final double DARK = 0.3;     // of the largest number of all
    private static final int LEVELS = 32;
    private static final int LARGE = 64 * 64;   // pixels: a small picture may do with few levels

    private final List<Supplier<Samples>> sources = new ArrayList<>();
    private final Map<NumberType, ValueHistogram> histograms = new EnumMap<>(NumberType.class);
    private final Map<NumberType, Found> found = new EnumMap<>(NumberType.class);
    private final Tally few = new Tally();
    private final Tally dark = new Tally();
    private final Tally clipped = new Tally();
    private Optional<GreyRange> given = Optional.empty();
    private Map<String, GreyRange> learned = Map.of();   // by type of number
    private Optional<Map<String, GreyRange>> told = Optional.empty();

    /** A range that other scans have a say in, and that was not told. */
    public static final class Untold extends RuntimeException {
        private Untold(NumberType type) {
            super("nobody told what is black and white in " + type.words());
        }
    }

    /** The range of one type of number, and what it was read from. */
    private record Found(GreyRange range, ValueHistogram histogram, ValueHistogram.Extent extent) {
        /** A sentence about it; none where numbers use all that they can, as one expects. */
        private Optional<String> note(NumberType type) {
            boolean plain = type == NumberType.UINT8 || (type == NumberType.UINT16 && range.white() == type.most());
            if (histogram.isEmpty() || (plain && extent.outliers() == 0)) return Optional.empty();
            return Optional.of(String.format(Locale.ROOT,
                    "The %s of %s lie between %s and %s%s%s. Black is %s and white is %s; option range of stage prepare says otherwise.",
                    type.words(), histogram.scans() == 1 ? "one scan" : histogram.scans() + " scans",
                    text(extent.low()), text(extent.high()),
                    extent.outliers() == 0 ? "" : ", but for " + extent.outliers() + " far outside",
                    histogram.noData() == 0 ? "" : ", and " + histogram.noData() + " are no data (white)",
                    text(range.black()), text(range.white())));
        }
    }

    /** Scans of which the same is to be said: how many, and the first. */
    private static final class Tally {
        private int scans;
        private String first = "";

        private void add(String file) {
            if (scans++ == 0) first = file;
        }

        private void tell(List<String> sentences, String words) {
            if (scans == 0) return;
            sentences.add(String.format(Locale.ROOT, words,
                    scans == 1 ? "1 scan (" + first + ")" : scans + " scans (the first: " + first + ")"));
        }
    }

    /**
     * Adds a scan that the range of the data set is to be asked of; it is read when that is asked for the first time.
     */
    void add(Supplier<Samples> scan) {
        sources.add(scan);
    }

    /** All numbers but bytes are read in this range; bytes as well, if it lies among them. */
    public void use(GreyRange range) {
        given = Optional.of(range);
    }

    /**
     * Numbers of these types, which need a range of the data set, are read in the range of another data set: that which
     * a model learned from.
     *
     * @param ranges as {@link #ranges} tells them; scans of other types are looked at as ever
     */
    public void use(Map<String, GreyRange> ranges) {
        learned = Map.copyOf(ranges);
    }

    /**
     * These scans are a share of a data set whose ranges are known: nothing is looked for among them.
     *
     * @param all as {@link #all} has them; of a type that is missing, {@link #grey} throws {@link Untold}
     */
    void tell(Map<String, GreyRange> all) {
        told = Optional.of(all);
    }

    /** The ranges of all types of number that the data set has, found now if they were not needed before. */
    public synchronized Map<String, GreyRange> all() {
        if (histograms.isEmpty()) look();
        Set.copyOf(histograms.keySet()).forEach(this::range);
        return ranges();
    }

    /** The ranges of the data set that were needed so far, by type of number, such as {@code uint16}. */
    public synchronized Map<String, GreyRange> ranges() {
        Map<String, GreyRange> byName = new TreeMap<>();
        found.forEach((type, f) -> byName.put(name(type), f.range));
        return byName;
    }

    private static String name(NumberType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** Sentences about the ranges that were found. */
    synchronized List<String> notes() {
        List<String> notes = new ArrayList<>();
        found.forEach((type, f) -> f.note(type).ifPresent(notes::add));
        return notes;
    }

    /** Sentences about scans whose range is probably another one. */
    synchronized List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        few.tell(doubts, "%s with fewer than " + LEVELS
                + " grey levels. If the numbers in the file use a smaller range, "
                + "name it with option range of stage prepare; if it was saved so, export it anew with all levels.");
        dark.tell(doubts,
                "%s whose largest number is less than a third of the data set's. If they were saved with fewer bits "
                        + "than the others, prepare them apart, or make them alike.");
        clipped.tell(doubts,
                "%s of which more than half lies outside of the range of black and white. Name a wider one "
                        + "with option range of stage prepare.");
        return doubts;
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.4g", number);
    }

    /** The grey values of a scan. */
    GrayImage grey(String file, Samples samples) {
        if (samples.meaning() == Samples.Meaning.INDEX) return samples.grey(GreyRange.BYTE);
        boolean isGiven = given.isPresent() && (samples.type() != NumberType.UINT8 || given.get().isAmongBytes());
        GreyRange range = isGiven ? given.get() : samples.declared().orElseGet(() -> range(samples.type()));
        GrayImage image = samples.grey(range);
        check(file, samples, image, range);
        return image;
    }

    private synchronized void check(String file, Samples samples, GrayImage image, GreyRange range) {
        boolean bytes = samples.type() == NumberType.UINT8;
        if ((!bytes || image.pixels().length >= LARGE) && image.levels() < LEVELS) few.add(file);
        else if (found.containsKey(samples.type()) && samples.most() < found.get(samples.type()).extent.high() * DARK)
            dark.add(file);
        if (bytes) return;
        int outside = 0;
        for (int i = 0; i < samples.values().length; i += samples.bands()) {
            float v = samples.values()[i];
            if (Samples.isData(v) && (v < range.black() || v > range.white())) outside++;
        }
        if (2 * outside > image.pixels().length) clipped.add(file);
    }

    private synchronized GreyRange range(NumberType type) {
        if (learned.containsKey(name(type))) return learned.get(name(type));
        if (told.isPresent())
            return Optional.ofNullable(told.get().get(name(type))).orElseThrow(() -> new Untold(type));
        if (!found.containsKey(type)) {
            if (histograms.isEmpty()) look();
            found.put(type, find(histograms.getOrDefault(type, new ValueHistogram()), type));
        }
        return found.get(type).range;
    }

    /** The one look at all scans. One that cannot be read is passed over; whoever reads it says why. */
    private void look() {
        for (Supplier<Samples> source : sources) {
            try {
                Samples samples = source.get();
                if (samples.declared().isPresent() || samples.meaning() == Samples.Meaning.INDEX) continue;
                histograms.computeIfAbsent(samples.type(), t -> new ValueHistogram()).add(samples);
            } catch (UserError e) {
                // it is said where the scan is read
            }
        }
    }

    private static Found find(ValueHistogram histogram, NumberType type) {
        ValueHistogram.Extent extent = histogram.extent();
        // a window that shows hardly anything was set for something else
        Optional<GreyRange> window = histogram.window().filter(w -> histogram.share(w.black(), w.white()) >= 0.5);
        GreyRange range = window.orElseGet(() -> type == NumberType.UINT8 || histogram.isEmpty() ? GreyRange.BYTE
                : GreyRange.usual(type, extent.low(), extent.high()));
        return new Found(range, histogram, extent);
    }
}
