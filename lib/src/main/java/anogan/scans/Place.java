package anogan.scans;

import java.io.Serializable;
import java.util.List;

/**
 * Where a scan lies, said so that another program, on another machine that sees the same files, finds it too.
 *
 * @param roof  the folder, archive or store
 * @param file  the scan's file in it
 * @param masks the files that annotate it
 * @param slice its number in that file, from 0
 */
record Place(Roof roof, String file, List<String> masks, int slice) implements Serializable {
    /** Whether both lie in the same file and are annotated by the same. */
    boolean isBeside(Place other) {
        return roof.equals(other.roof) && file.equals(other.file) && masks.equals(other.masks);
    }
}
