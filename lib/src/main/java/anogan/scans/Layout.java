package anogan.scans;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The ways in which data sets lie that the library knows by name; {@link Scans#of} reads them. */
public enum Layout {
    phantom, octdl, folder, oct2017, mvtec, bmad, manifest, medmnist, idx;

    /** Whether the pictures show a retina that can be flattened, rather than things or digits. */
    public boolean flattens() {
        return this != mvtec && this != medmnist && this != idx;
    }

    /** What a folder or file looks like: a folder per class, unless it shows to be something else. */
    public static Layout guess(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npz")) return medmnist;
        if (name.endsWith(".csv") || name.endsWith(".tsv")) return manifest;
        if (Files.isRegularFile(path.resolve("meta.csv"))) return octdl;
        try (FileTree tree = FileTree.open(path)) {
            List<String> files = tree.files();
            if (files.stream().anyMatch(f -> f.matches("(?:.*[/-])?train-images[-.]idx3-ubyte(?:\\.gz)?"))) return idx;
            if (files.stream().noneMatch(f -> f.matches("(?:.*/)?train/good/.+"))) return folder;
            return files.stream().anyMatch(f -> f.matches("(?:.*/)?ground_truth/[^/]+/.+")) ? mvtec : bmad;
        }
    }
}
