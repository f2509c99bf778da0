package anogan.scans;

import anogan.UserError;
import anogan.io.ErrorText;
import anogan.io.FloatArray;
import anogan.io.Npy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Small images of one size in arrays, with a label each: MedMNIST's {@code .npz}
 * ({@code {train,val,test}_{images,labels}.npy}) or the IDX files of the MNIST family ({@code train-images-idx3-ubyte},
 * {@code t10k-…}, gzipped or not) in a folder or archive. Arrays are streamed: they may be larger than memory.
 *
 * <p>
 * The class of an image is its label's number (option normal 3); OCTMNIST's and PneumoniaMNIST's labels have their
 * names. The given splits are kept; anomalous images of train and val are of no use and only counted. These data sets
 * name no patients, so that every image is its own group.
 *
 * <p>
 * Sources: Yang et al., "MedMNIST v2", Scientific Data 10, 41 (2023); LeCun, Cortes, Burges, "The MNIST database of
 * handwritten digits".
 *
 * @param path the {@code .npz}, or the folder with IDX files
 */
record ArrayScans(Path path) implements Scans {
    private static final Map<String, List<String>> NAMES = Map.of("octmnist", List.of("CNV", "DME", "DRUSEN", "NORMAL"),
            "pneumoniamnist", List.of("NORMAL", "PNEUMONIA"));

    /** The files of one split. */
    private record Part(String images, String labels) {}

    /** What was listed so far. */
    private record Found(List<Listed> scans, List<Skipped> skipped, Intensities intensities) {}

    @Override
    public Listing list(SplitOptions options) {
        FileTree tree = path.toString().toLowerCase(Locale.ROOT).endsWith(".npz") ? new ZipTree(path)
                : FileTree.open(path);
        Map<Split, Part> parts = parts(tree);
        if (!parts.containsKey(Split.TRAIN) || !parts.containsKey(Split.TEST)) {
            tree.close();
            throw UserError.failure(
                    "%s holds no train and test arrays: expected is an .npz with train_images.npy, train_labels.npy … "
                            + "as of MedMNIST, or a folder with train-images-idx3-ubyte.gz, "
                            + "train-labels-idx1-ubyte.gz … as of MNIST.",
                    path);
        }
        List<java.io.Closeable> open = new ArrayList<>(List.of(tree));
        Found found = new Found(new ArrayList<>(), new ArrayList<>(), new Intensities());
        parts.forEach((split, part) -> {
            ImageStack images = read(part.images, () -> stack(tree, part.images));
            int[] labels = read(part.labels, () -> labels(tree, part.labels));
            open.add(images);
            if (labels.length != images.count()) {
                throw UserError.failure("%s: %s has %d images, but %s has %d labels. Get the file anew.", path,
                        part.images, images.count(), part.labels, labels.length);
            }
            list(images, part.images, labels, split, options, found);
        });
        return GivenSplit.keep(found.scans, options, path.toString()).with(found.skipped, found.intensities, open);
    }

    private void list(ImageStack images, String file, int[] labels, Split split, SplitOptions options, Found found) {
        Map<String, Integer> unused = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            int index = i;
            Supplier<Samples> numbers = () -> read(file, () -> images.get(index));
            found.intensities.add(numbers);
            String className = className(labels[i]);
            if (split != Split.TEST && !options.isNormal(className)) {
                unused.merge(className, 1, Integer::sum);
                continue;
            }
            String called = file + ", image " + i;
            String name = String.format(Locale.ROOT, "%s-%05d", split.word(), i);
            found.scans.add(new Listed(called, name, name, className, split, Map.of(),
                    () -> new Pixels(found.intensities.grey(called, numbers.get()), Optional.empty())));
        }
        unused.forEach((name, n) -> found.skipped.add(new Skipped(file, "classes not to be learned",
                n + " images of class " + name + ": anomalous in the " + split.word() + " split")));
    }

    private Map<Split, Part> parts(FileTree tree) {
        Map<Split, Part> parts = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            Optional<String> images = find(tree, split, "images");
            Optional<String> labels = find(tree, split, "labels");
            if (images.isPresent() && labels.isPresent()) parts.put(split, new Part(images.get(), labels.get()));
        }
        return parts;
    }

    private static Optional<String> find(FileTree tree, Split split, String what) {
        String names = switch (split) {
            case TRAIN -> "train";
            case VALIDATION -> "val";
            case TEST -> "t10k|test";
        };
        Pattern pattern = Pattern.compile(String.format(Locale.ROOT,
                "(?:%s)_%s[.]npy|(?:.*/)?(?:.*-)?(?:%s)-%s[-.]idx[13]-ubyte(?:[.]gz)?", names, what, names, what));
        return tree.files().stream().filter(file -> pattern.matcher(file).matches()).findFirst();
    }

    private String className(int label) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        for (Map.Entry<String, List<String>> known : NAMES.entrySet()) {
            if (name.startsWith(known.getKey()) && label >= 0 && label < known.getValue().size())
                return known.getValue().get(label);
        }
        return Integer.toString(label);
    }

    private static ImageStack stack(FileTree tree, String file) throws IOException {
        return file.endsWith(".npy") ? ImageStack.npy(() -> stream(tree, file))
                : ImageStack.idx(() -> stream(tree, file));
    }

    private static int[] labels(FileTree tree, String file) throws IOException {
        try (InputStream in = stream(tree, file)) {
            if (!file.endsWith(".npy")) return ImageStack.idxLabels(in);
            FloatArray labels = Npy.read(in, ImageStack.MAX_IMAGES);
            if (labels.shape().length > 2 || (labels.shape().length == 2 && labels.shape()[1] != 1)) {
                throw new IOException(
                        "its shape is " + java.util.Arrays.toString(labels.shape()) + ", not one label for each image");
            }
            int[] numbers = new int[labels.data().length];
            for (int i = 0; i < numbers.length; i++) numbers[i] = (int) labels.data()[i];
            return numbers;
        }
    }

    private static InputStream stream(FileTree tree, String file) throws IOException {
        InputStream in = tree.open(file);
        return file.endsWith(".gz") ? FileTree.gunzip(in) : new BufferedInputStream(in, 1 << 16);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** What can go wrong with an array, in one sentence. */
    private <T> T read(String file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s, %s: %s. Get the file anew.", path, file, ErrorText.of(e));
        }
    }
}
