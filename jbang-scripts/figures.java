///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.ui.Cli;
import anogan.visuals.Figures;
import anogan.visuals.FiguresOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Last stage: pictures and report of a finished run. */
@Command(name = "figures", sortOptions = false, description = {
        "Draws every figure of a run, the paper's figures 1 to 4 among them, and writes its report.",
        "Reads what train, map, sweep, acae and analyze left in the run folder; writes the pictures in figures/, "
                + "maps/<scan>.png, report.html and scans.html (a page to look through the scans) there."},
        footer = {"", "Examples:", "  environment/jbang figures --run data/runs/demo",
                "  environment/jbang figures --run data/runs/octdl"})
public class figures extends Cli.Script {
    @Option(names = "--run", required = true, paramLabel = "RUN",
            description = "Run folder, after train, map and analyze.")
    Path run;
    @Option(names = "--patches", paramLabel = "PATCHES",
            description = "Prepared folder, if it has moved since the training.")
    Path patches;
    @Option(names = "--maps", paramLabel = "N",
            description = "Scans that get a picture of their map: those of the highest and of the lowest scores "
                    + "[${DEFAULT-VALUE}].")
    int maps = FiguresOptions.defaults().maps();
    @Option(names = "--all-maps", description = "A picture of the map of every scan.")
    boolean allMaps;

    @Option(names = "--nifti",
            description = "The maps of scans and volumes as maps/*.nii.gz too, for viewers of volumes.")
    boolean nifti;

    public static void main(String... args) {
        Cli.main(new figures(), args);
    }

    @Override
    protected void run() {
        if (allMaps) refuse("with option all-maps", "--maps");
        Experiment experiment = Experiment.at(run);
        if (patches != null) experiment.withPatches(patches);
        FiguresOptions options = FiguresOptions.defaults().withMaps(maps);
        Figures.Written written = experiment.report(allMaps ? options.withAllMaps() : options);
        written.notes().forEach(note -> warn(note + "\n"));
        written.figures().forEach(System.out::println);
        if (!written.maps().isEmpty())
            System.out.println(run.resolve("maps") + ": a picture of each of " + written.maps().size() + " scans");
        if (nifti) System.out.println(run.resolve("maps") + ": " + experiment.nifti().size() + " files of NIfTI");
        System.out.println("Scans to look through: " + written.scans().toAbsolutePath());
        System.out.println("Report: " + written.report().toAbsolutePath());
    }
}
