package anogan.statistics;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Plane;
import anogan.scoring.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The ROC curves of a run, as figures draw them (Figure 4 a and b of the paper), with the 95 % band of the score that
 * each figure is about. Kept in {@value #FILE}: {@code LEVEL/SCORE} holds 2×n false- and true-positive rates, and
 * {@code LEVEL/SCORE band} 3×101: false-positive rate, lower and upper end. Levels are {@link #PATCH}, {@link #SCAN},
 * {@link #METHOD} and {@link #PIXEL}.
 */
public record RocCurves(Map<String, FloatArray> arrays) {
    public static final String FILE = "analysis/roc.npz";
    public static final String PATCH = "patch";
    /** Whole scans by the mean of their patches. */
    public static final String SCAN = "scan";
    /** The cases of {@link MethodTable}. */
    public static final String METHOD = "method";
    /** Pixels of masked test scans, between the retina's boundaries. */
    public static final String PIXEL = "pixel";
    private static final String BAND = " band";
    private static final int REPLICATES = 400;
    private static final int STEPS = 100;
    private static final int POINTS = 1000;
    private static final int PIXELS = 300_000;

    /** @param methods empty where methods were not compared */
    static RocCurves of(RunFolder run, Patches patches, ScoreTable patchScores, ScoreTable scanScores,
            Optional<ScoreTable> methods, long seed) {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        add(arrays, PATCH, PatchLevel.labelledTest(patchScores), Score.A.column(), seed);
        add(arrays, SCAN, PatchLevel.labelledTest(scanScores).of(Aggregate.MEAN), Score.A.column(), seed);
        methods.ifPresent(m -> add(arrays, METHOD, m, "", seed));
        new Pixels(run, patches).add(arrays, seed);
        return new RocCurves(arrays);
    }

    private static void add(Map<String, FloatArray> arrays, String level, ScoreTable cases, String banded, long seed) {
        cases.scores().forEach((score, values) -> add(arrays, level + "/" + score.column(), values, cases.positive(),
                score.column().equals(banded) ? cases.groups() : List.of(), seed));
    }

    /** @param groups of the cases, for a band; empty for none */
    private static void add(Map<String, FloatArray> arrays, String name, double[] scores, boolean[] positive,
            List<String> groups, long seed) {
        int positives = (int) IntStream.range(0, positive.length).filter(i -> positive[i]).count();
        if (positives == 0 || positives == positive.length || Arrays.stream(scores).anyMatch(Double::isNaN)) return;
        RankedCases cases = RankedCases.of(scores, positive);
        arrays.put(name, points(RocCurve.of(cases.counts())));
        if (groups.isEmpty()) return;
        RocCurve.Band band = RocCurve.band(cases, groups, REPLICATES, seed, STEPS);
        arrays.put(name + BAND, array(band.falsePositiveRate(), band.low(), band.high()));
    }

    /** Without points on a straight line between their neighbours, and at most a thousand: beyond, a line is slower. */
    private static FloatArray points(RocCurve curve) {
        double[] x = curve.falsePositiveRate();
        double[] y = curve.truePositiveRate();
        int last = x.length - 1;
        int[] corners = IntStream.rangeClosed(0, last)
                .filter(i -> i == 0 || i == last || !(x[i - 1] == x[i + 1] || y[i - 1] == y[i + 1])).toArray();
        int step = corners.length / POINTS + 1;
        int[] kept = IntStream.range(0, corners.length).filter(i -> i % step == 0 || i == corners.length - 1)
                .map(i -> corners[i]).toArray();
        return array(Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> y[i]).toArray());
    }

    private static FloatArray array(double[]... rows) {
        FloatArray array = FloatArray.zeros(rows.length, rows[0].length);
        int at = 0;
        for (double[] row : rows) for (double v : row) array.data()[at++] = (float) v;
        return array;
    }

    void write(RunFolder run) {
        if (!arrays.isEmpty()) Npy.writeZip(run.file(FILE), arrays);
    }

    /** Empty if the run has none. */
    public static Optional<RocCurves> read(RunFolder run) {
        return Files.exists(run.file(FILE)) ? Optional.of(new RocCurves(Npy.readZip(run.file(FILE))))
                : Optional.empty();
    }

    /** Whether there is a curve of the score or plane at this level. */
    public boolean has(String level, String name) {
        return arrays.containsKey(level + "/" + name);
    }

    /** False-positive rates, and the true-positive rates at them. */
    public double[][] curve(String level, String name) {
        return Optional.ofNullable(arrays.get(level + "/" + name)).map(RocCurves::rows).orElseThrow();
    }

    /** False-positive rates, and both ends of the band at them; empty where there is none. */
    public Optional<double[][]> band(String level, String name) {
        return Optional.ofNullable(arrays.get(level + "/" + name + BAND)).map(RocCurves::rows);
    }

    private static double[][] rows(FloatArray array) {
        int n = array.shape()[1];
        return IntStream.range(0, array.shape()[0])
                .mapToObj(r -> IntStream.range(0, n).mapToDouble(i -> array.data()[r * n + i]).toArray())
                .toArray(double[][]::new);
    }

    /** Evenly spaced pixels of the retinas of masked test scans: as many as a drawn curve needs. */
    private record Pixels(RunFolder run, Patches patches) {
        void add(Map<String, FloatArray> arrays, long seed) {
            List<Integer> scans = patches.scans(Split.TEST).stream()
                    .filter(i -> patches.scans().get(i).masked() && exists("maps", i)).toList();
            Map<Integer, int[]> chosen = chosen(scans);
            boolean[] positive = new boolean[chosen.values().stream().mapToInt(c -> c.length).sum()];
            List<String> groups = new ArrayList<>();
            chosen.forEach((scan, pixels) -> {
                boolean[] mask = patches.scanMask(scan);
                for (int i : pixels) {
                    positive[groups.size()] = mask[i];
                    groups.add(patches.scans().get(scan).group());
                }
            });
            if (groups.isEmpty()) return;
            List<double[]> ours = values("maps", Plane.OURS, chosen);
            for (int p = 0; p < ours.size(); p++) RocCurves.add(arrays, name(Plane.OURS.get(p)), ours.get(p), positive,
                    p == ours.size() - 1 ? groups : List.of(), seed);
            if (!scans.stream().allMatch(i -> exists("baseline_maps", i))) return;
            List<double[]> trivial = values("baseline_maps", Plane.TRIVIAL, chosen);
            for (int p = 0; p < trivial.size(); p++)
                RocCurves.add(arrays, name(Plane.TRIVIAL.get(p)), trivial.get(p), positive, List.of(), seed);
        }

        private static String name(Plane plane) {
            return PIXEL + "/" + plane.word();
        }

        private Map<Integer, int[]> chosen(List<Integer> scans) {
            Map<Integer, int[]> chosen = new TreeMap<>();
            for (int scan : scans) {
                boolean[] retina = patches.scanRetina(scan);
                chosen.put(scan, IntStream.range(0, retina.length).filter(i -> retina[i]).toArray());
            }
            int every = chosen.values().stream().mapToInt(c -> c.length).sum() / PIXELS + 1;
            chosen.replaceAll((scan, all) -> IntStream.range(0, all.length).filter(k -> k % every == 0).map(k -> all[k])
                    .toArray());
            return chosen;
        }

        /** Of each plane that all of the scans have. */
        private List<double[]> values(String kind, List<Plane> stored, Map<Integer, int[]> chosen) {
            List<double[]> values = new ArrayList<>();
            int total = chosen.values().stream().mapToInt(c -> c.length).sum();
            int at = 0;
            for (Map.Entry<Integer, int[]> e : chosen.entrySet()) {
                FloatArray maps = Npy.read(file(kind, e.getKey()));
                int planes = maps.shape()[0];
                int area = maps.data().length / planes;
                for (int p = values.size(); at == 0 && p < planes; p++) values.add(new double[total]);
                while (values.size() > planes) values.remove(planes);
                for (int p = 0; p < values.size(); p++) for (int k = 0; k < e.getValue().length; k++)
                    values.get(p)[at + k] = stored.get(p).judged(maps.data()[p * area + e.getValue()[k]]);
                at += e.getValue().length;
            }
            values.replaceAll(Pixels::levels);
            return values;
        }

        /**
         * The values on at most 2,000 levels: a drawn curve looks the same, and its band is computed much faster. NaN,
         * outside the strip, lies below all: it is never flagged.
         */
        private static double[] levels(double[] values) {
            double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
            double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
            double step = Math.max((high - low) / 2000, 1e-12);
            return Arrays.stream(values).map(v -> Double.isNaN(v) ? -1 : Math.floor((v - low) / step)).toArray();
        }

        private boolean exists(String kind, int scan) {
            return Files.exists(file(kind, scan));
        }

        private Path file(String kind, int scan) {
            return run.file(kind).resolve(patches.scans().get(scan).scan() + ".npy");
        }
    }
}
