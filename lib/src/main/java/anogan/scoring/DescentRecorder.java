package anogan.scoring;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.mapping.Mapper;
import anogan.mapping.MappingOptions;
import anogan.mapping.MappingResult;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scans.Label;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A few descents in full, for pictures: {@code mapping/frames.npz} with the queries (K×S×S), G(z) at some steps
 * (K×T×S×S), the steps (T) and the loss at every step (K×(Γ+1)); {@code mapping/frames.csv} says which patches they
 * are. Of several starts the best is shown, whose scores stand in the table. They are drawn by lot, not picked: two
 * normal test patches, and two of each anomalous class, with annotated pixels where there are annotations.
 */
final class DescentRecorder {
    private static final int EACH = 2;
    private static final int MOST = 10;

    private DescentRecorder() {}

    static void write(RunFolder run, Patches patches, Mapper mapper, MappingOptions options) {
        List<Patch> chosen = choose(patches, options.seed());
        int size = patches.options().size();
        int pixels = size * size;
        int k = chosen.size();
        int[] steps = IntStream.of(1, 10, 50, options.steps()).filter(s -> s <= options.steps()).distinct().toArray();
        List<Mapper.Query> queries = chosen.stream().map(p -> Scoring.query(patches, p)).toList();
        Recorded[][] starts = new Recorded[k][options.restarts()];
        for (Recorded[] s : starts) Arrays.setAll(s, i -> new Recorded(steps, options.steps(), pixels));
        List<MappingResult> ends = mapper.map(queries,
                (i, step, now, loss) -> starts[i][now.start()].add(step, now.generated(), loss));
        FloatArray query = FloatArray.zeros(k, size, size);
        FloatArray generated = FloatArray.zeros(k, steps.length, size, size);
        FloatArray loss = FloatArray.zeros(k, options.steps() + 1);
        for (int i = 0; i < k; i++) {
            Recorded best = starts[i][ends.get(i).start()];
            System.arraycopy(queries.get(i).pixels(), 0, query.data(), i * pixels, pixels);
            System.arraycopy(best.generated, 0, generated.data(), i * steps.length * pixels, steps.length * pixels);
            System.arraycopy(best.loss, 0, loss.data(), i * (options.steps() + 1), options.steps() + 1);
        }
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        float[] at = new float[steps.length];
        for (int i = 0; i < at.length; i++) at[i] = steps[i];
        arrays.put("query", query);
        arrays.put("steps", new FloatArray(at, at.length));
        arrays.put("generated", generated);
        arrays.put("loss", loss);
        Npy.writeZip(run.file(RecordedDescents.ARRAYS), arrays);
        StringBuilder csv = new StringBuilder("scan,row,column,class,label\n");
        for (Patch p : chosen) {
            ScanInfo scan = patches.scans().get(p.scan());
            csv.append(Csv.line(scan.scan(), p.row(), p.column(), scan.className(), p.label().csv()));
        }
        AtomicFiles.writeString(run.file(RecordedDescents.QUERIES), csv.toString());
    }

    /** One descent: its loss at every step, and G(z) at some. One that ends early stays where it is. */
    private record Recorded(int[] steps, float[] loss, float[] generated) {
        Recorded(int[] steps, int most, int pixels) {
            this(steps, new float[most + 1], new float[steps.length * pixels]);
        }

        void add(int step, float[] image, double now) {
            Arrays.fill(loss, step, loss.length, (float) now);
            for (int t = 0; t < steps.length; t++)
                if (steps[t] >= step) System.arraycopy(image, 0, generated, t * image.length, image.length);
        }
    }

    private static List<Patch> choose(Patches patches, long seed) {
        Map<String, List<Patch>> byClass = new LinkedHashMap<>();
        Map<String, List<Patch>> annotated = new LinkedHashMap<>();
        for (int scan : patches.scans(Split.TEST)) {
            ScanInfo info = patches.scans().get(scan);
            String key = info.normal() ? "" : info.className();   // all normal classes together, and first
            for (Patch p : patches.grid(scan)) {
                byClass.computeIfAbsent(key, c -> new ArrayList<>()).add(p);
                if (p.label() == Label.ANOMALOUS) annotated.computeIfAbsent(key, c -> new ArrayList<>()).add(p);
            }
        }
        SplittableRandom random = Seeds.random(seed, "frames");
        List<Patch> chosen = new ArrayList<>();
        byClass.keySet().stream().sorted().forEach(key -> {
            List<Patch> candidates = new ArrayList<>(annotated.getOrDefault(key, byClass.get(key)));
            for (int i = 0; i < EACH && chosen.size() < MOST && !candidates.isEmpty(); i++)
                chosen.add(candidates.remove(random.nextInt(candidates.size())));
        });
        return chosen;
    }
}
