///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Experiment;
import anogan.ModelFile;
import anogan.UserError;
import anogan.io.ErrorText;
import anogan.ui.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A trained run as a file that can be handed on. */
@Command(name = "export", sortOptions = false, description = {
        "Writes the model of a mapped run as one file, with which detect judges any scan: networks, options, calibration, "
                + "the scores of healthy scans behind every threshold, and where it comes from."},
        footer = {"", "Examples:", "  environment/jbang export --run data/runs/demo --out data/models/demo.anogan"})
public class export extends Cli.Script {
    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder that map has scored.")
    Path run;
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Model file to write, NAME.anogan.")
    Path out;
    @Option(names = "--card", paramLabel = "FILE",
            description = "Text for whoever gets the file: what it learned from, licence, whom to cite.")
    Optional<Path> card = Optional.empty();

    public static void main(String... args) {
        Cli.main(new export(), args);
    }

    @Override
    protected void run() {
        if (!out.toString().endsWith(ModelFile.ENDING))
            throw UserError.usage("option out must end in %s, unlike %s.", ModelFile.ENDING, out);
        ModelFile model = Experiment.at(run).export(out, card.map(export::text).orElse(""));
        System.out.printf("Model %s: thresholds from %s%n", out, model.normals().origin());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw UserError.usage("Cannot read %s: %s.", file, ErrorText.of(e));
        }
    }
}
