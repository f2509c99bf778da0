package anogan.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Blocks of bytes that can only be had one after the other (files of a {@code tar.gz}, images of a compressed array, slices of a volume), handed
 * out in any order that is nearly theirs. A block that is passed over is kept until it is asked for, within a budget; a block that is asked for too
 * late, or a second time, costs another start from the beginning. Safe for several threads.
 */
final class Forward implements Closeable {
    private static final long BUDGET = 1L << 26;   // bytes kept of what was passed over

    /** The blocks in their only order. */
    interface Blocks extends Closeable {
        /** Goes to the next block. @return its number of bytes; −1 at the end */
        long next() throws IOException;

        /** Reads the block that was gone to, as a whole. */
        byte[] read() throws IOException;
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

    Forward(Opener opener) {
        this.opener = opener;
    }

    /** The block of that number. @throws EOFException if there are fewer */
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
        for (Iterator<byte[]> oldest = kept.values().iterator(); keptBytes > BUDGET; ) {
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
