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

/** A trained run for others: as a model file for detect, or for programs that know neither Java nor the run. */
@Command(name = "export", sortOptions = false, description = {
        "--out: the model of a mapped run as one file, with which detect judges any scan: networks (the encoder too, "
                + "if maps start there), options, calibration, the scores of healthy scans behind every threshold, and "
                + "the markers that discover found.",
        "--onnx: G.onnx (z to x), D.onnx (x to logit and features) and step.onnx (x, z and lambda to the mapping's loss "
                + "and its gradient by z), for onnxruntime and others."},
        footer = {"", "Examples:", "  environment/jbang export --run data/runs/demo --out data/models/demo.anogan",
                "  environment/jbang export --run data/runs/demo --onnx data/runs/demo/onnx"})
public class export extends Cli.Script {
    @Option(names = "--run", required = true, paramLabel = "RUN", description = "Run folder.")
    Path run;
    @Option(names = "--out", paramLabel = "FILE", description = "Model file to write, NAME.anogan; the run was mapped.")
    Optional<Path> out = Optional.empty();
    @Option(names = "--card", paramLabel = "FILE",
            description = "Text for whoever gets the model file: what it learned from, licence, whom to cite.")
    Optional<Path> card = Optional.empty();
    @Option(names = "--onnx", paramLabel = "DIR",
            description = "Folder for the ONNX files; older ones in it are replaced.")
    Optional<Path> onnx = Optional.empty();
    @Option(names = "--raw",
            description = "ONNX: use G's last weights (the paper's way), not their moving average: as map.")
    boolean raw;

    public static void main(String... args) {
        Cli.main(new export(), args);
    }

    @Override
    protected void run() {
        if (out.isEmpty() && onnx.isEmpty())
            throw UserError.usage("Say what to write: option out, option onnx, or both.");
        if (out.isEmpty()) refuse("without option out", "--card");
        if (onnx.isEmpty()) refuse("without option onnx", "--raw");
        out.ifPresent(this::model);
        onnx.ifPresent(folder -> Experiment.at(run).onnx(folder, raw).forEach(System.out::println));
    }

    private void model(Path file) {
        if (!file.toString().endsWith(ModelFile.ENDING))
            throw UserError.usage("option out must end in %s, unlike %s.", ModelFile.ENDING, file);
        ModelFile model = Experiment.at(run).export(file, card.map(export::text).orElse(""));
        System.out.printf("%s, thresholds from %s, %s markers%n", file, model.normals().origin(),
                model.markers().map(m -> String.valueOf(m.names().size())).orElse("no"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw UserError.usage("Cannot read %s: %s.", file, ErrorText.of(e));
        }
    }
}
