package anogan;

import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
import anogan.io.Json;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scoring.Aggregate;
import anogan.scoring.Calibration;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.scoring.ScoringOptions;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.NormalReference;
import anogan.statistics.ScoreTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A trained model in one file that can be handed on, {@code <name>.anogan}: a zip of {@code anogan.json} (this record)
 * and the networks as {@code .npz}. It judges any scan without the folders that it came from ({@link Detector}).
 *
 * @param format      version of this shape
 * @param name        what it is called
 * @param card        data card: what it learned from, licence, whom to cite
 * @param prepare     how scans become patches
 * @param scoring     how patches are mapped and scored
 * @param calibration what the run's validation normals showed
 * @param score       what scans are ranked by
 * @param normals     that score of the normals behind every threshold
 * @param made        stages of the run, with commits, options, seconds and machines
 */
public record ModelFile(int format, String name, String card, PrepareOptions prepare, ScoringOptions scoring,
        Calibration calibration, ScoreColumn score, NormalReference normals, RunInfo made) {
    public static final int FORMAT = 1;
    public static final String ENDING = ".anogan";
    private static final String MANIFEST = "anogan.json";
    /** Entries of the zip, and what they are called in a model's folder. */
    private static final Map<String, List<String>> NETWORKS = Map.of("dcgan.json", List.of("dcgan.json"),
            "generator.npz", List.of("generator.npz", "generator_raw.npz"), "discriminator.npz",
            List.of("discriminator.npz"));
    private static final long MOST_BYTES = 512L << 20;   // of an entry: networks of twice the paper's width have 100 MB
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 2, 0, 0);
    private static final String HINT = "Export it anew with stage export.";

    /** @throws UserError if a part is missing or of a newer version */
    public ModelFile {
        if (format > FORMAT) throw UserError.failure(
                "It has format %d; this version reads formats up to %d. Use a newer " + "version of this program.",
                format, FORMAT);
        if (prepare == null || scoring == null || calibration == null || score == null || normals == null
                || made == null)
            throw UserError.failure("It lacks a part of what a model file says.");
    }

    /**
     * Exports a run that was mapped.
     *
     * @param  card      data card; may be empty
     * @throws UserError if the run lacks a stage, or its descents start at an encoder
     */
    public static ModelFile of(RunFolder run, String name, String card) {
        Patches patches = Patches.of(run);
        run.requireScoresOfItsModel();
        ScoringOptions scoring = ScoringOptions.of(run);
        Calibration calibration = Calibration.of(run);
        ScoreColumn score = Score.RECOMMENDED.of(Aggregate.MEAN);
        NormalReference normals = NormalReference.of(ScoreTable.ofScans(run), score, AnalysisOptions.defaults())
                .orElseThrow(() -> UserError.failure(
                        "%s has no scores of validation normals to compare with. Map it " + "with stage map.",
                        run.path()));
        return new ModelFile(FORMAT, name, card, patches.options(), scoring, calibration, score, normals, run.info());
    }

    /** @param run whose networks go into the file */
    public void write(RunFolder run, Path file) {
        AtomicFiles.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            add(zip, MANIFEST, Json.toString(this).getBytes(StandardCharsets.UTF_8));
            add(zip, "dcgan.json", Files.readAllBytes(run.file("model/dcgan.json")));
            String generator = scoring.raw() ? "model/generator_raw.npz" : "model/generator.npz";
            add(zip, "generator.npz", Files.readAllBytes(run.file(generator)));
            add(zip, "discriminator.npz", Files.readAllBytes(run.file("model/discriminator.npz")));
            zip.finish();
        });
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(DATE);   // the same model is the same file
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** @throws UserError if there is no such file, or it is no model file, damaged, or of a newer version */
    public static ModelFile read(Path file) {
        if (!Files.isRegularFile(file))
            throw UserError.failure("There is no model file %s. Make one from a run with stage export.", file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return Json.read(content(zip, MANIFEST), ModelFile.class, file, HINT);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    /** Lays the networks into a folder, as {@link anogan.networks.Dcgan#load} reads them. */
    static void unpackNetworks(Path file, Path folder) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Files.createDirectories(folder);
            for (Map.Entry<String, List<String>> e : NETWORKS.entrySet()) {
                byte[] content = content(zip, e.getKey());
                for (String name : e.getValue())
                    AtomicFiles.write(folder.resolve(name), (OutputStream out) -> out.write(content));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    /** One entry; others, whatever they are called, are not looked at. */
    private static byte[] content(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) throw new ZipException("it has no " + name);
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes((int) MOST_BYTES);
            if (content.length == MOST_BYTES) throw new ZipException(name + " is larger than 512 MB");
            return content;
        }
    }

    private static UserError damaged(Path file, Exception e) {
        String why = e instanceof IOException io ? ErrorText.of(io) : e.getMessage();
        return UserError.failure(e, "%s is no model file, or damaged: %s. %s", file, why, HINT);
    }
}
