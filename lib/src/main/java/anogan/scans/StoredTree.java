package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a {@link FileStore}, reached and listed once somebody asks. */
final class StoredTree extends FileTree {
    private final FileStore store;
    private FileStore.@Nullable Connection connection;
    private @Nullable List<String> files;

    StoredTree(FileStore store) {
        super(new FileRoot.Stored(store));
        this.store = store;
    }

    @Override
    synchronized List<String> files() {
        try {
            if (files == null) files = List.copyOf(connection().files());
            return files;
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot look into %s: %s. Is its address right, and may you read it?", store,
                    ErrorText.of(e));
        }
    }

    private synchronized FileStore.Connection connection() throws IOException {
        if (connection == null) connection = store.connect();
        return connection;
    }

    @Override
    String where(String file) {
        return store + "/" + file;
    }

    @Override
    InputStream open(String file) throws IOException {
        return new BufferedInputStream(connection().open(file), 1 << 16);
    }
}
