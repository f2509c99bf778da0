package anogan.scans;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import java.io.IOException;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Downloads from a server that cuts off, stalls, redirects, refuses and lies; what arrives is right, or it is not
 * there.
 */
class FetchTest {
    private static final Fetch.Options QUICK = new Fetch.Options(Duration.ofSeconds(20), 3, Duration.ofMillis(5));
    private static final byte[] CONTENT = new byte[300_000];
    @TempDir
    Path folder;
    private Path target;
    private String md5;
    private TroubledServer server;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(CONTENT);
        md5 = Fetch.md5(Files.write(folder.resolve("original"), CONTENT));
        Files.delete(folder.resolve("original"));
        target = folder.resolve("data/a.npz");
        server = new TroubledServer(CONTENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private boolean fetch() {
        return Fetch.file(server.address("a.npz"), target, md5, QUICK);
    }

    private void assertWhole() throws IOException {
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        assertEquals(List.of("a.npz"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(target.getParent())) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void comesOnceAndIsNotFetchedAgain() throws IOException {
        assertTrue(fetch());
        assertWhole();
        assertFalse(fetch());
        assertEquals(1, server.requests());
    }

    @Test
    void aConnectionThatBreaksAgainAndAgainIsResumed() throws IOException {
        server.cutAfter(40_000);
        assertTrue(fetch());
        assertWhole();
        assertTrue(server.requests() >= 8, "what was on its way may be lost with the connection");
    }

    @Test
    void aServerThatCannotResumeSendsItAllAgain() throws IOException {
        server.cutOnce(200_000);
        server.ignoreRanges();
        assertTrue(fetch());
        assertWhole();
        assertEquals(2, server.requests());
    }

    @Test
    void aServerThatStallsIsLeft() throws IOException {
        server.stallOnce(100_000);
        assertTrue(Fetch.file(server.address("a.npz"), target, md5,
                new Fetch.Options(Duration.ofMillis(600), 20, Duration.ofMillis(5))));
        assertWhole();
        assertTrue(server.requests() >= 2, "a busy machine may take more");
    }

    @Test
    void aServerThatNeverAnswersIsNamedAndNothingIsLost() throws IOException {
        server.cutOnce(100_000);
        server.failFrom(2, 503);
        UserError said = assertFails(this::fetch, "http://", "status 503", "fetched again, it goes on");
        long kept = Files.size(target.resolveSibling(".a.npz.part"));
        assertTrue(kept > 0 && kept <= 100_000, "a connection that breaks may take with it what was on its way");
        assertTrue(said.getMessage().contains("after " + kept + " bytes"), said.getMessage());
        assertEquals(1 + QUICK.tries(), server.requests());
        server.failFrom(Integer.MAX_VALUE, 0);
        assertTrue(fetch());
        assertWhole();
        assertEquals("bytes=" + kept + "-", server.lastRange());
    }

    @Test
    void redirectsAreFollowedButNotForEver() throws IOException {
        assertTrue(Fetch.file(server.address("moved"), target, md5, QUICK));
        assertWhole();
        Files.delete(target);
        assertFails(() -> Fetch.file(server.address("ring"), target, md5, QUICK), "status 302", "circles");
    }

    @Test
    void anAddressThatIsGoneIsNotTriedAgain() {
        assertFails(() -> Fetch.file(server.address("gone"), target, md5, QUICK), "status 404", "present address");
        assertEquals(1, server.requests());
    }

    @Test
    void aProxyThatAsksForAPasswordIsSaid() {
        server.failFrom(1, 407);
        assertFails(this::fetch, "proxy", "asks for a name and a password", "put it at " + target);
        assertEquals(1, server.requests());
    }

    @Test
    void whatIsNotTheFileIsThrownAway() throws IOException {
        server.corrupt();
        assertFails(this::fetch, "not the file that was expected", md5, "thrown away");
        assertEquals(List.of(), names());
    }

    /** What an earlier download left may be of another file: then it is fetched from the beginning. */
    @Test
    void aWrongBeginningIsReplaced() throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(target.resolveSibling(".a.npz.part"), new byte[1000]);
        assertTrue(fetch());
        assertWhole();
        Files.delete(target);
        // longer than the file: the server refuses the range
        Files.write(target.resolveSibling(".a.npz.part"), new byte[CONTENT.length + 5]);
        assertTrue(fetch());
        assertWhole();
        Files.delete(target);
        // killed just before the rename
        Files.write(target.resolveSibling(".a.npz.part"), CONTENT);
        assertTrue(fetch());
        assertWhole();
    }

    @Test
    void anotherFileOfThatNameStays() throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "mine");
        assertFails(this::fetch, "is there already", "stays as it is", "option out");
        assertEquals("mine", Files.readString(target));
        assertEquals(0, server.requests());
    }

    @Test
    void whoeverFetchesItAlreadyIsLeftAlone() throws IOException {
        Files.createDirectories(target.getParent());
        try (FileChannel other = FileChannel.open(target.resolveSibling(".a.npz.part"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            other.lock();
            assertFails(this::fetch, "Another program is fetching", "a.npz");
        }
        assertTrue(fetch());
    }

    @Test
    void noServerAtAllIsSaid() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertFails(() -> Fetch.file(URI.create("http://localhost:" + port + "/x"), target, md5, QUICK),
                "localhost:" + port, "cannot be fetched: no connection", "https_proxy");
        assertEquals(List.of(), names());
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");
        assertFails(this::fetch, "Cannot write", "is a file, not a folder");
    }

    /** The server, taken for a proxy, gets the whole address of a host that does not exist. */
    @Test
    void theProxyOfTheEnvironmentIsUsed() throws IOException {
        Map<String, String> environment = Map.of("http_proxy", server.address("").toString());
        assertTrue(Fetch.file(URI.create("http://host.invalid/a.npz"), target, md5, QUICK, Proxies.of(environment)));
        assertWhole();
        assertEquals("http://host.invalid/a.npz", server.lastAddress());
    }

    @Test
    void proxiesAreReadAsCurlReadsThem() {
        URI https = URI.create("https://data.example.org/x");
        assertEquals("proxy:3128", proxy(Map.of("https_proxy", "http://proxy:3128"), https));
        assertEquals("proxy:80", proxy(Map.of("HTTPS_PROXY", "proxy"), https));
        assertEquals("other:1", proxy(Map.of("all_proxy", "other:1", "http_proxy", "proxy:2"), https));
        for (String direct : List.of("*", "example.org", ".example.org", "a.b, data.example.org")) {
            assertEquals("direct", proxy(Map.of("https_proxy", "proxy:3128", "no_proxy", direct), https));
        }
        assertEquals("proxy:3128",
                proxy(Map.of("https_proxy", "proxy:3128", "no_proxy", "ample.org,localhost"), https));
        assertEquals("direct", proxy(Map.of("HTTP_PROXY", "evil:1"), URI.create("http://data.example.org/x")));
        assertFails(() -> proxy(Map.of("https_proxy", "http://"), https), "https_proxy", "is no address");
        assertFails(() -> proxy(Map.of("all_proxy", "socks5://proxy:1080"), https), "socks5://proxy:1080",
                "HTTP proxy");
    }

    private static String proxy(Map<String, String> environment, URI uri) {
        Proxy p = Proxies.of(environment).select(uri).get(0);
        if (p.type() == Proxy.Type.DIRECT) return "direct";
        java.net.InetSocketAddress address = (java.net.InetSocketAddress) p.address();
        return address.getHostString() + ":" + address.getPort();
    }

    @Test
    void theCatalogueIsComplete() {
        assertEquals(9, DataSet.all().stream().map(DataSet::name).distinct().count());
        for (DataSet d : DataSet.all()) {
            assertTrue(Stream.of(d.title(), d.size(), d.licence(), d.citation()).noneMatch(String::isBlank)
                    && d.home().isAbsolute(), d.name());
            for (DataSet.File f : d.files()) {
                assertTrue(f.md5().matches("[0-9a-f]{32}"), f.name());
                assertEquals("https", d.home().resolve(f.path()).getScheme());
            }
        }
        assertEquals("https://zenodo.org/records/10519652/files/octmnist.npz?download=1",
                DataSet.named("octmnist").home().resolve(DataSet.named("octmnist").files().get(0).path()).toString());
        anogan.Sentences.assertRefused(() -> DataSet.named("imagenet"), "imagenet", "octmnist_64");
    }

    @Test
    void md5IsThatOfRfc1321() throws IOException {
        assertEquals("900150983cd24fb0d6963f7d28e17f72", Fetch.md5(Files.writeString(folder.resolve("abc"), "abc")));
    }
}
