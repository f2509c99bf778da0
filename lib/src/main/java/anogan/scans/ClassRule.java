package anogan.scans;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where in its path a file's class stands. Without a pattern it is the folder at the place where the normal classes'
 * folders are: the one that files lie in, as in {@code train/NORMAL/NORMAL-1-1.jpeg}, or one further up, as in
 * {@code NORMAL/anna/001.png}; {@code NORMAL1/TIFFs/001.tif} is a patient's folder of class NORMAL; and where no folder
 * is called as a normal class, but names begin with one, it is the beginning of the name.
 *
 * @param words what the class is, for a sentence that begins with "Classes by"
 * @param of    the class of a file; empty if its path does not tell
 */
record ClassRule(String words, Function<String, Optional<Classed>> of) {
    private static final Pattern LETTERS_AND_NUMBER = Pattern.compile("(\\p{L}+)[ _.-]?\\d+.*");
    private static final Pattern LETTERS_FIRST = Pattern.compile("(\\p{L}+)(?:[^\\p{L}].*)?", Pattern.DOTALL);
    private static final int FEWEST = 3;   // folders with numbers that are patients of a class, not classes
    static final String USUAL = "the folder that a file lies in";

    /** As a pattern says. */
    static ClassRule given(PathPattern pattern) {
        return new ClassRule("option class", file -> pattern.in(file).map(name -> {
            List<String> folders = FileTree.folders(file);
            int index = folders.size() - 1;
            while (index >= 0 && !folders.get(index).regionMatches(true, 0, name, 0, name.length())) index--;
            return Classed.of(file, name, index);
        }));
    }

    /** As the paths show, all together. */
    static ClassRule guess(List<String> files, Predicate<String> isNormal) {
        return byNormalFolder(files, isNormal).or(() -> byNumberedFolder(files, isNormal))
                .or(() -> byName(files, isNormal)).orElse(fromEnd(0));
    }

    private static Optional<ClassRule> byNormalFolder(List<String> files, Predicate<String> isNormal) {
        Set<Integer> fromRoot = new HashSet<>();
        Set<Integer> fromEnd = new HashSet<>();
        for (String file : files) {
            List<String> folders = FileTree.folders(file);
            int index = last(folders, isNormal);
            if (index < 0) continue;
            fromRoot.add(index);
            fromEnd.add(folders.size() - 1 - index);
        }
        List<ClassRule> rules = new ArrayList<>();
        if (fromEnd.size() == 1) rules.add(fromEnd(fromEnd.iterator().next()));
        if (fromRoot.size() == 1) rules.add(fromRoot(fromRoot.iterator().next()));
        if (rules.isEmpty() && !fromRoot.isEmpty()) rules.add(byKnownFolder(files, isNormal));
        return rules.stream().min(Comparator.comparingLong(rule -> strangeness(files, rule)));
    }

    /** Files without a class count as much as classes. */
    private static long strangeness(List<String> files, ClassRule rule) {
        return files.stream().map(file -> rule.of.apply(file).map(Classed::className).orElse("/" + file)).distinct()
                .count();
    }

    private static int last(List<String> folders, Predicate<String> isNormal) {
        int index = folders.size() - 1;
        while (index >= 0 && !isNormal.test(folders.get(index))) index--;
        return index;
    }

    private static ClassRule fromEnd(int steps) {
        return folder(
                steps == 0 ? USUAL
                        : "the folder " + (steps == 1 ? "above" : steps + " above") + " the one that a file lies in",
                folders -> folders.size() - 1 - steps);
    }

    private static ClassRule fromRoot(int index) {
        return folder(NameFields.ordinal(index) + " folder of a path", folders -> index < folders.size() ? index : -1);
    }

    /** Where normal classes' folders lie at different places: other classes are called as folders beside them are. */
    private static ClassRule byKnownFolder(List<String> files, Predicate<String> isNormal) {
        Set<String> parents = new HashSet<>();
        for (String file : files) {
            List<String> folders = FileTree.folders(file);
            int index = last(folders, isNormal);
            if (index >= 0) parents.add(String.join("/", folders.subList(0, index)));
        }
        return folder("the folders beside those of the normal classes", folders -> {
            int index = folders.size() - 1;
            while (index >= 0 && !parents.contains(String.join("/", folders.subList(0, index)))) index--;
            return index;
        });
    }

    private static ClassRule folder(String words, Function<List<String>, Integer> place) {
        return new ClassRule(words, file -> {
            List<String> folders = FileTree.folders(file);
            int index = place.apply(folders);
            return index < 0 ? Optional.empty() : Optional.of(Classed.of(file, folders.get(index), index));
        });
    }

    /** Duke's way: a folder for each patient, called by class and number. */
    private static Optional<ClassRule> byNumberedFolder(List<String> files, Predicate<String> isNormal) {
        Set<Integer> places = new HashSet<>();
        Set<String> normal = new TreeSet<>();
        for (String file : files) {
            List<String> folders = FileTree.folders(file);
            for (int i = 0; i < folders.size(); i++) {
                if (!isNormal.test(letters(folders.get(i)))) continue;
                places.add(i);
                normal.add(folders.get(i));
            }
        }
        if (places.size() != 1 || normal.size() < FEWEST) return Optional.empty();
        int place = places.iterator().next();
        return Optional.of(new ClassRule("the letters of " + NameFields.ordinal(place) + " folder of a path, such as "
                + normal.iterator().next(), file -> {
                    List<String> folders = FileTree.folders(file);
                    if (folders.size() <= place) return Optional.empty();
                    String name = letters(folders.get(place));
                    return Optional.of(Classed.of(file, name.isEmpty() ? folders.get(place) : name, place));
                }));
    }

    private static String letters(String folder) {
        Matcher m = LETTERS_AND_NUMBER.matcher(folder);
        return m.matches() ? m.group(1) : "";
    }

    private static Optional<ClassRule> byName(List<String> files, Predicate<String> isNormal) {
        Function<String, Optional<Classed>> of = file -> Stream.of(LETTERS_FIRST.matcher(ScanFile.stem(file).strip()))
                .filter(Matcher::matches).map(m -> Classed.of(file, m.group(1), -1)).findFirst();
        boolean normal = files.stream()
                .anyMatch(file -> of.apply(file).map(Classed::className).filter(isNormal).isPresent());
        return normal ? Optional.of(new ClassRule("the letters that a file's name begins with", of)) : Optional.empty();
    }
}
