package anogan.scans;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes a gzipped ustar archive of files, in the order given. */
final class Tar {
    private Tar() {}

    static Path of(Path tar, Path root, List<String> files) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tar))) {
            for (String file : files) {
                byte[] content = Files.readAllBytes(root.resolve(file));
                out.write(header(file, content.length));
                out.write(content);
                out.write(new byte[(512 - content.length % 512) % 512]);
            }
            out.write(new byte[1024]);
        }
        return tar;
    }

    private static byte[] header(String name, long size) {
        byte[] h = new byte[512];
        put(h, 0, name);
        put(h, 100, "0000644\0");
        put(h, 124, String.format("%011o ", size));
        put(h, 148, "        ");
        h[156] = '0';
        put(h, 257, "ustar\00000");
        int sum = 0;
        for (byte b : h) sum += b & 0xff;
        put(h, 148, String.format("%06o\0 ", sum));
        return h;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
