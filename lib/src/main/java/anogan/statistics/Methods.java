package anogan.statistics;

import anogan.run.RunFolder;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.scoring.ScoreColumn.OfStarts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Every method of a run beside the others, as the paper's Table 1 and Figure 4 compare them: one row a patch, one
 * column a method.
 *
 * <ul>
 * <li><b>AnoGAN</b>: A after a mapping with feature matching; <b>R</b> and <b>D</b>, its two parts alone, and
 * <b>D_hat</b>, what D says of G(z_Γ);
 * <li><b>GAN_R</b>: Â after a mapping with the reference loss, from the variant {@value #GAN_R};
 * <li><b>P_D</b>: what D says of the query itself, without any mapping;
 * <li><b>aCAE</b>: the auto-encoder's score, where one was trained; <b>aCAE_R</b> and <b>aCAE_D</b>, its two parts
 * alone;
 * <li>every other variant's A, under the variant's name, and beside it, with {@code _A_f} added, f-AnoGAN's score where
 * descents start at its encoder; of variants whose names begin with {@value #SEED}, which only start elsewhere at
 * random, the mean with the run's own A, as <b>AnoGAN_z</b> and their number, such as {@code AnoGAN_z4};
 * <li>A of the pair as it was after N steps of its training, where a variant {@code steps-N} was mapped then;
 * <li>the trivial scores.
 * </ul>
 *
 * A method whose file is absent has no column; one that lacks a patch has NaN there.
 */
public final class Methods {
    /** The variant that maps with the reference loss. */
    public static final String GAN_R = "gan-r";
    /** Begins the names of variants that differ in their starting points alone. */
    public static final String SEED = "seed-";

    private Methods() {}

    /** Patches as rows. */
    public static ScoreTable of(Path run) {
        return of(run, "scores.csv", "baselines.csv", "acae.csv", t -> t);
    }

    /** Whole scans as rows, each score averaged over the scan's patches. */
    public static ScoreTable ofScans(Path run) {
        return of(run, "scans.csv", "baselines_scans.csv", "acae_scans.csv", t -> t.of(Aggregate.MEAN));
    }

    private static ScoreTable of(Path folder, String scores, String trivial, String acae,
            UnaryOperator<ScoreTable> patchScores) {
        RunFolder run = new RunFolder(folder);
        run.require(scores, "map");
        ScoreTable own = patchScores.apply(ScoreTable.read(run.file(scores)));
        ScoreTable all = own.renamed(Map.of(Score.A, Score.ANOGAN));
        List<ScoreTable> starts = new ArrayList<>(List.of(own));
        for (var variant : run.variants().entrySet()) {
            String name = variant.getKey();
            ScoreTable other = patchScores.apply(ScoreTable.read(variant.getValue().file(scores)));
            if (name.startsWith(SEED)) starts.add(other);
            else if (name.equals(GAN_R))
                all = all.join(other.only(Score.A_HAT).renamed(Map.of(Score.A_HAT, Score.GAN_R)));
            else all = all.join(other.only(Score.A).renamed(Map.of(Score.A, new ScoreColumn.Named(name))))
                    .join(other.only(Score.A_F).renamed(Map.of(Score.A_F, new ScoreColumn.Named(name + "_A_f"))));
        }
        if (starts.size() > 1) all = all.join(meanOfA(starts));
        for (String file : List.of(acae, trivial))
            if (Files.exists(run.file(file))) all = all.join(patchScores.apply(ScoreTable.read(run.file(file))));
        return all;
    }

    private static ScoreTable meanOfA(List<ScoreTable> starts) {
        ScoreTable joined = new ScoreTable(starts.get(0).cases(), Map.of());
        for (int i = 0; i < starts.size(); i++)
            joined = joined.join(starts.get(i).only(Score.A).renamed(Map.of(Score.A, new OfStarts(Score.A, i))));
        List<double[]> values = List.copyOf(joined.scores().values());
        double[] mean = new double[joined.cases().size()];
        Arrays.setAll(mean, k -> values.stream().mapToDouble(v -> v[k]).average().orElseThrow());
        return new ScoreTable(joined.cases(), Map.of(new OfStarts(Score.ANOGAN, starts.size()), mean));
    }

    /** The table without methods that lack a case, and these named: what a comparison on the same cases needs. */
    static ScoreTable complete(ScoreTable table, List<String> notes) {
        var gaps = table.scores().entrySet().stream().filter(e -> Arrays.stream(e.getValue()).anyMatch(Double::isNaN))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
        if (!gaps.isEmpty()) notes.add("Left out, since they lack scores of some cases: "
                + gaps.stream().map(ScoreColumn::column).sorted().collect(Collectors.joining(", ")) + ".");
        return table.without(gaps);
    }
}
