package anogan.scans;

import java.io.BufferedInputStream;
import java.io.IOException;

/** An array that NumPy saved: one picture, H × W, or the slices of a volume, N × H × W; with colours as last extent. */
final class NpyFile implements ScanFile {
    private final FileTree tree;
    private final String file;
    private final ImageStack images;

    NpyFile(FileTree tree, String file) {
        this.tree = tree;
        this.file = file;
        try {
            images = ImageStack.npy(() -> new BufferedInputStream(tree.open(file), 1 << 16));
        } catch (IOException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
        if (images.count() > MAX_SLICES) {
            throw ScanFile.unreadable(tree, file,
                    new IOException("it has " + images.count() + " slices, more than " + MAX_SLICES));
        }
    }

    @Override
    public int slices() {
        return images.count();
    }

    @Override
    public Samples samples(int slice) {
        try {
            return images.get(slice);
        } catch (IOException e) {
            throw ScanFile.unreadable(tree, file, e);
        }
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
