package anogan;

import anogan.io.Csv;
import anogan.io.ErrorText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The tables of a {@link Cohort}'s parts, joined as one machine writes them: scans by their score, regions by their
 * scans, patches as the scans were listed. Memory holds a few numbers for each scan; lines are copied from file to
 * file.
 */
final class CohortTables {
    private final Path folder;
    private final int parts;
    private final List<Entry> scans;   // sorted

    /** A scan's line in its part's table, and where the lines of its regions are. */
    private record Entry(double score, int part, Lines own, Lines regions) {}

    /** Bytes of a file. */
    private record Lines(long from, long to) {}

    private CohortTables(Path folder, int parts, List<Entry> scans) {
        this.folder = folder;
        this.parts = parts;
        this.scans = scans;
    }

    /** What a part is called. */
    static String part(int part) {
        return String.format(Locale.ROOT, "part-%05d", part);
    }

    /** Where a part's rows of a table lie, in the folder of the cohort. */
    static String file(String table, int part) {
        return table + "/" + part(part) + ".csv";
    }

    static CohortTables of(Path folder, int parts) {
        List<Entry> scans = new ArrayList<>();
        for (int part = 0; part < parts; part++) read(folder, part, scans);
        scans.sort(Comparator.comparingDouble(e -> -e.score));   // stable: equal ones as they were listed
        return new CohortTables(folder, parts, scans);
    }

    private static void read(Path folder, int part, List<Entry> to) {
        Path file = folder.resolve(file("scans", part));
        List<Csv.Row> rows = Csv.read(file, "score", "regions");
        List<Lines> own = lines(bytes(file));
        List<Lines> regions = lines(bytes(folder.resolve(file("regions", part))));
        int region = 1;   // behind the header
        for (int i = 0; i < rows.size(); i++) {
            int n = Integer.parseInt(rows.get(i).get("regions"));
            long from = regions.get(region - 1).to;
            region += n;
            to.add(new Entry(Double.parseDouble(rows.get(i).get("score")), part, own.get(i + 1),
                    new Lines(from, regions.get(region - 1).to)));
        }
    }

    /** Every line of a table, the header too; a line end in quotes ends none. */
    private static List<Lines> lines(byte[] csv) {
        List<Lines> lines = new ArrayList<>();
        boolean quoted = false;
        for (int i = 0, from = 0; i < csv.length; i++) {
            if (csv[i] == '"') quoted = !quoted;
            if (csv[i] != '\n' || quoted) continue;
            lines.add(new Lines(from, i + 1));
            from = i + 1;
        }
        return lines;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Judge that part again.", file, ErrorText.of(e));
        }
    }

    void writeScans(OutputStream out) throws IOException {
        out.write(FindingFiles.scans(List.of()).getBytes(StandardCharsets.UTF_8));
        for (Entry e : scans) out.write(lines(file("scans", e.part), e.own));
        List<Path> skipped = new ArrayList<>(List.of(folder.resolve("skipped/listing.csv")));
        IntStream.range(0, parts).forEach(part -> skipped.add(folder.resolve(file("skipped", part))));
        for (Path file : skipped) for (Csv.Row row : Csv.read(file, "file", "reason")) out.write(
                FindingFiles.row(Finding.none(row.get("file"), row.get("reason"))).getBytes(StandardCharsets.UTF_8));
    }

    void writeRegions(OutputStream out) throws IOException {
        String header = file("regions", 0);   // as the parts have it: those of older versions lack a column
        out.write(lines(header, lines(bytes(folder.resolve(header))).get(0)));
        for (Entry e : scans) out.write(lines(file("regions", e.part), e.regions));
    }

    private byte[] lines(String table, Lines lines) throws IOException {
        if (lines.from == lines.to) return new byte[0];
        try (RandomAccessFile in = new RandomAccessFile(folder.resolve(table).toFile(), "r")) {
            byte[] bytes = new byte[(int) (lines.to - lines.from)];
            in.seek(lines.from);
            in.readFully(bytes);
            return bytes;
        }
    }

    /** Whether any scan was judged. */
    boolean hasPatches() {
        return !scans.isEmpty();
    }

    /** One header, then all lines. */
    void writePatches(OutputStream out) throws IOException {
        boolean first = true;
        for (int part = 0; part < parts; part++) {
            Path file = folder.resolve(file("patches", part));
            if (!Files.exists(file)) continue;
            byte[] bytes = bytes(file);
            int from = first ? 0 : (int) lines(bytes).get(0).to;
            out.write(bytes, from, bytes.length - from);
            first = false;
        }
    }
}
