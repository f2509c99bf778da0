package anogan.scans;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
import anogan.ui.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Downloads a file whose checksum is known. What has arrived is kept in {@code .NAME.part} beside the target and goes
 * on there after a broken connection, a kill or a restart of the machine; the target appears when it is whole and its
 * checksum is right, and a file that is there already is never overwritten.
 */
public final class Fetch {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int PROXY_ASKS = 407;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int CHUNK = 1 << 16;
    private static final int MB = 1_000_000;

    /**
     * How patient a download is.
     *
     * @param patience time without a byte after which a connection is given up
     * @param tries    connections in a row that may bring nothing new
     * @param pause    time before the first of them is repeated; it doubles each time
     */
    public record Options(Duration patience, int tries, Duration pause) {
        public static final Options USUAL = new Options(Duration.ofSeconds(30), 6, Duration.ofSeconds(1));
    }

    private final URI from;
    private final Path target;
    private final String md5;
    private final Options options;
    private final HttpClient client;

    private Fetch(URI from, Path target, String md5, Options options, ProxySelector proxy) {
        this.from = from;
        this.target = target;
        this.md5 = md5;
        this.options = options;
        client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(options.patience)
                .proxy(proxy).build();
    }

    /**
     * Makes sure that {@code target} is there with that content.
     *
     * @return           false if it was there before
     * @throws UserError if another file of that name is there, the address does not answer, or what comes is not what
     *                   was expected
     */
    public static boolean file(URI from, Path target, String md5, Options options) {
        return file(from, target, md5, options, Proxies.of(System.getenv()));
    }

    static boolean file(URI from, Path target, String md5, Options options, ProxySelector proxy) {
        if (Files.exists(target)) {
            if (md5(target).equals(md5)) return false;
            throw UserError.failure(
                    "%s is there already, but is not the file that was asked for (its md5 is not %s). It stays as it "
                            + "is; choose another option out.",
                    target, md5);
        }
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(target, e);
        }
        new Fetch(from, target, md5, options, proxy).toTheEnd();
        return true;
    }

    private void toTheEnd() {
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            lock(out);
            boolean resumed = out.size() > 0;
            download(out);
            if (!md5(out).equals(md5) && resumed) {   // the beginning may be an older file's: once more from there
                out.truncate(0);
                download(out);
            }
            if (!md5(out).equals(md5)) {
                Files.delete(part);
                throw UserError.failure(
                        "What %s sent is not the file that was expected (its md5 is not %s). It was thrown away. "
                                + "Either "
                                + "the publisher has changed it, or something on the way has: try again, or from "
                                + "another network.",
                        from, md5);
            }
            out.force(true);
            Files.move(part, target);
        } catch (FileAlreadyExistsException e) {
            throw UserError.failure(e,
                    "%s was put there by somebody else meanwhile. It stays as it is; choose another option out.",
                    target);
        } catch (IOException e) {
            throw AtomicFiles.cannotWrite(target, e);
        } finally {
            deleteIfEmpty(part);
        }
    }

    private static void deleteIfEmpty(Path part) {
        try {
            if (Files.exists(part) && Files.size(part) == 0) Files.delete(part);
        } catch (IOException ignored) {
            // It is in nobody's way.
        }
    }

    private void lock(FileChannel out) throws IOException {
        try {
            FileLock lock = out.tryLock();
            if (lock != null) return;
        } catch (OverlappingFileLockException e) {
            // The same program fetches it twice: as bad.
        }
        throw UserError.failure("Another program is fetching %s just now. Wait until it has ended.", target);
    }

    /** Connects until everything is there, or too often in vain. */
    private void download(FileChannel out) throws IOException {
        long pause = options.pause.toMillis();
        for (int vain = 0;;) {
            long before = out.size();
            try {
                connect(out);
                return;
            } catch (Broken e) {
                vain = out.size() > before ? 0 : vain + 1;
                if (vain >= options.tries) throw givenUp(e, out.size());
                if (vain == 0) pause = options.pause.toMillis();
                sleep(pause);
                pause *= 2;
            }
        }
    }

    private UserError givenUp(Broken e, long bytes) {
        if (bytes == 0) {
            return UserError.failure(e, "%s cannot be fetched: %s. Try again later; behind a proxy, set https_proxy.",
                    from, e.getMessage());
        }
        return UserError.failure(e,
                "%s does not send any more after %d bytes: %s. They are kept; fetched again, it goes on from there.",
                from, bytes, e.getMessage());
    }

    /** A connection that ended before the file did; worth another. */
    private static final class Broken extends Exception {
        Broken(String reason) {
            super(reason);
        }
    }

    private void connect(FileChannel out) throws Broken, IOException {
        long have = out.size();
        HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(options.patience).header("User-Agent",
                "anogan-fetch");
        if (have > 0) request.header("Range", "bytes=" + have + "-");
        HttpResponse<InputStream> response = send(request.build());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == RANGE_NOT_SATISFIABLE && have > 0) return;   // all of it is here; the checksum will tell
            if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS)
                throw new Broken("it answers with status " + status);
            if (status == PROXY_ASKS) {
                throw UserError.failure(
                        "The proxy on the way to %s asks for a name and a password, which this program does not give. "
                                + "Get the file with a browser, put it at %s, and fetch it again: that verifies the "
                                + "checksum.",
                        from, target);
            }
            if (status != OK && status != PARTIAL) {
                throw UserError.failure(
                        "%s answers with status %d%s. Look at the data set's page for its present address.", from,
                        status, status / 100 == 3 ? " and leads in circles or to an unsafe place" : "");
            }
            if (status == OK
                    || !response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + have + "-"))
                out.truncate(0);
            if (status == PARTIAL && out.size() < have) throw new Broken("it sent another part than the one asked for");
            copy(body, out, response.headers().firstValueAsLong("Content-Length").orElse(-1));
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws Broken {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new Broken(e instanceof java.net.ConnectException ? "no connection"
                    : e instanceof javax.net.ssl.SSLHandshakeException
                            ? "its certificate is not trusted (where a proxy reads along, Java must know the proxy's)"
                    : e.getMessage() == null ? "the connection broke"
                    : e.getMessage());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void copy(InputStream body, FileChannel out, long announced) throws Broken, IOException {
        long start = out.size();
        long total = announced < 0 ? -1 : start + announced;
        if (announced > Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace()) {
            throw UserError.failure(
                    "%s has %d MB, for which there is no room in %s. Make room or choose another option out.", from,
                    total / MB, target.toAbsolutePath().getParent());
        }
        out.position(start);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Progress bar = Progress.resume(target.getFileName().toString(), start / MB, Math.max(start, total) / MB,
                "MB")) {
            byte[] chunk = new byte[CHUNK];
            for (long done = start;;) {
                ScheduledFuture<?> alarm = clock.schedule(() -> close(body), options.patience.toMillis(),
                        TimeUnit.MILLISECONDS);
                int n = read(body, chunk);
                alarm.cancel(false);
                if (n < 0) break;
                for (ByteBuffer b = ByteBuffer.wrap(chunk, 0, n); b.hasRemaining();) out.write(b);
                bar.step((done + n) / MB - done / MB);
                done += n;
            }
        } finally {
            clock.shutdownNow();
        }
        if (total >= 0 && out.size() < total) throw new Broken("the connection broke");
    }

    private static int read(InputStream body, byte[] chunk) throws Broken {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw new Broken("closed".equals(e.getMessage()) ? "nothing came for a while" : "the connection broke");
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException ignored) {
            // Whoever reads from it notices.
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static UserError interrupted() {
        Thread.currentThread().interrupt();
        return UserError.failure(
                "The download was interrupted. What has arrived is kept; fetched again, it goes on from there.");
    }

    /** The MD5 of a file: a check against accidents, not against forgers; it is what publishers of data sets give. */
    public static String md5(Path file) {
        try (FileChannel in = FileChannel.open(file)) {
            return md5(in);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. Make it readable, or choose another option out.", file,
                    ErrorText.of(e));
        }
    }

    /** Read through the channel that holds the lock: where locks are mandatory, nothing else may read the file. */
    private static String md5(FileChannel in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (long at = 0; in.read(chunk.clear(), at) > 0; at += chunk.limit()) digest.update(chunk.flip());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);   // every Java has MD5
        }
    }
}
