package anogan.scans;

import java.util.List;

/**
 * A file of which the class is known.
 *
 * @param file      its path in the tree
 * @param above     the folders above that which tells the class
 * @param className the class
 * @param below     the folders below it, and itself if its name is more than the class, as in {@code NORMAL1/TIFFs}
 */
record Classed(String file, List<String> above, String className, List<String> below) {
    /** @param index of the folder that tells the class; -1 if none does */
    static Classed of(String file, String className, int index) {
        List<String> folders = FileTree.folders(file);
        if (index < 0) return new Classed(file, folders, className, List.of());
        int below = folders.get(index).equalsIgnoreCase(className) ? index + 1 : index;
        return new Classed(file, folders.subList(0, index), className, folders.subList(below, folders.size()));
    }

    /** Whether the folder that tells the class is one of those below. */
    boolean isBelowItself() {
        return !below.isEmpty() && above.size() + below.size() == FileTree.folders(file).size();
    }

    String name() {
        return ScanFile.stem(file).strip();
    }
}
