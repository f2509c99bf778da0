package anogan;

import anogan.dcgan.EncoderTraining;
import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.mapping.MappingOptions;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scans.GreyRange;
import anogan.scoring.Aggregate;
import anogan.scoring.Calibration;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.scoring.ScoringOptions;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.KnownMarkers;
import anogan.statistics.NormalLook;
import anogan.statistics.NormalReference;
import anogan.statistics.ScoreTable;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A trained model in one file that can be handed on, {@code <name>.anogan}: a zip of {@code anogan.json} (this record)
 * and the networks as {@code .npz}, f-AnoGAN's encoder among them if descents start there. It judges any scan without
 * the folders that it came from ({@link Detector}).
 *
 * @param format      version of this shape
 * @param name        what it is called
 * @param card        data card: what it learned from, licence, whom to cite
 * @param prepare     how scans become patches
 * @param ranges      black and white of the numbers that it learned from, by type of number; none of bytes, and none in
 *                    files of older versions
 * @param scoring     how patches are mapped and scored
 * @param calibration what the run's validation normals showed
 * @param score       what scans are ranked by
 * @param normals     that score of the normals behind every threshold
 * @param look        how the validation normals and their maps look
 * @param markers     that were found in the run, by which regions are told; empty if none were looked for, and in files
 *                    of older versions
 * @param made        stages of the run, with commits, options, seconds and machines
 */
public record ModelFile(int format, String name, String card, PrepareOptions prepare, Map<String, GreyRange> ranges,
        ScoringOptions scoring, Calibration calibration, ScoreColumn score, NormalReference normals, NormalLook look,
        Optional<KnownMarkers> markers, RunInfo made) {
    public static final int FORMAT = 1;
    public static final String ENDING = ".anogan";
    private static final String MANIFEST = "anogan.json";
    /** Entries of the zip, and what they are called in a model's folder. */
    private static final Map<String, List<String>> NETWORKS = Map.of("dcgan.json", List.of("dcgan.json"),
            "generator.npz", List.of("generator.npz", "generator_raw.npz"), "discriminator.npz",
            List.of("discriminator.npz"));
    /** One entry more where descents start at an encoder. */
    private static final String ENCODER = "encoder.npz";
    private static final long MOST_BYTES = 512L << 20;   // of networks: those of twice the paper's width have 100 MB
    private static final int MOST_TEXT = 1 << 24;        // bytes of an entry that is held in memory
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 2, 0, 0);
    private static final String HINT = "Export it anew with stage export.";

    /** @throws UserError if a part is missing or of a newer version */
    public ModelFile {
        if (format > FORMAT) throw UserError.failure(
                "It has format %d; this version reads formats up to %d. Use a newer " + "version of this program.",
                format, FORMAT);
        if (name == null || card == null || prepare == null || scoring == null || calibration == null || score == null
                || normals == null || look == null || made == null || made.created() == null)
            throw UserError.failure("It lacks a part of what a model file says.");
        ranges = ranges == null ? Map.of() : Map.copyOf(ranges);
        markers = markers == null ? Optional.empty() : markers;
        if (!calibration.fits(prepare, score) || !look.isComplete(prepare.flatten())) throw UserError
                .failure("What its validation normals showed is missing in part, or no positive and finite numbers.");
    }

    private boolean isEncoded() {
        return scoring.mapping().start() == MappingOptions.Start.ENCODER;
    }

    /**
     * Exports a run that was mapped.
     *
     * @param  card      data card; may be empty
     * @throws UserError if the run lacks a stage
     */
    public static ModelFile of(RunFolder run, String name, String card) {
        Patches patches = Patches.of(run);
        run.requireScoresOfItsModel();
        ScoringOptions scoring = ScoringOptions.of(run);
        if (scoring.mapping().start() == MappingOptions.Start.ENCODER)
            run.require("encoder/model/" + ENCODER, "train with option encoder");
        Calibration calibration = Calibration.of(run);
        ScoreColumn score = Score.RECOMMENDED.of(Aggregate.MEAN);
        NormalReference normals = NormalReference.of(ScoreTable.ofScans(run), score, AnalysisOptions.defaults())
                .orElseThrow(() -> UserError.failure(
                        "%s has no scores of validation normals to compare with. Map it " + "with stage map.",
                        run.path()));
        return new ModelFile(FORMAT, name, card, patches.options(), patches.manifest().ranges(), scoring, calibration,
                score, normals, NormalLook.of(run, patches), KnownMarkers.of(run), run.info().withoutPlaces());
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
            if (isEncoded()) add(zip, ENCODER, Files.readAllBytes(EncoderTraining.model(run).resolve(ENCODER)));
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
            throw UserError.failure("There is no model file %s. Make one from a mapped run with stage export.", file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return Json.read(content(zip, MANIFEST), ModelFile.class, file, HINT);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    /**
     * Lays the networks into a folder, where those of a run are.
     *
     * @throws UserError if they are no networks for these patches
     */
    void unpackNetworks(Path file, RunFolder run) {
        Path folder = run.file("model");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Files.createDirectories(folder);
            for (Map.Entry<String, List<String>> e : NETWORKS.entrySet()) {
                for (String entry : e.getValue()) unpack(file, zip, e.getKey(), folder.resolve(entry));
            }
            Dcgan pair = loaded(file, () -> Dcgan.load(folder));
            if (pair.architecture().size() != prepare.size()) throw new ZipException("its networks are for patches of "
                    + pair.architecture().size() + " pixels, but it cuts patches of " + prepare.size());
            requireFinite(pair.generator());
            requireFinite(pair.discriminator());
            if (isEncoded()) unpackEncoder(file, zip, pair, EncoderTraining.model(run));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    /** The last step's G, which the pair in the run has beside this one, is not in the file: E is of what is there. */
    private static void unpackEncoder(Path file, ZipFile zip, Dcgan pair, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path weights = folder.resolve(ENCODER);
        unpack(file, zip, ENCODER, weights);
        Encoder encoder = loaded(file, () -> Encoder.of(pair, weights));
        requireFinite(encoder.weights());
        encoder.save(folder);
    }

    private static <T> T loaded(Path file, Supplier<T> networks) {
        try {
            return networks.get();
        } catch (UserError e) {
            throw damaged(file, e);
        }
    }

    private static void requireFinite(Map<String, FloatArray> weights) throws ZipException {
        for (Map.Entry<String, FloatArray> e : weights.entrySet()) for (float w : e.getValue().data())
            if (!Float.isFinite(w)) throw new ZipException(e.getKey() + " holds what is no finite number");
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        copy(zip, name, MOST_TEXT, content);
        return content.toByteArray();
    }

    private static void unpack(Path file, ZipFile zip, String name, Path to) {
        AtomicFiles.write(to, out -> {
            try {
                copy(zip, name, MOST_BYTES, out);
            } catch (ZipException e) {
                throw damaged(file, e);   // what is read is at fault, and not what is written
            }
        });
    }

    /** One entry, whole and as it was written; others, whatever they are called, are not looked at. */
    private static void copy(ZipFile zip, String name, long most, OutputStream to) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) throw new ZipException("it has no " + name);
        if (entry.getSize() > most)
            throw new ZipException(name + " claims " + entry.getSize() + " bytes, more than " + most);
        CRC32 sum = new CRC32();   // ZipFile itself does not look at it
        long left = entry.getSize();
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] chunk = new byte[1 << 16];
            for (int n; (n = in.read(chunk)) > 0; left -= n) {
                if (n > left) break;   // more than it claims
                sum.update(chunk, 0, n);
                to.write(chunk, 0, n);
            }
        } catch (EOFException e) {
            throw new ZipException(name + " is cut short");
        }
        if (left != 0 || sum.getValue() != entry.getCrc()) throw new ZipException(name + " is not as it was written");
    }

    private static UserError damaged(Path file, Exception e) {
        String why = e instanceof IOException io ? ErrorText.of(io) : String.valueOf(e.getMessage());
        why = why.replaceFirst("[.]$", "");
        return UserError.failure(e, "%s is no model file, or damaged: %s. %s", file, why, HINT);
    }
}
