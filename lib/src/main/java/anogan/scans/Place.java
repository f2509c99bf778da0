package anogan.scans;

import java.io.Serializable;
import java.util.List;

/**
 * Where a scan lies, said so that another program, on another machine that sees the same files, finds it too.
 *
 * @param root  the folder, archive or store
 * @param file  the scan's file in it
 * @param masks the files that annotate it
 * @param slice its number in that file, from 0
 */
record Place(FileRoot root, String file, List<String> masks, int slice) implements Serializable {
    /** Whether both lie in the same file and are annotated by the same. */
    boolean isBeside(Place other) {
        return root.equals(other.root) && file.equals(other.file) && masks.equals(other.masks);
    }
}
