package anogan.scoring;

import anogan.dcgan.AutoencoderTraining;
import anogan.io.AtomicFiles;
import anogan.io.Json;
import anogan.networks.Autoencoder;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.ForwardPasses;
import anogan.networks.FrozenNetworks;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Stage;
import anogan.scans.Label;
import anogan.ui.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Patches scored by an auto-encoder, the paper's <b>aCAE</b>: y = dec(E(x)) stands in for G(z_Γ), which is one forward
 * pass and no descent. The rest is AnoGAN's definition with the auto-encoder's own discriminator: R = Σ|x − y|, D =
 * Σ|f(x) − f(y)|, A = (1 − λ)·R + λ·D.
 *
 * <p>
 * The networks stand still, with batch norm in its inference form (traps 1 and 2): a patch has the same score in any
 * company.
 */
public final class AutoencoderScores implements AutoCloseable {
    /** The columns of {@code acae.csv}: A and its two parts. */
    static final List<Score> COLUMNS = Stream
            .concat(Stream.of(Score.ACAE, Score.ACAE_R, Score.ACAE_D), Drawing.ACAE.scores().stream()).toList();
    private static final int FORMAT = 4;   // of scored.json; the second did not judge by depth, the third smoothed more

    private final ForwardPasses autoencoder;
    private final ForwardPasses discriminator;

    /**
     * @param image    y: S × S in [−1, 1]
     * @param residual R
     * @param features D
     */
    record Decoded(float[] image, double residual, double features) {
        double anomaly(double lambda) {
            return (1 - lambda) * residual + lambda * features;
        }
    }

    /**
     * What {@code acae.csv} was made of: of training patches it holds the sample that the run's mapping has, if it was
     * mapped, and the mapping's λ.
     */
    private record Scored(int format, AutoencoderTraining.Config config, int trainPatches, long seed, double lambda) {}

    AutoencoderScores(Autoencoder a, Compute compute) {
        autoencoder = new ForwardPasses(FrozenNetworks.of(a), compute);
        discriminator = new ForwardPasses(
                FrozenNetworks.of(new Dcgan(a.architecture(), a.decoder(), a.decoder(), a.discriminator())), compute);
    }

    /**
     * Trains an auto-encoder for a run, or finishes its training, and writes {@code acae.csv} and
     * {@code acae_scans.csv}. What is there already stays as it is.
     */
    public static void run(RunFolder run, Patches patches, AutoencoderTraining.Config config) {
        Scored wanted = wanted(run, config);
        if (isDone(run, wanted)) return;
        Autoencoder a = AutoencoderTraining.run(run, config, patches);
        run.locked(() -> {
            long begun = System.nanoTime();
            try (AutoencoderScores scores = new AutoencoderScores(a, Compute.defaults())) {
                scores.write(run, patches, ScanPatches.of(patches, wanted.trainPatches, wanted.seed), wanted.lambda);
            }
            run.write(run.info().withPart("acae", Stage.here(config, (System.nanoTime() - begun) / 1e9, Map.of())));
            Json.write(scored(run), wanted);
            return null;
        });
    }

    private static Scored wanted(RunFolder run, AutoencoderTraining.Config config) {
        boolean isMapped = run.info().config().containsKey("map");
        ScoringOptions options = isMapped ? ScoringOptions.of(run) : ScoringOptions.defaults();
        return new Scored(FORMAT, config, isMapped ? options.trainPatches() : 0,
                isMapped ? options.mapping().seed() : 0, options.mapping().loss().lambda());
    }

    private static Path scored(RunFolder run) {
        return AutoencoderTraining.folder(run).resolve("scored.json");
    }

    private static boolean isDone(RunFolder run, Scored wanted) {
        if (!Stream.of(scored(run), run.file("acae.csv"), run.file("acae_scans.csv")).allMatch(Files::exists))
            return false;
        return Json.read(scored(run), Scored.class, "Delete it, and the scores are made anew.").equals(wanted);
    }

    private void write(RunFolder run, Patches patches, List<ScanPatches> work, double lambda) {
        StringBuilder table = new StringBuilder(ScoreFiles.header(COLUMNS));
        DepthScores byDepth = DepthScores.calibrated(patches, scan -> residual(patches, scan));
        try (Progress bar = Progress.start("acae scores", work.size(), "scans")) {
            for (ScanPatches w : work) {
                List<float[]> queries = queries(patches, w.patches());
                List<float[]> decoded = decode(queries);
                List<Decoded> scores = score(queries, decoded);
                DepthScores.Maps maps = byDepth.maps(w.scan(), residual(patches, w.patches(), queries, decoded));
                for (int i = 0; i < scores.size(); i++) {
                    Decoded s = scores.get(i);
                    double[] all = DoubleStream.concat(DoubleStream.of(s.anomaly(lambda), s.residual, s.features),
                            DoubleStream.of(byDepth.scores(maps, w.patches().get(i)))).toArray();
                    table.append(ScoreFiles.row(patches.scans().get(w.scan()), w.patches().get(i), all));
                }
                bar.step();
            }
        }
        run.requireStillThere();
        AtomicFiles.delete(scored(run));   // until all is there
        AtomicFiles.writeString(run.file("acae.csv"), table.toString());
        Map<String, Label> labels = patches.scans().stream().collect(Collectors.toMap(ScanInfo::scan, ScanInfo::label));
        ScanScores.aggregate(run.file("acae.csv"), run.file("acae_scans.csv"), labels::get);
    }

    /** x − y over the strip of a scan. */
    private float[] residual(Patches patches, int scan) {
        List<float[]> queries = queries(patches, patches.grid(scan));
        return residual(patches, patches.grid(scan), queries, decode(queries));
    }

    private static float[] residual(Patches patches, List<Patch> of, List<float[]> queries, List<float[]> decoded) {
        return ResidualMaps.of(patches, of,
                IntStream.range(0, of.size()).mapToObj(i -> Residual.signed(queries.get(i), decoded.get(i))).toList())
                .signed();
    }

    private static List<float[]> queries(Patches patches, List<Patch> of) {
        return of.stream().map(p -> Scoring.query(patches, p).pixels()).toList();
    }

    /** Images of S × S in [−1, 1]. */
    List<Decoded> score(List<float[]> images) {
        return score(images, decode(images));
    }

    private List<float[]> decode(List<float[]> images) {
        return autoencoder.generate(autoencoder.heads(images));
    }

    private List<Decoded> score(List<float[]> images, List<float[]> decoded) {
        List<float[]> before = discriminator.features(images);
        List<float[]> after = discriminator.features(decoded);
        List<Decoded> scores = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) scores.add(new Decoded(decoded.get(i),
                Residual.sum(images.get(i), decoded.get(i)), Residual.sum(before.get(i), after.get(i))));
        return scores;
    }

    @Override
    public void close() {
        autoencoder.close();
        discriminator.close();
    }
}
