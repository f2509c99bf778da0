package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files of a {@link FileStore}, listed once somebody asks. */
final class StoredTree extends FileTree {
    private final FileStore store;
    private List<String> files;   // once somebody asked

    StoredTree(FileStore store) {
        super(new FileRoot.Stored(store));
        this.store = store;
    }

    @Override
    synchronized List<String> files() {
        try {
            if (files == null) files = List.copyOf(store.files());
            return files;
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot look into %s: %s. Is its address right, and may you read it?", store,
                    ErrorText.of(e));
        }
    }

    @Override
    String where(String file) {
        return store + "/" + file;
    }

    @Override
    InputStream open(String file) throws IOException {
        return new BufferedInputStream(store.open(file), 1 << 16);
    }
}
