package anogan.scans;

import anogan.UserError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The masks of one file of scans, slice by slice; several masks of a scan are put together. What is unknown stays
 * unknown: a mask that marks nothing in any slice annotates nothing, and a mask of a normal scan is not used; both are
 * said.
 */
final class MaskFiles {
    private static final Set<String> LOSSY = Set.of("jpg", "jpeg", "jpe", "jfif");
    private static final Doubt EMPTY = new Doubt("of an anomalous class with a mask that marks nothing",
            "Their patches count as unknown, not as normal. Mend the masks, or leave them away.");
    private static final Doubt OF_NORMAL = new Doubt("of a normal or unlabelled class with a mask that marks pixels",
            "The masks are not used. If the scans are anomalous, give them another class; option normal names the "
                    + "normal ones.");
    private static final Doubt UNREADABLE = new Doubt(
            "of a normal or unlabelled class with a mask that does not fit or cannot be read",
            "The masks are not used.");

    private final List<ScanFile> files;
    private final List<Boolean> lossy;
    private final Label label;
    private final List<Doubt> always;   // about scans whose mask is not even looked at
    private Optional<Boolean> marksAnything = Optional.empty();   // in any slice, once somebody asked

    /**
     * @param names of the files
     * @param label of the scans
     */
    MaskFiles(List<ScanFile> files, List<String> names, Label label) {
        this(files, names, label, List.of());
    }

    private MaskFiles(List<ScanFile> files, List<String> names, Label label, List<Doubt> always) {
        this.always = always;
        this.files = files;
        lossy = names.stream().map(name -> LOSSY.contains(ScanFile.ending(name))).toList();
        this.label = label;
    }

    /** Masks that are not needed and cannot be read. */
    static MaskFiles unreadable(Label label) {
        return new MaskFiles(List.of(), List.of(), label, List.of(UNREADABLE));
    }

    /** The scan with its mask, if it has one that counts. */
    Scans.Pixels annotate(GrayImage image, int slice) {
        if (files.isEmpty()) return new Scans.Pixels(image, Optional.empty(), always);
        Set<Doubt> doubts = new LinkedHashSet<>();
        if (label != Label.ANOMALOUS) return new Scans.Pixels(image, Optional.empty(), unused(slice));
        GrayImage mask = read(slice, doubts);
        Scans.Pixels annotated = new Scans.Pixels(image, Optional.of(mask), List.copyOf(doubts));
        return marks(mask) || marksAnything() ? annotated : new Scans.Pixels(image, Optional.empty(), List.of(EMPTY));
    }

    private List<Doubt> unused(int slice) {
        try {
            return marks(read(slice, new LinkedHashSet<>())) ? List.of(OF_NORMAL) : List.of();
        } catch (UserError e) {
            return List.of(UNREADABLE);
        }
    }

    private GrayImage read(int slice, Set<Doubt> doubts) {
        List<GrayImage> masks = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            MaskPicture mask = MaskPicture.of(files.get(i).samples(slice), lossy.get(i));
            masks.add(mask.marked());
            doubts.addAll(mask.doubts());
        }
        return masks.stream().reduce(MaskFiles::either).orElseThrow();
    }

    private boolean marksAnything() {
        if (marksAnything.isEmpty()) {
            boolean any = false;
            for (int i = 0; i < files.get(0).slices() && !any; i++) any = marks(read(i, new LinkedHashSet<>()));
            marksAnything = Optional.of(any);
        }
        return marksAnything.get();
    }

    private static boolean marks(GrayImage mask) {
        for (float v : mask.pixels()) if (v > 0) return true;
        return false;
    }

    private static GrayImage either(GrayImage one, GrayImage other) {
        if (one.width() != other.width() || one.height() != other.height()) {
            throw UserError.failure("The masks of one scan have %s x %s and %s x %s pixels. Make them alike.",
                    one.width(), one.height(), other.width(), other.height());
        }
        for (int i = 0; i < one.pixels().length; i++) one.pixels()[i] = Math.max(one.pixels()[i], other.pixels()[i]);
        return one;
    }
}
