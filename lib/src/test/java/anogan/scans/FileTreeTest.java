package anogan.scans;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that Python wrote (formats/make.py), in every dialect of tar; and archives that nobody honest writes. */
class FileTreeTest {
    private static final Path FORMATS = Path.of("src/test/resources/formats");
    @TempDir
    Path folder;

    /**
     * Each file's content is its own name. Trailing blanks, umlauts and names of 240 letters survive; folders and links
     * are no files.
     */
    @ParameterizedTest
    @ValueSource(strings = {"gnu.tar.gz", "pax.tar.gz", "ustar.tar", "names.zip"})
    void everyFileIsThereUnderItsName(String archive) throws IOException {
        try (FileTree tree = FileTree.open(FORMATS.resolve(archive))) {
            Set<String> names = new TreeSet<>(tree.files());
            String longest = "long/" + "x".repeat(120) + "/" + (archive.startsWith("ustar") ? "y" : "y".repeat(120))
                    + ".txt";
            assertEquals(new TreeSet<>(Set.of("OCT2017 /train/NORMAL/NORMAL-1-1.txt", "b/ü.txt", longest, "dot.txt")),
                    names);
            for (int pass = 0; pass < 2; pass++) {
                for (String name : names)
                    assertTrue(new String(tree.bytes(name), StandardCharsets.UTF_8).endsWith(name), name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traversal.zip", "traversal.tar"})
    void aPathThatLeadsOutIsRefused(String archive) {
        assertFails(() -> FileTree.open(FORMATS.resolve(archive)), archive, "leads out of it", "escaped.png");
    }

    @Test
    void pathsAreMadePlainOrRefused() throws IOException {
        assertEquals("a/b", FileTree.inside("./a//b"));
        assertEquals("a/b", FileTree.inside("a/./b"));
        assertEquals("a/b", FileTree.inside("a\\b"));
        assertEquals("..a/b..", FileTree.inside("..a/b.."));
        for (String path : List.of("/etc/passwd", "..", "a/../../b", "..\\b", "C:\\b", "a/..")) {
            try {
                throw new AssertionError(FileTree.inside(path));
            } catch (IOException e) {
                assertTrue(e.getMessage().contains(path));
            }
        }
    }

    /** 200 MB of nothing in a few hundred kilobytes: the picture is refused, its neighbours are read. */
    @Test
    void aBombIsNotUnpacked() throws IOException {
        Path zip = folder.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("NORMAL/bomb.png"));
            for (int i = 0; i < 200; i++) out.write(new byte[1 << 20]);
            out.putNextEntry(new ZipEntry("NORMAL/ok.txt"));
            out.write('x');
        }
        try (FileTree tree = FileTree.open(zip)) {
            assertFails(() -> ScanFile.open(tree, "NORMAL/bomb.png").samples(0), "bomb.zip, NORMAL/bomb.png",
                    "unpacks to more than 128 MB");
            assertEquals("x", new String(tree.bytes("NORMAL/ok.txt"), StandardCharsets.UTF_8));
        }
        Path tar = folder.resolve("bomb.tar.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(tar))) {
            byte[] header = Files.readAllBytes(Tar.of(folder.resolve("x.tgz"), FORMATS, List.of("make.py")));
            byte[] block = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(header)).readNBytes(512);
            // 8 GB are claimed
            System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, block, 124, 11);
            System.arraycopy("        ".getBytes(StandardCharsets.US_ASCII), 0, block, 148, 8);
            int sum = IntStream.range(0, 512).map(i -> block[i] & 0xff).sum();
            System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, block, 148, 8);
            out.write(block);
        }
        assertFails(() -> FileTree.open(tar), "bomb.tar.gz", "more than 100 times its size");
    }

    /**
     * A link that leads back up, and one that leads nowhere, are passed over; one that leads to a file or a folder is
     * followed.
     */
    @Test
    void linksAreFollowedAndLoopsAreNot() throws IOException {
        Path scans = Files.createDirectories(folder.resolve("scans/NORMAL"));
        Files.writeString(scans.resolve("a.txt"), "a");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("b.txt"), "b");
        Files.createSymbolicLink(scans.resolve("loop"), scans.getParent());
        Files.createSymbolicLink(scans.resolve("self"), scans.resolve("self"));
        Files.createSymbolicLink(scans.resolve("nothing.txt"), folder.resolve("none"));
        Files.createSymbolicLink(scans.getParent().resolve("DME"), elsewhere);
        Files.createSymbolicLink(scans.resolve("c.txt"), elsewhere.resolve("b.txt"));
        Files.createSymbolicLink(folder.resolve("link"), scans.getParent());
        for (Path root : List.of(scans.getParent(), folder.resolve("link"))) {
            assertEquals(List.of("DME/b.txt", "NORMAL/a.txt", "NORMAL/c.txt"), FileTree.open(root).files());
        }
    }

    /**
     * Two zips as they come from elsewhere, down to the flag of a password and the number of a method that Java lacks.
     */
    @Test
    void lockedAndExoticZipsAreNamed() throws IOException {
        byte[] plain = Files.readAllBytes(FORMATS.resolve("names.zip"));
        int central = 0;
        while (plain[central] != 'P' || plain[central + 1] != 'K' || plain[central + 2] != 1) central++;
        byte[] locked = plain.clone();
        locked[central + 8] |= 1;
        Files.write(folder.resolve("locked.zip"), locked);
        assertFails(() -> FileTree.open(folder.resolve("locked.zip")), "locked.zip", "locked with a password",
                "unpack it and give its folder");
        byte[] exotic = plain.clone();
        exotic[central + 10] = 14;   // LZMA
        Files.write(folder.resolve("exotic.zip"), exotic);
        assertFails(() -> FileTree.open(folder.resolve("exotic.zip")), "exotic.zip",
                "packed in a way that Java does not read", "unpack it and give its folder");
    }

    @Test
    void whatIsNoArchiveIsNamed() throws IOException {
        assertFails(() -> FileTree.open(folder.resolve("none")), "There is no folder or archive");
        for (String name : List.of("a.zip", "a.tar", "a.tar.gz", "a.tgz")) {
            Files.writeString(folder.resolve(name), "no archive at all, only words\n".repeat(40));
            assertFails(() -> FileTree.open(folder.resolve(name)), "Cannot read the archive " + folder.resolve(name));
        }
        Files.writeString(folder.resolve("a.7z"), "");
        assertFails(() -> FileTree.open(folder.resolve("a.7z")), "neither a folder nor an archive", ".tar.gz");
        byte[] whole = Files.readAllBytes(FORMATS.resolve("gnu.tar.gz"));
        Files.write(folder.resolve("cut.tar.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertFails(() -> FileTree.open(folder.resolve("cut.tar.gz")), "cut short");
    }
}
