package anogan.scans;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a data set that are no scans. What might have been one is named with a reason; texts, and what systems
 * leave in folders, are counted.
 */
final class Unread {
    private static final Set<String> TEXTS = Set.of("txt", "csv", "tsv", "md", "rst", "pdf", "json", "xml", "html",
            "htm", "doc", "docx", "rtf", "xls", "xlsx", "ods", "yml", "yaml", "toml", "ini", "cfg", "log", "py", "m",
            "r", "sh", "bat", "ipynb", "bib", "tex", "license", "url", "db", "md5", "sha1", "sha256", "sqlite", "css",
            "js");
    private static final Set<String> NAMES = Set.of("readme", "license", "licence", "copying", "changelog", "authors",
            "citation", "md5sum", "md5sums", "sha256sums", "makefile");
    private static final Set<String> OF_SYSTEMS = Set.of("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r");
    private static final Set<String> FOLDERS_OF_SYSTEMS = Set.of("__macosx", "@eadir", "$recycle.bin",
            "system volume information", "lost+found");
    private static final Set<String> ARCHIVES = Set.of("zip", "tar", "gz", "tgz", "rar", "7z", "bz2", "xz");
    private static final String THUMBNAIL = "(?i).*[-_.](thumb|thumbnail)|(thumb|thumbnail)[-_.].*";
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<String, Integer> passedOver = new TreeMap<>();

    /** Notes what the tree itself cannot give. */
    Unread(FileTree tree) {
        tree.lost().forEach(
                file -> skip(file, "link", "a link that leads to no file, or nothing that can be read as one"));
    }

    /** Whether a file is no scan, nor a mask; if so, it is noted. */
    boolean takes(FileTree tree, String file) {
        String ending = ScanFile.ending(file);
        String name = FileTree.name(file).toLowerCase(Locale.ROOT);
        boolean hasEnding = name.contains(".");
        if (isHidden(file)) pass("hidden");
        else if (name.equals("dicomdir")) pass("DICOMDIR");
        else if (isThumbnail(file)) skip(file, "thumbnail", "a thumbnail of another picture, by its name");
        else if (ScanFile.isKnown(tree, file)) return false;
        else if (hasEnding && TEXTS.contains(ending)) pass("." + ending);
        else if (NAMES.contains(name)) pass("text");
        else if (ScanFile.isOfDevice(file)) skip(file, "." + ending, ScanFile.ADVICE);
        else if (ARCHIVES.contains(ending)) skip(file, "." + ending, "an archive in a data set is not read: unpack it");
        else if (hasEnding) skip(file, "." + ending, "files of this kind are not read: convert it to PNG or TIFF");
        else skip(file, "without ending", "its name has no ending that tells what it is");
        return true;
    }

    /** Notes a picture or volume of which the path does not tell the class. */
    void outside(String file) {
        skip(file, "without a class",
                FileTree.parent(file).isEmpty() ? "it lies in no folder that is called as its class"
                        : "its path does not tell its class (option class)");
    }

    void skip(String file, String kind, String reason) {
        skipped.add(new Skipped(file, kind, reason));
    }

    private void pass(String kind) {
        passedOver.merge(kind, 1, Integer::sum);
    }

    private static boolean isHidden(String file) {
        return OF_SYSTEMS.contains(FileTree.name(file).toLowerCase(Locale.ROOT)) || FileTree.name(file).startsWith(".")
                || FileTree.folders(file).stream().map(folder -> folder.toLowerCase(Locale.ROOT))
                        .anyMatch(folder -> folder.startsWith(".") || FOLDERS_OF_SYSTEMS.contains(folder));
    }

    private static boolean isThumbnail(String file) {
        return ScanFile.isKnown(file) && (ScanFile.stem(file).matches(THUMBNAIL)
                || FileTree.folders(file).stream().anyMatch(folder -> folder.matches("(?i)thumbs?|thumbnails?")));
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /** What was passed over in silence so far; nothing if nothing was. */
    List<String> notes() {
        if (passedOver.isEmpty()) return List.of();
        return List.of(passedOver.entrySet().stream().map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", ", "Files that are no pictures: ", ".")));
    }
}
