///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Detector;
import anogan.Experiment;
import anogan.UserError;
import anogan.scans.Scans;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.MarkerAnalysis;
import anogan.ui.Cli;
import anogan.visuals.MarkerFigures;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Residual maps to candidate markers: which kinds of anomaly there are, how often, where, in whom. */
@Command(name = "discover", sortOptions = false, description = {
        "Looks for regions where a scan is unlike what G draws, sorts them into kinds without any label, and tells how often "
                + "normal scans and each class have each kind: candidate markers, and artefacts.",
        "Writes regions.csv, markers.csv, marker_classes.csv, figures/markers-*.png and markers.html into the run folder."},
        footer = {"", "Examples:", "  environment/jbang discover --run data/runs/demo",
                "  environment/jbang discover --run data/runs/mine --confirm data/runs/other",
                "  environment/jbang discover --model data/models/octdl.anogan --scans DIR --out findings"})
public class discover extends Cli.Script {
    private static final DiscoverOptions USUAL = DiscoverOptions.defaults();

    @Option(names = "--run", paramLabel = "RUN", description = "Run folder that map has scored.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES",
            description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--model", paramLabel = "FILE", description = "Instead of a run: a model file, and")
    Path model;
    @Option(names = "--scans", paramLabel = "DIR",
            description = "the scans to look at, in folders that tell their class.")
    Path scans;
    @Option(names = "--normal", paramLabel = "CLASS", split = ",",
            description = "Which of these classes are normal [${DEFAULT-VALUE}].")
    List<String> normal = List.of("NORMAL");
    @Option(names = "--spacing", split = ",", paramLabel = "ROW,COLUMN[,SLICE]",
            description = "With --scans: how far apart their pixels lie, in µm [what .vol, NIfTI and DICOM files say].")
    List<Double> spacing = List.of();
    @Option(names = "--out", paramLabel = "DIR", description = "Folder for what is found in them [${DEFAULT-VALUE}].")
    Path out = Path.of("findings");
    @Option(names = "--confirm", paramLabel = "RUN",
            description = "Look for the markers of this other run, as they are, and find none anew.")
    Path confirm;
    @Option(names = "--features",
            description = "Write what D makes of each region, too: region_features.npy, regions × channels.")
    boolean features;
    @Option(names = "--clusters", paramLabel = "K", description = "Number of kinds; 0 for as many as are stable "
            + "when patients are drawn anew [${DEFAULT-VALUE}].")
    int clusters = USUAL.clusters();
    @Option(names = "--bootstrap", paramLabel = "N",
            description = "Resamples of the patients behind stability [${DEFAULT-VALUE}].")
    int bootstrap = USUAL.bootstrap();
    @Option(names = "--false-discoveries", paramLabel = "P",
            description = "Rate of them among what is called a candidate marker [${DEFAULT-VALUE}].")
    double rate = USUAL.rate();
    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is drawn [${DEFAULT-VALUE}].")
    long seed = USUAL.seed();

    public static void main(String... args) {
        Cli.main(new discover(), args);
    }

    @Override
    protected void run() {
        if (run == null && (model == null || scans == null))
            throw UserError.usage("Name a run with --run, or a model file with --model and scans with --scans.");
        if (run == null) refuse("without option run", "--patches", "--confirm", "--features");
        else refuse("with option run", "--model", "--scans", "--normal", "--spacing", "--out");
        if (confirm != null) refuse("with option confirm, whose markers are looked for as they are", "--clusters",
                "--bootstrap", "--false-discoveries", "--seed");
        DiscoverOptions options = new DiscoverOptions(clusters, USUAL.most(), bootstrap, rate, seed);
        Path folder = run == null ? out.resolve("scores") : run;
        MarkerAnalysis found = run == null
                ? Detector.load(model).discover(Scans.each(List.of(scans)).withSpacing(spacing), out, normal, options)
                : ofRun(options);
        System.out.print(found);
        System.out.println("Tables regions.csv, markers.csv and marker_classes.csv in " + folder);
        System.out.println("Markers to look at: " + folder.resolve(MarkerFigures.PAGE).toAbsolutePath());
    }

    private MarkerAnalysis ofRun(DiscoverOptions options) {
        Experiment experiment = Experiment.at(run);
        if (patches != null) experiment.withPatches(patches);
        MarkerAnalysis found = confirm == null ? experiment.discover(options)
                : experiment.confirm(Experiment.at(confirm));
        if (features) experiment.regionFeatures();
        return found;
    }
}
