package anogan.scans;

import anogan.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A data set of scans, before anything is done to them. It lists its scans first, with group and split, and reads each
 * only when it is asked for: a data set may be larger than memory.
 *
 * <pre>{@code
 * Patches.prepare(Scans.folder(dir), PrepareOptions.defaults(), Path.of("data/patches/mine"));
 * }</pre>
 */
public interface Scans {
    /** What is known of every scan; no attribute has one of these names. */
    List<String> COLUMNS = List.of("scan", "group", "class", "split", "label", "masked", "width", "height",
            "confidence");

    /**
     * A scan and its annotation.
     *
     * @param mask   which pixels are anomalous (white), of the image's extents; empty where nobody annotated it
     * @param doubts what was seen while reading that is probably not as it should be
     */
    record Pixels(GrayImage image, Optional<GrayImage> mask, List<Doubt> doubts) {
        public Pixels {
            if (mask.isPresent() && (mask.get().width() != image.width() || mask.get().height() != image.height())) {
                boolean turned = mask.get().width() == image.height() && mask.get().height() == image.width();
                throw UserError.failure(
                        "The mask has %s x %s pixels, but the scan has %s x %s%s. Make them alike, or "
                                + "leave the mask away.",
                        mask.get().width(), mask.get().height(), image.width(), image.height(),
                        turned ? ": one of them is turned by a quarter" : "");
            }
        }

        public Pixels(GrayImage image, Optional<GrayImage> mask) {
            this(image, mask, List.of());
        }

        /** The same scan after something was done to its pixels. */
        public Pixels with(GrayImage otherImage, Optional<GrayImage> otherMask) {
            return new Pixels(otherImage, otherMask, doubts);
        }
    }

    /**
     * A scan that is listed but not read.
     *
     * @param file       what to call it in a message
     * @param scan       short name
     * @param group      patient, eye or volume
     * @param className  diagnosis
     * @param split      what it is for; until scans are dealt out, all are there to be tested
     * @param attributes further things known about it; of a slice of a volume {@code volume} and {@code slice}, from 0;
     *                   the {@link Spacing} of its pixels where that is known
     * @param read       reads it; throws {@link UserError} if that cannot be done
     * @param place      where it lies; empty if only {@code read} knows
     */
    record Listed(String file, String scan, String group, String className, Split split, Map<String, String> attributes,
            Supplier<Pixels> read, Optional<Place> place) {
        public Listed(String file, String scan, String group, String className, Split split,
                Map<String, String> attributes, Supplier<Pixels> read) {
            this(file, scan, group, className, split, attributes, read, Optional.empty());
        }

        /** With the attribute {@code file}, what to call it in a table. */
        Listed withItsFile() {
            Map<String, String> more = new HashMap<>(attributes);
            more.put("file", file);
            return new Listed(file, scan, group, className, split, Map.copyOf(more), read, place);
        }

        Listed withSpacing(Spacing spacing) {
            Map<String, String> more = new HashMap<>(attributes);
            more.putAll(spacing.attributes());
            return new Listed(file, scan, group, className, split, more, read, place);
        }

        Listed withSplit(Split other) {
            return new Listed(file, scan, group, className, other, attributes, read, place);
        }

        Listed withName(String name) {
            return new Listed(file, name, group, className, split, attributes, read, place);
        }
    }

    /**
     * What the source holds. Closed, it lets go of archives and volumes that it read from.
     *
     * @param scans       in a fixed order, in which reading is quick
     * @param skipped     what is not even worth trying, and why
     * @param notes       sentences that whoever prepares these scans should read: what was found, and by which rule
     * @param doubts      sentences about what is probably wrong, with the option that mends it
     * @param intensities which numbers are black and white in these scans
     * @param files       what is open
     */
    record Listing(List<Listed> scans, List<Skipped> skipped, List<String> notes, List<String> doubts,
            Intensities intensities, List<Closeable> files) implements Closeable {
        public Listing(List<Listed> scans, List<Skipped> skipped) {
            this(scans, skipped, List.of(), List.of(), new Intensities(), List.of());
        }

        /** What reading the scans has brought to light so far is among them. */
        @Override
        public List<String> notes() {
            return joined(notes, intensities.notes());
        }

        /** What reading the scans has brought to light so far is among them. */
        @Override
        public List<String> doubts() {
            return joined(doubts, intensities.doubts());
        }

        /** With names that are unique and fit for files ({@link ScanNames}). */
        public Listing named() {
            return withScans(ScanNames.unique(scans));
        }

        /** A share of its scans; what is black and white is still asked of all. What was skipped is in no share. */
        public Listing share(Share share) {
            return new Listing(share.of(scans), List.of(), notes, doubts, intensities, files);
        }

        private Listing withScans(List<Listed> others) {
            return new Listing(others, skipped, notes, doubts, intensities, files);
        }

        Listing withSpacing(Spacing spacing) {
            return withScans(scans.stream().map(s -> s.withSpacing(spacing)).toList());
        }

        /** With what was skipped before, and what is open now. */
        Listing with(List<Skipped> moreSkipped, Intensities read, List<Closeable> open) {
            return new Listing(scans, joined(moreSkipped, skipped), notes, doubts, read, open);
        }

        Listing withNotes(List<String> more) {
            return new Listing(scans, skipped, joined(notes, more), doubts, intensities, files);
        }

        public Listing withDoubts(List<String> more) {
            return new Listing(scans, skipped, notes, joined(doubts, more), intensities, files);
        }

        /** One after the other, each scan with what to call its file. */
        private static Listing joined(List<Listing> all) {
            return new Listing(all.stream().flatMap(l -> l.scans.stream()).map(Listed::withItsFile).toList(),
                    all.stream().flatMap(l -> l.skipped.stream()).toList(),
                    all.stream().flatMap(l -> l.notes.stream()).toList(),
                    all.stream().flatMap(l -> l.doubts.stream()).toList(), all.get(0).intensities,
                    all.stream().flatMap(l -> l.files.stream()).toList());
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }

        @Override
        public void close() {
            for (Closeable file : files) {
                try {
                    file.close();
                } catch (IOException ignored) {
                    // It was only read.
                }
            }
        }
    }

    /**
     * A folder or archive whose folders tell the class, as in {@code NORMAL/NORMAL-1001-1.jpeg}; where class and
     * patient stand is guessed from all paths together, and told in the listing's notes.
     */
    static Scans folder(Path root) {
        return new FolderScans(FileRoot.of(root), Naming.defaults());
    }

    /**
     * The same, told where the patient stands.
     *
     * @param  patient   a pattern or regular expression, as {@link Naming} has it
     * @throws UserError if it is neither
     */
    static Scans folder(Path root, String patient) {
        return new FolderScans(FileRoot.of(root), Naming.defaults().withPatients(patient));
    }

    /** Scans that lie in one of the ways which the library knows by name. */
    static Scans of(Layout layout, Path path) {
        return of(layout, path, Naming.defaults());
    }

    /**
     * The same, told where class and patient stand in a file's path, if the layout leaves that to the paths.
     *
     * @throws UserError if the layout is the phantom, which is drawn and not read, or tells them in another way
     */
    static Scans of(Layout layout, Path path, Naming naming) {
        naming.requireUsed(layout);
        return switch (layout) {
            case phantom -> throw UserError.usage("The phantom is drawn; there is nothing to read.");
            case octdl -> new OctdlScans(path);
            case folder, oct2017 -> new FolderScans(FileRoot.of(path), naming);
            case mvtec, bmad -> new BenchmarkScans(path, naming.patientPattern());
            case manifest -> new ManifestScans(path);
            case medmnist, idx -> new ArrayScans(path);
        };
    }

    /**
     * One file, a picture or a volume, to be looked at: there is nothing to learn from in it. Its name is its class.
     */
    static Scans file(Path file) {
        return options -> {
            Slices slices = new Slices(new FolderTree(file.toAbsolutePath().getParent()), options);
            String name = file.getFileName().toString();
            List<Listed> scans = slices.of(new Slices.Entry(name, ScanFile.stem(name), name, name));
            return new Listing(scans, List.of()).with(slices.skipped(), slices.intensities(), slices.open());
        };
    }

    /** Pictures, volumes, folders, archives and tables, one after the other, as they are to be judged. */
    static Scans each(List<Path> paths) {
        if (paths.isEmpty()) throw UserError.usage("Name at least one picture, volume, folder or archive to judge.");
        return new Scans() {
            @Override
            public Listing list(SplitOptions options) {
                return joined(s -> s.list(options));
            }

            @Override
            public Listing look(SplitOptions options) {
                return joined(s -> s.look(options));
            }

            private Listing joined(Function<Scans, Listing> listing) {
                return Listing.joined(
                        paths.stream().map(p -> isFile(p) ? file(p) : of(Layout.guess(p), p)).map(listing).toList());
            }
        };
    }

    /** Pictures and volumes that lie on no disk, as they are to be judged; archives and tables are not read there. */
    static Scans stored(FileStore store) {
        Scans all = new FolderScans(new FileRoot.Stored(store), Naming.defaults());
        return options -> Listing.joined(List.of(all.list(options)));
    }

    /** Whether a path is that of a single picture or volume, going by its ending. */
    static boolean isFile(Path path) {
        return Files.isRegularFile(path) && (ScanFile.isKnown(path.toString()) || ScanFile.isOfDevice(path.toString()));
    }

    /**
     * Reads one scan.
     *
     * @throws UserError if the file is missing, damaged, of a kind that is not read, or a volume of several scans
     */
    static Pixels read(Path file) {
        try (Listing listing = file(file).list(SplitOptions.defaults())) {
            if (listing.scans().isEmpty()) throw UserError.failure("%s", listing.skipped().get(0).reason());
            if (listing.scans().size() > 1) {
                throw UserError.failure(
                        "%s is a volume of %d scans, but one was asked for. Take its slices one by one.", file,
                        listing.scans().size());
            }
            return listing.scans().get(0).read().get();
        }
    }

    /**
     * @throws UserError if there is no such folder, it has another layout, holds no normal scans, or its scans cannot
     *                   be split by group
     */
    Listing list(SplitOptions options);

    /**
     * The same for whoever only looks: scans that cannot be split are listed as they are, and a note says why nobody
     * could learn from them. Patients are guessed, where they are not told, of scans that are only judged as well.
     */
    default Listing look(SplitOptions options) {
        return list(options);
    }

    /**
     * As option spacing has it.
     *
     * @throws UserError unless they are none, which change nothing, or what {@link Spacing#of(List)} takes
     */
    default Scans withSpacing(List<Double> numbers) {
        return numbers.isEmpty() ? this : withSpacing(Spacing.of(numbers));
    }

    /** The same scans, the pixels of all of them so far apart, whatever their files say. */
    default Scans withSpacing(Spacing spacing) {
        Scans own = this;
        return new Scans() {
            @Override
            public Listing list(SplitOptions options) {
                return own.list(options).withSpacing(spacing);
            }

            @Override
            public Listing look(SplitOptions options) {
                return own.look(options).withSpacing(spacing);
            }
        };
    }
}
