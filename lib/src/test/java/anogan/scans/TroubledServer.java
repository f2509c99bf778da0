package anogan.scans;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server with one file and a list of bad habits. */
final class TroubledServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final byte[] content;
    private int requests;
    private int cutAfter = Integer.MAX_VALUE;
    private boolean once;
    private boolean stall;
    private boolean ranges = true;
    private boolean corrupt;
    private int failFrom = Integer.MAX_VALUE;
    private int failure;
    private boolean closed;
    private String lastRange;
    private String lastAddress;

    TroubledServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address(String file) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + file);
    }

    /** Every connection breaks after so many bytes. */
    synchronized void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    synchronized void cutOnce(int bytes) {
        cutAfter = bytes;
        once = true;
    }

    /** Every connection falls silent after so many bytes, until there is another or the server is closed. */
    synchronized void stallAfter(int bytes) {
        cutAfter = bytes;
        stall = true;
    }

    /** The first connection does. */
    synchronized void stallOnce(int bytes) {
        stallAfter(bytes);
        once = true;
    }

    synchronized void ignoreRanges() {
        ranges = false;
    }

    synchronized void corrupt() {
        corrupt = true;
    }

    /** From that request on it answers with a status alone. */
    synchronized void failFrom(int request, int status) {
        failFrom = request;
        failure = status;
    }

    synchronized int requests() {
        return requests;
    }

    synchronized String lastRange() {
        return lastRange;
    }

    synchronized String lastAddress() {
        return lastAddress;
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status;
        int start = 0;
        int cut;
        int mine;
        boolean silent;
        synchronized (this) {
            mine = ++requests;
            notifyAll();
            lastAddress = exchange.getRequestURI().toString();
            lastRange = exchange.getRequestHeaders().getFirst("Range");
            status = status(exchange.getRequestURI().getPath());
            if (status == 200 && ranges && lastRange != null) {
                start = Integer.parseInt(lastRange.replaceAll("\\D", ""));
                status = start < content.length ? 206 : 416;
            }
            cut = cutAfter;
            silent = stall;
            if (once) cutAfter = Integer.MAX_VALUE;
        }
        if (status == 302) exchange.getResponseHeaders().add("Location",
                exchange.getRequestURI().getPath().equals("/ring") ? "/ring" : "/a.npz");
        if (status == 206) exchange.getResponseHeaders().add("Content-Range",
                "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        if (status != 200 && status != 206) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        send(exchange, status, start, cut, silent ? mine : 0);
    }

    private int status(String path) {
        if (requests >= failFrom) return failure;
        return path.equals("/moved") || path.equals("/ring") ? 302 : path.equals("/gone") ? 404 : 200;
    }

    /** @param silent the number of the request that is to fall silent, or 0 */
    private void send(HttpExchange exchange, int status, int start, int cut, int silent) throws IOException {
        int length = content.length - start;
        exchange.sendResponseHeaders(status, length);
        try (exchange; OutputStream out = exchange.getResponseBody()) {
            for (int done = 0; done < Math.min(length, cut);) {
                int n = Math.min(4000, Math.min(length, cut) - done);
                byte[] piece = java.util.Arrays.copyOfRange(content, start + done, start + done + n);
                if (corrupt) piece[0] ^= 1;
                out.write(piece);
                done += n;
            }
            out.flush();
            if (silent > 0 && cut < length) awaitAnother(silent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitAnother(int request) throws InterruptedException {
        while (requests == request && !closed) wait();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
