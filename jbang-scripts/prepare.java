///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.UserError;
import anogan.patches.Area;
import anogan.patches.Patches;
import anogan.patches.PatchesText;
import anogan.patches.PixelOptions;
import anogan.patches.PrepareOptions;
import anogan.phantom.LesionKind;
import anogan.phantom.PhantomScans;
import anogan.scans.Layout;
import anogan.scans.Naming;
import anogan.scans.Scans;
import anogan.ui.Cli;
import anogan.ui.PixelArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scans to flattened strips: the first stage. */
@Command(name = "prepare", sortOptions = false,
        description = "Reads scans, finds the retina, flattens it and stores strips that patches are cut from.",
        footer = {"", "Examples:", "  environment/jbang prepare --layout phantom --out data/patches/phantom",
                "  environment/jbang prepare --layout folder --scans data/sample/phantom --size 32 --out data/patches/sample",
                "  environment/jbang prepare --layout medmnist --scans ~/octmnist_64.npz --out data/patches/octmnist"})
public class prepare extends Cli.Script {
    private static final PrepareOptions USUAL = PrepareOptions.defaults();
    private static final PhantomScans PHANTOM = PhantomScans.defaults();
    private static final String[] OF_FILES = {"--scans", "--class", "--patient"},
            OF_THE_PHANTOM = {"--eyes", "--test-eyes", "--scans-per-eye", "--lesions", "--unlabelled"};

    @Option(names = "--layout", required = true, paramLabel = "L",
            description = {
                    "How the scans lie: ${COMPLETION-CANDIDATES}. phantom draws them; folder: a folder per class;",
                    "manifest: a CSV file with path,class,patient; data/README.md tells of the others."})
    Layout layout;
    @Option(names = "--scans", paramLabel = "PATH", description = "Folder, archive (.zip, .tar.gz), .npz or .csv.")
    Optional<Path> scans = Optional.empty();
    @Option(names = "--out", required = true, paramLabel = "PATCHES",
            description = "Folder to write; an earlier prepared folder of this name is replaced.")
    Path out;
    @Option(names = "--size", paramLabel = "N", description = "Edge of a patch, 32 or 64 [${DEFAULT-VALUE}].")
    int size = USUAL.size();
    @Option(names = "--stride", paramLabel = "N",
            description = "Columns between two patches of evaluation [half the size].")
    int stride;
    @Option(names = "--columns", paramLabel = "N", description = "Width that scans are resized to [8 times the size].")
    int columns;
    @Option(names = "--rows", paramLabel = "N",
            description = "Height that scans are resized to [measured: a healthy retina is 0.38 of the size thick].")
    int rows;
    @Option(names = "--no-flatten",
            description = "No retina: resize each whole picture to one patch [for mvtec, medmnist and idx].")
    boolean noFlatten;
    @Option(names = "--normal", split = ",", paramLabel = "CLASS",
            description = "Classes that are normal [NO,NORMAL,normal,good].")
    List<String> normal = USUAL.normalClasses();
    @Option(names = "--class", paramLabel = "PATTERN",
            description = "Where a path tells the class, as in {class}{*}/TIFFs/{slice} or ^([A-Z]+)[0-9]+/ [guessed].")
    Optional<String> classes = Optional.empty();
    @Option(names = "--patient", paramLabel = "PATTERN",
            description = "Where a path tells the patient, as in {class}/{patient}/{slice} or ^[a-z]+_([0-9]+)_ [guessed "
                    + "from all paths, and told]; data/README.md tells more.")
    Optional<String> patient = Optional.empty();
    @Option(names = "--validation", paramLabel = "SHARE",
            description = "Share of the normal training scans that set thresholds [${DEFAULT-VALUE}].")
    double validation = USUAL.validation();
    @Option(names = "--test", paramLabel = "SHARE",
            description = "Share of the normal scans that are tested, if nothing says which [${DEFAULT-VALUE}].")
    double test = USUAL.test();
    @Option(names = "--min-confidence", paramLabel = "C",
            description = "Leave out training and validation scans with unsure boundaries, all without a retina [${DEFAULT-VALUE}].")
    double minConfidence = USUAL.minConfidence();
    @Mixin
    PixelArguments pixels = new PixelArguments();
    @Option(names = "--seed", paramLabel = "N",
            description = "Decides which group goes where, and what the phantom looks like [${DEFAULT-VALUE}].")
    long seed = USUAL.seed();
    @Option(names = "--eyes", paramLabel = "N",
            description = "Phantom: eyes to train on; a quarter as many for thresholds, tests, lesions [${DEFAULT-VALUE}].")
    int eyes = PHANTOM.trainEyes();
    @Option(names = "--test-eyes", paramLabel = "N", description = "Phantom: eyes to test [a quarter of --eyes].")
    Optional<Integer> testEyes = Optional.empty();
    @Option(names = "--scans-per-eye", paramLabel = "N", description = "Phantom: scans of each eye [${DEFAULT-VALUE}].")
    int scansPerEye = PHANTOM.scansPerEye();
    @Option(names = "--lesions", split = ",", paramLabel = "KIND",
            description = "Phantom: kinds of lesion in the test eyes, of ${COMPLETION-CANDIDATES} [all].")
    List<LesionKind> lesions = PHANTOM.lesions();
    @Option(names = "--unlabelled", split = ",", paramLabel = "KIND", description = "Phantom: not annotated [none].")
    Set<LesionKind> unlabelled = PHANTOM.unlabelled();

    public static void main(String... args) {
        Cli.main(new prepare(), args);
    }

    @Override
    protected void run() {
        PrepareOptions options = PrepareOptions.defaults(size).withColumns(columns).withRows(rows)
                .withFlatten(layout.flattens() && !noFlatten).withStride(stride).withValidation(validation)
                .withTest(test).withNormalClasses(normal).withSeed(seed).withMinConfidence(minConfidence)
                .withRange(pixels.range).withPixels(new PixelOptions(Area.all(pixels.crop), Area.all(pixels.blank),
                        pixels.rotate, pixels.flip, pixels.invert, !pixels.keepContrast));
        Patches patches = Patches.prepare(source().withSpacing(pixels.spacing), options, out);
        say(PatchesText.of(patches));
        warn(PatchesText.doubts(patches));
    }

    private Scans source() {
        refuse("with option layout " + layout, layout == Layout.phantom ? OF_FILES : OF_THE_PHANTOM);
        PhantomScans drawn = PhantomScans.of(eyes, scansPerEye).with(lesions, unlabelled);
        if (layout == Layout.phantom) return testEyes.map(drawn::withTestEyes).orElse(drawn);
        Path path = scans.orElseThrow(() -> UserError.usage("option layout %s needs option scans.", layout));
        return Scans.of(layout, path, new Naming(classes, patient));
    }
}
