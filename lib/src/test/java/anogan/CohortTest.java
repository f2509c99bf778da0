package anogan;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TrainOptions;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.mapping.MappingOptions;
import anogan.markers.RegionRule;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.scans.GrayImage;
import anogan.scans.GreyRange;
import anogan.scans.Intensities;
import anogan.scans.FileStore;
import anogan.scans.ListedElsewhere;
import anogan.scans.Scans;
import anogan.scans.Share;
import anogan.scans.Split;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.MarkerRates.Rate;
import anogan.statistics.NormalLook;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that are judged apart, joined, are the files that one machine writes. */
class CohortTest {
    private static final Compute COMPUTE = new Compute(Compute.Engine.AUTO, 2, 20);
    private static final double RATE = 0.2;
    @TempDir
    static Path home;
    private static Detector detector;
    private static Scans scans;
    private static Path alone;

    @TempDir
    Path here;

    /** A model, and scans with all that could tell parts from the whole. */
    @BeforeAll
    static void judgeOnOneMachine() throws IOException {
        Patches patches = Patches.prepare(new PhantomScans(2, 2, 2, 1), PrepareOptions.defaults(32),
                home.resolve("patches"));
        Experiment run = Experiment.at(home.resolve("run"));
        run.train(patches, Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625),
                TrainOptions.defaults().withBatch(4).withSteps(2));
        run.map(MappingOptions.defaults().withSteps(3));
        RegionRule lax = new RegionRule(1, 1.5, 32);   // so that there are regions enough for markers
        Discovery.of(run.folder(), patches, lax).run(DiscoverOptions.defaults().withClusters(2).withBootstrap(3));
        ModelFile m = ModelFile.of(run.folder(), "small", "");
        NormalLook look = new NormalLook(m.look().scales(), lax, m.look().appearance());
        new ModelFile(m.format(), m.name(), m.card(), m.prepare(), m.ranges(), m.scoring(), m.calibration(), m.score(),
                m.normals(), look, m.markers(), m.made()).write(run.folder(), home.resolve("small.anogan"));
        detector = Detector.load(home.resolve("small.anogan"));
        Path folder = home.resolve("scans");
        List<Path> pictures = patches.scans(Split.TEST).stream()
                .map(i -> patches.path().resolve("scans/" + patches.scans().get(i).scan() + ".png")).toList();
        for (int i = 0; i < pictures.size(); i++) {   // the same name again and again
            Files.createDirectories(folder.resolve("patient" + i));
            Files.copy(pictures.get(i), folder.resolve("patient" + i + "/scan.png"));
        }
        Files.createDirectories(folder.resolve("patient0a"));
        Files.writeString(folder.resolve("patient0a/scan.png"), "no picture");
        Files.writeString(folder.resolve("patient0a/scan.heic"), "of a kind that is not read");
        volume(folder.resolve("patient3/volume.npy"), 1, pictures.subList(0, 3));
        volume(folder.resolve("patient4/dark.npy"), 0.4f, pictures.subList(3, 5));   // what is white says the other one
        scans = Scans.each(List.of(folder));
        alone = home.resolve("alone");
        detector.examine(scans, alone, RATE, COMPUTE);
    }

    private static void volume(Path file, float white, List<Path> pictures) {
        List<GrayImage> slices = pictures.stream().map(GrayImage::read).toList();
        int area = slices.get(0).pixels().length;
        float[] values = new float[slices.size() * area];
        for (int i = 0; i < values.length; i++) values[i] = slices.get(i / area).pixels()[i % area] / 255 * white;
        Npy.write(file, new FloatArray(values, slices.size(), slices.get(0).height(), slices.get(0).width()));
    }

    /** The tables, and maps and pictures of scans by their names, whichever part they lie in. */
    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path f : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(f).toString().replaceAll("part-\\d+/", "").replaceFirst("^scores/", "");
                if (name.matches("(scans|regions|patches)\\.csv|(maps|overlays)/[^/]+"))
                    assertTrue(name.equals("scans.csv") && f.getParent().endsWith("scores")
                            || files.put(name, Files.readAllBytes(f)) == null, name + " is there twice");
            }
        }
        return files;
    }

    private static void assertAsAlone(Path folder) throws IOException {
        Map<String, byte[]> expected = files(alone);
        Map<String, byte[]> actual = files(folder);
        assertEquals(expected.keySet(), actual.keySet());
        assertEquals(3 + 2 * 11, expected.size(), "three tables, a map and a picture of eleven scans");
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
        assertTrue(Files.exists(folder.resolve("_SUCCESS")));
    }

    private Cohort.Counts shard(int number, int of) {
        return Cohort.shard(detector, scans, new Share(number, of), here.resolve("out"), RATE, COMPUTE);
    }

    @Test
    void shardsAreTheWholeInAnyOrder() throws IOException {
        Cohort.Counts counts = Cohort.Counts.NONE;
        for (int number : List.of(4, 1, 3)) counts = counts.plus(shard(number, 4));
        assertEquals(List.of(1), Cohort.open(here.resolve("out")).missing());
        assertTrue(Files.notExists(here.resolve("out/_SUCCESS")));
        counts = counts.plus(shard(2, 4));
        assertEquals(12, counts.scans(), "the picture that is none too");
        assertEquals(11, counts.judged());
        assertAsAlone(here.resolve("out"));
        assertEquals(Cohort.Counts.NONE, shard(3, 4), "it is done");
        assertAsAlone(here.resolve("out"));
    }

    @Test
    void moreSharesThanScansAreTheWholeToo() throws IOException {
        for (int number = 1; number <= 15; number++) shard(number, 15);
        assertAsAlone(here.resolve("out"));
    }

    /** As left by a program that was killed while it put its files in their places. */
    @Test
    void whatAKilledProgramLeftIsInNobodysWay() throws IOException {
        shard(1, 2);
        Path out = here.resolve("out");
        Files.delete(out.resolve("scans/part-00000.csv"));
        Files.createDirectories(out.resolve(".parts/part-00000/maps"));
        Files.writeString(out.resolve(".parts/part-00000/maps/scan.npy"), "half of");
        shard(2, 2);
        shard(1, 2);
        assertAsAlone(out);
    }

    @Test
    void sharesThatWereListedElsewhereAreTheWhole() throws IOException, ClassNotFoundException {
        assertPartsAreTheWhole(scans);
    }

    /** The same files, as a bucket would have them. */
    @Test
    void scansOfAStoreAreThoseOfAFolder() throws IOException, ClassNotFoundException {
        Path folder = home.resolve("scans");
        TreeMap<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path f : all.filter(Files::isRegularFile).toList())
                content.put(folder.relativize(f).toString().replace('\\', '/'), Files.readAllBytes(f));
        }
        assertPartsAreTheWhole(Scans.stored(new Bucket(folder.toString(), content, true)));
        Sentences.assertFails(() -> Cohort.list(detector, Scans.stored(new Bucket("bucket://scans", content, false))),
                "bucket://scans", "nobody answers", "Is its address right");
    }

    /** @param answers whether it can be reached */
    private record Bucket(String address, TreeMap<String, byte[]> content,
            boolean answers) implements FileStore, FileStore.Connection {
        @Override
        public Connection connect() {
            return this;
        }

        @Override
        public List<String> files() throws IOException {
            if (!answers) throw new IOException("nobody answers");
            return List.copyOf(content.keySet());
        }

        @Override
        public InputStream open(String file) {
            return new ByteArrayInputStream(content.get(file));
        }

        @Override
        public String toString() {
            return address;
        }
    }

    private void assertPartsAreTheWhole(Scans scans) throws IOException, ClassNotFoundException {
        Path out = here.resolve("out");
        Scans.Listing listing = Cohort.list(detector, scans);
        Cohort cohort = Cohort.begin(out, detector, listing, RATE, 3);
        List<ListedElsewhere> shares = ListedElsewhere.shares(listing, 3);
        Map<String, GreyRange> ranges = listing.intensities().all();
        listing.close();
        assertEquals(Map.of("float", new GreyRange(0, 1)), ranges, "the dark volume is read in the light one's range");
        assertThrows(Intensities.Untold.class,
                () -> cohort.judge(2, shares.get(2), detector, here.resolve("work"), "try", COMPUTE));
        for (int part = 0; part < 3; part++) cohort.judge(part, sent(shares.get(part).withRanges(ranges)), detector,
                here.resolve("work"), "try", COMPUTE);
        cohort.finish("end");
        assertAsAlone(out);
    }

    private static Scans sent(ListedElsewhere share) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(share);
        return (Scans) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    @Test
    void anArchiveStaysWhole() throws IOException {
        Path zip = here.resolve("scans.zip");
        try (java.util.zip.ZipOutputStream out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("patient0/scan.png", "patient1/scan.png")) {
                out.putNextEntry(new java.util.zip.ZipEntry(name));
                out.write(Files.readAllBytes(home.resolve("scans").resolve(name)));
            }
        }
        Scans archive = Scans.each(List.of(zip));
        Path out = here.resolve("out");
        assertEquals(2, Cohort.shard(detector, archive, new Share(1, 2), out, RATE, COMPUTE).judged());
        assertEquals(0, Cohort.shard(detector, archive, new Share(2, 2), out, RATE, COMPUTE).scans());
        Scans.Listing listing = Cohort.list(detector, archive);
        Cohort elsewhere = Cohort.begin(here.resolve("elsewhere"), detector, listing, RATE, 2);
        for (ListedElsewhere share : ListedElsewhere.shares(listing, 2))
            elsewhere.judge(share.scans().isEmpty() ? 1 : 0, share, detector, here.resolve("work"), "try", COMPUTE);
        elsewhere.finish("end");
        assertArrayEquals(Files.readAllBytes(out.resolve("patches.csv")),
                Files.readAllBytes(here.resolve("elsewhere/patches.csv")));
    }

    /** The areas of the parts are those of the joined tables, by counting pairs. */
    @Test
    void aTableOfClassesTellsWhatTheScoresAreWorth() throws IOException {
        for (int number = 1; number <= 3; number++) shard(number, 3);
        Cohort cohort = Cohort.open(here.resolve("out"));
        StringBuilder table = new StringBuilder("path,class,patient\n");
        for (int i = 0; i < 6; i++) table
                .append(String.format("patient%d/scan.png,%s,p%d%n", i, List.of("NORMAL", "IRF", "srf").get(i % 3), i));
        table.append("patient3/volume.npy,normal,p3\npatient4/dark.npy,unknown,\n");
        Path labels = Files.writeString(here.resolve("classes.csv"), table);
        CohortAnalysis found = cohort.analysis(labels, List.of("NORMAL"));
        assertEquals(List.of("scans ", "scans IRF", "scans srf", "patches ", "patches IRF", "patches srf"),
                found.rows().stream().map(r -> r.what() + " " + r.className()).toList());
        Map<String, String> classes = new TreeMap<>();   // by name of the scan
        for (Csv.Row row : Csv.read(alone.resolve("scans.csv"), "scan", "file", "score")) {
            String file = row.get("file").replaceFirst(", slice.*", "");
            table.toString().lines().filter(line -> line.startsWith(file + ",")).forEach(line -> {
                if (!row.get("score").isEmpty()) classes.put(row.get("scan"), line.split(",")[1].toLowerCase(ROOT));
            });
        }
        for (CohortAnalysis.Row row : found.rows()) {
            boolean scans = row.what().equals("scans");
            List<Double> anomalous = new ArrayList<>();
            List<Double> normal = new ArrayList<>();
            for (Csv.Row r : Csv.read(alone.resolve(row.what() + ".csv"), "scan", scans ? "score" : "combined")) {
                String of = classes.getOrDefault(r.get("scan"), "unknown");
                double score = of.equals("unknown") ? 0 : Double.parseDouble(r.get(scans ? "score" : "combined"));
                if (of.equals("normal")) normal.add(score);
                else if (!of.equals("unknown") && row.className().toLowerCase(ROOT).matches("|" + of))
                    anomalous.add(score);
            }
            double pairs = 0;
            for (double a : anomalous) for (double n : normal) pairs += a > n ? 1 : a == n ? 0.5 : 0;
            assertEquals(pairs / anomalous.size() / normal.size(), row.auroc(), row.error() + 1e-12, row.toString());
            assertEquals(List.of((long) anomalous.size(), (long) normal.size()),
                    List.of(row.anomalous(), row.normal()));
            assertEquals(row.className().isEmpty() ? 6 : 4, row.groups(), "patients");
        }
        assertTrue(found.toString().contains("of 9 judged scans; 2 others"), found.toString());
        assertMarkers(classes, found);
        assertFails(() -> cohort.analysis(labels, List.of("healthy")), "all anomalous", "option normal");
        Path others = Files.writeString(here.resolve("others.csv"), "scan,class\nnobody,NORMAL\n");
        assertFails(() -> cohort.analysis(others, List.of("NORMAL")), "names no scan that was judged");
        Path nameless = Files.writeString(here.resolve("nameless.csv"), "picture,class\nx,NORMAL\n");
        assertFails(() -> cohort.analysis(nameless, List.of("NORMAL")), "a column scan, file or path");
    }

    /** By counting in the tables of one machine. */
    private static void assertMarkers(Map<String, String> classes, CohortAnalysis found) throws IOException {
        Map<String, Long> scans = classes.values().stream().filter(c -> !c.equals("unknown"))
                .collect(Collectors.groupingBy(c -> c.equals("normal") ? c : "ill", Collectors.counting()));
        assertEquals(3, found.rates().size(), "two markers and none");
        Map<String, String> files = new TreeMap<>();
        Csv.read(alone.resolve("scans.csv"), "scan", "file").forEach(r -> files.put(r.get("scan"), r.get("file")));
        long all = 0;
        for (int marker = 0; marker < 3; marker++) {
            String number = marker == 0 ? "" : "" + marker;
            List<String> with = Csv.read(alone.resolve("regions.csv"), "scan", "marker").stream()
                    .filter(r -> r.get("marker").equals(number)).map(r -> r.get("scan"))
                    .filter(s -> !classes.getOrDefault(s, "unknown").equals("unknown")).toList();
            double normal = with.stream().filter(s -> "normal".equals(classes.get(s))).count();
            double ill = with.size() - normal;
            double ills = scans.getOrDefault("ill", 0L);
            double normals = scans.getOrDefault("normal", 0L);
            Rate rate = found.rates().get(marker);
            assertEquals(List.of((long) with.size(), with.stream().distinct().count()),
                    List.of(rate.regions(), rate.scans()), number);
            assertEquals(with.stream().map(s -> files.getOrDefault(s, "").replaceFirst("/.*", "")).distinct().count(),
                    rate.patients(), "a folder a patient");
            assertEquals(ill / ills, rate.perScan(), 1e-12);
            assertEquals(normal / normals, rate.normal(), 1e-12);
            assertEquals((ill + 0.5) / ills / ((normal + 0.5) / normals), rate.ratio().orElseThrow(), 1e-12);
            all += with.size();
        }
        assertTrue(all > 5, "there is something to count");
        String name = detector.model().markers().orElseThrow().names().get(0).name();
        assertTrue(found.toString().contains(name), found.toString());
    }

    /** Its regions have no marker, and its plan names none: it is joined as it is, but nothing is added to it. */
    @Test
    void aCohortOfAnEarlierVersionIsStillJoined() throws IOException {
        for (int number = 1; number <= 2; number++) shard(number, 2);
        Path out = here.resolve("out");
        for (String table : List.of("regions/part-00000.csv", "regions/part-00001.csv"))
            Files.writeString(out.resolve(table), withoutMarkers(out.resolve(table)));
        ObjectMapper json = new ObjectMapper();
        ObjectNode plan = (ObjectNode) json.readTree(out.resolve("cohort.json").toFile());
        plan.put("format", 1).remove("markers");
        json.writeValue(out.resolve("cohort.json").toFile(), plan);
        Cohort cohort = Cohort.open(out);
        cohort.join("merge");
        assertEquals(withoutMarkers(alone.resolve("regions.csv")), Files.readString(out.resolve("regions.csv")));
        Path labels = Files.writeString(here.resolve("classes.csv"),
                "path,class\npatient0/scan.png,NORMAL\npatient1/scan.png,IRF\n");
        assertEquals(List.of(), cohort.analysis(labels, List.of("NORMAL")).rates());
        assertFails(() -> shard(1, 2), "or version");
    }

    private static String withoutMarkers(Path regions) throws IOException {
        return Files.readString(regions).replaceAll("(?m),[^,\n]*$", "");
    }

    @Test
    void partsOfDifferentCohortsAreNeverPutTogether() {
        shard(1, 2);
        assertFails(() -> shard(1, 3), "in other parts");
        assertFails(() -> Cohort.shard(detector, scans, new Share(2, 2), here.resolve("out"), 0.1, COMPUTE),
                "at another rate");
        assertFails(() -> Cohort.shard(detector, scans.withSpacing(anogan.scans.Spacing.of(List.of(4.0, 11.0))),
                new Share(2, 2), here.resolve("out"), RATE, COMPUTE), "of other scans");
        assertFails(() -> Cohort.open(here.resolve("out")).join("x"), "1 of 2 parts");
        assertFails(() -> Cohort.open(here), "holds no parts");
        assertRefused(() -> Cohort.shard(detector, scans, new Share(1, 2), alone, RATE, COMPUTE), "but no parts");
        for (String slip : List.of("0/8", "9/8", "3", "3/0", "-1/8", "a/b", "1/2/3"))
            assertRefused(() -> Share.of(slip), "hare");
    }
}
