package anogan.scans;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Blocks of bytes that can only be had one after the other (files of a {@code tar.gz}, images of a compressed array,
 * slices of a volume), handed out in any order that is nearly theirs. A block that is passed over is kept until it is
 * asked for, within a budget; a block that is asked for too late, or a second time, costs another start from the
 * beginning. Safe for several threads.
 */
final class SequentialBlocks implements Closeable {
    private static final long BUDGET = 1L << 26;   // bytes kept of what was passed over

    /** The blocks in their only order. */
    interface Blocks extends Closeable {
        /**
         * Goes to the next block.
         *
         * @return its number of bytes; −1 at the end
         */
        long next() throws IOException;

        /** Reads the block that was gone to, as a whole. */
        byte[] read() throws IOException;
    }

    /** Blocks of one size in a stream, each behind a header of its own if {@link #begin} is told to read one. */
    static class Equal implements Blocks {
        private final DataInputStream in;
        private final int count;
        private final int bytes;
        private long unread;
        private int next;

        /** @param before bytes that stand before the first block and its header */
        Equal(InputStream in, int count, int bytes, long before) {
            this.in = new DataInputStream(in);
            this.count = count;
            this.bytes = bytes;
            unread = before;
        }

        /** Reads what stands before block {@code number}. */
        void begin(DataInputStream stream, int number) throws IOException {}

        @Override
        public long next() throws IOException {
            if (next == count) return -1;
            in.skipNBytes(unread);
            begin(in, next++);
            unread = bytes;
            return bytes;
        }

        @Override
        public byte[] read() throws IOException {
            byte[] block = in.readNBytes(bytes);
            if (block.length < bytes) throw new EOFException();
            unread = 0;
            return block;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Begins anew. */
    @FunctionalInterface
    interface Opener {
        Blocks open() throws IOException;
    }

    private final Opener opener;
    private final Map<Integer, byte[]> kept = new LinkedHashMap<>();
    private long keptBytes;
    private Blocks blocks;
    private int position;   // of the next block

    SequentialBlocks(Opener opener) {
        this.opener = opener;
    }

    /**
     * The block of that number.
     *
     * @throws EOFException if there are fewer
     */
    synchronized byte[] get(int index) throws IOException {
        byte[] block = kept.remove(index);
        if (block != null) {
            keptBytes -= block.length;
            return block;
        }
        try {
            if (blocks == null || index < position) begin();
            while (true) {
                long size = blocks.next();
                if (size < 0) throw new EOFException();
                if (position++ == index) return blocks.read();
                if (size <= BUDGET / 8) keep(position - 1, blocks.read());
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void begin() throws IOException {
        close();
        blocks = opener.open();
    }

    private void keep(int index, byte[] block) {
        kept.put(index, block);
        keptBytes += block.length;
        for (Iterator<byte[]> oldest = kept.values().iterator(); keptBytes > BUDGET;) {
            keptBytes -= oldest.next().length;
            oldest.remove();
        }
    }

    /** Lets go of the stream and of what was kept; it is opened again when asked. */
    @Override
    public synchronized void close() throws IOException {
        kept.clear();
        keptBytes = 0;
        position = 0;
        Blocks open = blocks;
        blocks = null;
        if (open != null) open.close();
    }
}
