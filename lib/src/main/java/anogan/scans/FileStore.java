package anogan.scans;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;

/**
 * Files that lie on no disk: in a bucket, on a distributed file system. Whoever can list and open them lets
 * {@link Scans#stored} read scans there. It is sent to the machines that read a share of them
 * ({@link ListedElsewhere}), so that it holds what is needed to reach the files, and no connection; two that are equal
 * reach the same files. As text it is its address, as messages name it.
 */
public interface FileStore extends Serializable {
    /**
     * Reaches the files, once for all of them.
     *
     * @throws IOException if that cannot be done
     */
    Connection connect() throws IOException;

    /** The files, as long as somebody reads them. */
    interface Connection {
        /**
         * Every file, by its path below the address, with slashes, sorted.
         *
         * @throws IOException if they cannot be listed
         */
        List<String> files() throws IOException;

        /**
         * A stream of a file's content, which the caller closes.
         *
         * @throws IOException if there is no such file, or it cannot be read
         */
        InputStream open(String file) throws IOException;
    }
}
