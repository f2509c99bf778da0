package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code tar}, gzipped or not, read from front to back: files are listed in the archive's order, and asking for them
 * in that order costs one pass. Knows ustar's prefix, GNU's long names and POSIX' {@code path} records. Links are told
 * of as lost, devices are passed over.
 *
 * <p>
 * Source: POSIX.1-2008, pax, "ustar Interchange Format".
 */
final class TarTree extends FileTree {
    private static final int BLOCK = 512;
    private static final int MAX_NAME = 1 << 16;
    private static final long MAX_RATIO = 100;   // pictures hardly shrink; zeros shrink a thousandfold
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final SequentialBlocks entries;

    TarTree(Path root) {
        super(FileRoot.of(root));
        entries = new SequentialBlocks(() -> new Entries(root));
        try (Entries all = new Entries(root)) {
            // of a name that comes twice the later file counts, as with tar
            for (int i = 0; all.next() >= 0; i++) files.put(FileTree.inside(all.name), i);
            lost.addAll(all.links);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read the archive %s: %s. %s", root, ErrorText.of(e), FileTree.REMEDY);
        }
    }

    @Override
    List<String> files() {
        return List.copyOf(files.keySet());
    }

    @Override
    List<String> lost() {
        return lost;
    }

    @Override
    InputStream open(String file) throws IOException {
        return new ByteArrayInputStream(bytes(file));
    }

    @Override
    byte[] bytes(String file) throws IOException {
        Integer index = files.get(file);
        if (index == null) throw new FileNotFoundException(file + " is not in the archive");
        return entries.get(index);
    }

    @Override
    public void close() {
        try {
            entries.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }

    /** The regular files, one after the other. */
    private static final class Entries implements SequentialBlocks.Blocks {
        private final DataInputStream in;
        private long allowed;   // bytes that the rest may unpack to
        private String name;
        private long size;
        private final List<String> links = new ArrayList<>();
        private long left;   // bytes of the present file and its padding that were not read

        Entries(Path tar) throws IOException {
            allowed = (1L << 30) + MAX_RATIO * Files.size(tar);
            InputStream raw = new BufferedInputStream(Files.newInputStream(tar), 1 << 16);
            in = new DataInputStream(
                    tar.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".tar") ? raw : FileTree.gunzip(raw));
        }

        @Override
        public long next() throws IOException {
            String longName = null;
            while (true) {
                in.skipNBytes(left);
                left = 0;
                byte[] header = in.readNBytes(BLOCK);
                if (header.length == 0 || header[0] == 0) return -1;
                if (header.length < BLOCK) throw new EOFException();
                if (checksum(header) != octal(header, 148, 8))
                    throw new IOException("it is no tar archive, or damaged");
                size = octal(header, 124, 12);
                left = (size + BLOCK - 1) / BLOCK * BLOCK;
                allowed -= BLOCK + left;
                if (allowed < 0) throw new IOException(
                        "it unpacks to more than " + MAX_RATIO + " times its size, which no pictures do");
                char kind = (char) header[156];
                if (kind == 'L') {
                    longName = text(small(), 0, (int) size);
                } else if (kind == 'x') {
                    longName = paxPath(small(), longName);
                } else if (kind == '0' || kind == 0) {
                    name = name(header, longName);
                    return size;
                } else {
                    if (kind == '1' || kind == '2') links.add(name(header, longName));
                    longName = null;
                }
            }
        }

        private static String name(byte[] header, String longName) {
            if (longName != null) return longName;
            boolean ustar = text(header, 257, 5).equals("ustar") && header[262] == 0;
            String prefix = ustar ? text(header, 345, 155) : "";
            return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
        }

        @Override
        public byte[] read() throws IOException {
            if (size > MAX_BYTES) throw FileTree.tooLong();
            byte[] content = in.readNBytes((int) size);
            if (content.length < size) throw new EOFException("the archive is cut short");
            left -= size;
            return content;
        }

        private byte[] small() throws IOException {
            if (size > MAX_NAME) throw new IOException("it holds a name of " + size + " bytes");
            return read();
        }

        /** The value of the record {@code "LENGTH path=VALUE\n"}, if there is one. */
        private static String paxPath(byte[] records, String otherwise) throws IOException {
            String text = new String(records, StandardCharsets.UTF_8);
            for (String record : text.split("\n", -1)) {
                int space = record.indexOf(' ');
                if (space > 0 && record.startsWith("path=", space + 1)) return record.substring(space + 6);
                if (space > 0 && record.startsWith("size=", space + 1))
                    throw new IOException("it holds a file of more than 8 GB");
            }
            return otherwise;
        }

        private static long octal(byte[] header, int from, int length) throws IOException {
            long value = 0;
            for (String digits = text(header, from, length).strip(); !digits.isEmpty(); digits = digits.substring(1)) {
                int digit = digits.charAt(0) - '0';
                if (digit < 0 || digit > 7) throw new IOException("it is no tar archive, or damaged");
                value = 8 * value + digit;
            }
            return value;
        }

        private static int checksum(byte[] header) {
            int sum = 0;
            for (int i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
            return sum;
        }

        private static String text(byte[] bytes, int from, int most) {
            int end = from;
            while (end < from + most && bytes[end] != 0) end++;
            return new String(bytes, from, end - from, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
