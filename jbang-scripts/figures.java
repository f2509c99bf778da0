///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.ui.Cli;
import anogan.visuals.Figures;
import anogan.visuals.FiguresOptions;
import anogan.visuals.RunData;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Last stage: pictures and report of a finished run. */
@Command(name = "figures", sortOptions = false, description = {
        "Draws every figure of a run, the paper's figures 1 to 4 among them, and writes its report.",
        "Reads what train, map, sweep, acae and analyze left in the run folder; writes figures/, maps/<scan>.png and report.html there."},
        footer = {"", "Examples:", "  environment/jbang figures --run data/runs/demo",
                "  environment/jbang figures --run data/runs/octdl"})
public class figures extends Cli.Script {
    @Option(names = "--run", required = true, paramLabel = "RUN",
            description = "Run folder, after train, map and analyze.")
    Path run;
    @Option(names = "--maps", paramLabel = "N",
            description = "Of how many scans a map is drawn, highest and lowest scores first [${DEFAULT-VALUE}].")
    int maps = FiguresOptions.defaults().maps();
    @Option(names = "--all-maps", description = "Draw a map of every scan.")
    boolean allMaps;

    public static void main(String... args) {
        Cli.main(new figures(), args);
    }

    @Override
    protected void run() {
        FiguresOptions options = FiguresOptions.defaults().withMaps(maps);
        Figures.Written written = Figures.write(RunData.open(run), allMaps ? options.withAllMaps() : options);
        written.notes().forEach(System.err::println);
        written.figures().forEach(System.out::println);
        if (!written.maps().isEmpty())
            System.out.println(run.resolve("maps") + ": a picture of each of " + written.maps().size() + " scans");
        System.out.println("Report: " + written.report().toAbsolutePath());
    }
}
