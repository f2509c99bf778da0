package anogan.scoring;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.mapping.Mapper;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.MappingResult;
import anogan.networks.Compute;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.run.Stage;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.ui.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The same patches mapped with one option at several values: λ, the weight of the discrimination loss, or Γ, the number
 * of steps. The paper fixes both (0.1 and 500) without saying how much hangs on them.
 *
 * <p>
 * Writes {@code sweep/lambda-0.1.csv}, {@code sweep/steps-500.csv} …, each a table like {@code scores.csv}. A file that
 * is there is not made again; all of them are of the same patches, model and options. All numbers of steps are read off
 * one descent, since a shorter descent is the beginning of a longer one.
 */
public final class Sweep {
    private final RunFolder run;
    private final Patches patches;
    private final ScoringOptions options;
    private final Compute compute;
    private final MappingModel model;
    private final List<Patch> sample;

    private Sweep(RunFolder run, Patches patches, ScoringOptions options, Compute compute, int most) {
        this.run = run;
        this.patches = patches;
        this.options = options;
        this.compute = compute;
        sample = sample(patches, most, options.mapping().seed());
        model = MappingModel.load(run, options);
        new ScoreProvenance(options, Optional.of(most), Optional.of(compute.engine().resolved()), model.model(),
                model.encoderFingerprint()).require(run, "sweep");
    }

    /**
     * Maps a sample of the test patches, annotated ones and as many others, with each value; all else is as in the
     * run's own mapping.
     *
     * @throws UserError if the run was not mapped, or no test patches are annotated
     */
    public static void run(RunFolder run, Patches patches, SweepOptions values, Compute compute) {
        run.require("scores.csv", "map");
        run(run, patches, ScoringOptions.of(run), values, compute);
    }

    /** With other options than those that the run was mapped with. */
    static void run(RunFolder run, Patches patches, ScoringOptions options, SweepOptions values, Compute compute) {
        Scoring.require(run, patches);
        run.locked(() -> {
            boolean begun = Files.exists(run.file("sweep/options.json"));
            long start = System.nanoTime();
            Sweep sweep = new Sweep(run, patches, options, compute, values.sample());
            values.lambdas().forEach(sweep::lambda);
            if (!values.steps().isEmpty()) sweep.steps(values.steps());
            Stage part = Stage.here(values, (System.nanoTime() - start) / 1e9, sweep.model.fingerprints());
            run.write(begun ? run.info().withPart("sweep", part) : run.info().with("sweep", part));
            return null;
        });
    }

    /** As many anomalous as other patches of the test scans. */
    static List<Patch> sample(Patches patches, int most, long seed) {
        List<Patch> anomalous = new ArrayList<>();
        List<Patch> others = new ArrayList<>();
        for (int scan : patches.scans(Split.TEST)) {
            for (Patch p : patches.grid(scan))
                if (p.label() != Label.UNKNOWN) (p.label() == Label.ANOMALOUS ? anomalous : others).add(p);
        }
        if (anomalous.isEmpty() || others.isEmpty()) throw UserError
                .failure("%s has no annotated test patches: there is nothing to judge a sweep by. Prepare scans that "
                        + "have masks.", patches.path());
        SplittableRandom random = Seeds.random(seed, "sweep");
        List<Patch> sample = new ArrayList<>();
        for (int i = 0; i < most / 2 && !anomalous.isEmpty() && !others.isEmpty(); i++) {
            sample.add(anomalous.remove(random.nextInt(anomalous.size())));
            sample.add(others.remove(random.nextInt(others.size())));
        }
        return sample;
    }

    private void lambda(double lambda) {
        Path file = file("lambda", String.valueOf(lambda));
        if (Files.exists(file)) return;
        MappingOptions mapping = with(new MappingLoss.FeatureMatching(lambda), options.mapping().steps());
        MappingResult[] mapped = new MappingResult[sample.size()];
        try (Progress bar = Progress.start("λ = " + lambda, mapped.length, "patches");
                Mapper mapper = model.mapper(mapping, compute)) {
            mapper.map(queries().iterator(), (query, m) -> {
                mapped[query] = m;
                bar.step();
            });
        }
        write(file, mapped, lambda);
    }

    private void steps(List<Integer> steps) {
        List<Integer> left = steps.stream().filter(s -> !Files.exists(file("steps", String.valueOf(s)))).sorted()
                .toList();
        if (left.isEmpty()) return;
        int most = left.get(left.size() - 1);
        MappingResult[][] mapped = new MappingResult[left.size()][sample.size()];
        try (Progress bar = Progress.start("Γ up to " + most, sample.size(), "patches");
                Mapper mapper = model.mapper(with(options.mapping().loss(), most), compute)) {
            mapper.map(queries(), (query, step, now, loss) -> {
                int place = left.indexOf(step);
                if (place >= 0) mapped[place][query] = now;
                if (step == most) bar.step();
            });
        }
        for (int i = 0; i < left.size(); i++)
            write(file("steps", String.valueOf(left.get(i))), mapped[i], options.mapping().loss().lambda());
    }

    /** One start for each patch, and no early end: nothing but the swept option differs. */
    private MappingOptions with(MappingLoss loss, int steps) {
        return options.mapping().withLoss(loss).withSteps(steps).withTolerance(0).withRestarts(1);
    }

    private List<Mapper.Query> queries() {
        return sample.stream().map(p -> Scoring.query(patches, p)).toList();
    }

    private void write(Path file, MappingResult[] mapped, double lambda) {
        run.requireStillThere();
        StringBuilder rows = new StringBuilder(ScoreFiles.mappedHeader(List.of()));
        for (int i = 0; i < mapped.length; i++) {
            ScanInfo scan = patches.scans().get(sample.get(i).scan());
            rows.append(ScoreFiles.row(scan, sample.get(i), mapped[i], lambda));
        }
        AtomicFiles.writeString(file, rows.toString());
    }

    private Path file(String kind, String value) {
        return run.file("sweep").resolve(String.format(Locale.ROOT, "%s-%s.csv", kind, value));
    }
}
