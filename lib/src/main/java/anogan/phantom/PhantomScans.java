package anogan.phantom;

import anogan.UserError;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Split;
import anogan.scans.SplitOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The built-in data set: scans of the {@link Phantom}. Eyes are the groups. A test eye is scanned healthy, and each of
 * its scans is there again with one kind of lesion and with another: the very same scan but for the lesion. So
 * brightness, noise and anatomy of normal and anomalous test scans agree not only on average.
 *
 * <p>
 * As in the paper, a lesion may be left without annotation, to see whether it is found anyway: its scans are anomalous,
 * but carry no mask, so that nothing is known of their patches.
 *
 * @param trainEyes      healthy eyes to learn from
 * @param validationEyes healthy eyes that set thresholds
 * @param testEyes       eyes that are tested, healthy and with lesions; the kinds take turns
 * @param scansPerEye    healthy scans of each
 * @param lesions        the kinds of lesion, in the order of their turns
 * @param unlabelled     those of them that nobody annotates
 */
public record PhantomScans(int trainEyes, int validationEyes, int testEyes, int scansPerEye, List<LesionKind> lesions,
        Set<LesionKind> unlabelled) implements Scans {
    private static final int KINDS_PER_EYE = 2;

    public PhantomScans {
        if (trainEyes < 1 || validationEyes < 1 || testEyes < 1) {
            throw UserError.usage("The phantom needs at least one eye each for training, validation and test.");
        }
        if (scansPerEye < 1) throw UserError.usage("option scans-per-eye must be at least 1, not %s.", scansPerEye);
        lesions = List.copyOf(new LinkedHashSet<>(lesions));
        unlabelled = Set.copyOf(unlabelled);
        if (lesions.isEmpty()) throw UserError.usage("option lesions must name at least one kind of lesion.");
        if (!lesions.containsAll(unlabelled))
            throw UserError.usage("option unlabelled names %s, but the lesions are %s.", unlabelled, lesions);
    }

    /** Every kind of lesion, all annotated. */
    public PhantomScans(int trainEyes, int validationEyes, int testEyes, int scansPerEye) {
        this(trainEyes, validationEyes, testEyes, scansPerEye, List.of(LesionKind.values()), Set.of());
    }

    /** The usual mixture for 60 healthy eyes to learn from, each scanned twice. */
    public static PhantomScans defaults() {
        return of(60, 2);
    }

    /**
     * The usual mixture for a number of training eyes: a quarter as many to set thresholds, a quarter to test, at least
     * one for each kind of lesion.
     */
    public static PhantomScans of(int trainEyes, int scansPerEye) {
        if (trainEyes < 1) throw UserError.usage("option eyes must be at least 1, not %s.", trainEyes);
        return new PhantomScans(trainEyes, Math.max(2, trainEyes / 4),
                Math.max(LesionKind.values().length, trainEyes / 4), scansPerEye);
    }

    /** Another number of eyes that set thresholds, and as many to test. */
    public PhantomScans withTestEyes(int eyes) {
        return new PhantomScans(trainEyes, eyes, eyes, scansPerEye, lesions, unlabelled);
    }

    /** The same eyes with these lesions. */
    public PhantomScans with(List<LesionKind> lesions, Set<LesionKind> unlabelled) {
        return new PhantomScans(trainEyes, validationEyes, testEyes, scansPerEye, lesions, unlabelled);
    }

    @Override
    public Listing list(SplitOptions options) {
        List<Listed> scans = new ArrayList<>();
        String normal = options.onlyJudged() || options.normalClasses().contains("NORMAL") ? "NORMAL"
                : options.normalClasses().get(0);
        int each = Math.min(KINDS_PER_EYE, lesions.size());
        for (int eye = 0; eye < trainEyes + validationEyes + testEyes; eye++) {
            Split split = options.onlyJudged() ? Split.TEST
                    : eye < trainEyes ? Split.TRAIN
                    : eye < trainEyes + validationEyes ? Split.VALIDATION
                    : Split.TEST;
            for (int index = 0; index < scansPerEye; index++) {
                scans.add(listed(options.seed(), eye, index, split, Optional.empty(), normal));
                if (split != Split.TEST) continue;
                for (int k = 0; k < each; k++) {
                    LesionKind kind = lesions.get((each * eye + k) % lesions.size());
                    scans.add(listed(options.seed(), eye, index, split, Optional.of(kind), kind.name()));
                }
            }
        }
        return new Listing(scans, List.of());
    }

    private Listed listed(long seed, int eye, int index, Split split, Optional<LesionKind> kind, String className) {
        String name = String.format(Locale.ROOT, "%s-%03d-%d", className, eye + 1, index + 1);
        return new Listed(name, name, String.format(Locale.ROOT, "eye-%03d", eye + 1), className, split, Map.of(),
                () -> draw(seed, eye, index, kind));
    }

    private Pixels draw(long seed, int eye, int index, Optional<LesionKind> kind) {
        Phantom.Scan scan = kind.isPresent() ? Phantom.draw(seed, eye, index, kind.get())
                : Phantom.draw(seed, eye, index);
        if (kind.isEmpty() || unlabelled.contains(kind.get())) return new Pixels(scan.image(), Optional.empty());
        GrayImage mask = GrayImage.black(scan.image().height(), scan.image().width());
        for (int i = 0; i < scan.mask().length; i++) mask.pixels()[i] = scan.mask()[i] ? 255 : 0;
        return new Pixels(scan.image(), Optional.of(mask));
    }
}
