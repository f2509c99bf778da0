package anogan.scans;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.io.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trees of files as people name them, of six normal patients and three anomalous ones with three scans each. The truth
 * is what the trees were made of.
 */
class PatientRuleTest {
    private static final SplitOptions OPTIONS = SplitOptions.defaults();
    private static final int NORMAL = 6;
    private static final int ALL = 9;
    private static final int SCANS = 3;
    private static final List<String> PEOPLE = List.of("anna", "ben", "carla", "dan", "eva", "finn", "gina", "hugo",
            "ida");
    private static final List<String> EYES = List.of("OD", "OS", "OU");
    @TempDir
    Path folder;

    /**
     * Files called by a pattern: {@code %c} the class, {@code %p} the patient's number from 1, {@code %q} the same anew
     * in each class, {@code %i} a long number of the patient, {@code %w} the patient's name, {@code %s} the scan's
     * number, {@code %e} the eye, {@code %d} a date, {@code %n} a running number in each class.
     *
     * @return the patient of each file
     */
    private Map<String, String> tree(String pattern) {
        Map<String, String> truth = new TreeMap<>();
        for (int p = 0; p < ALL; p++) {
            for (int s = 0; s < SCANS; s++) {
                boolean normal = p < NORMAL;
                int inClass = normal ? p : p - NORMAL;
                String file = pattern.replace("%c", normal ? "NORMAL" : "DME").replace("%l", normal ? "normal" : "dme")
                        .replace("%p", two(p + 1)).replace("%q", two(inClass + 1))
                        .replace("%i", "" + (1016042 + 7919 * p)).replace("%w", PEOPLE.get(p)).replace("%s", two(s + 1))
                        .replace("%e", EYES.get(s)).replace("%d", "2023-0" + (s + 1) + "-1" + p)
                        .replace("%n", String.format(Locale.ROOT, "%03d", SCANS * inClass + s + 1));
                truth.put(file, normal ? "normal " + p : "ill " + p);
                touch(file);
            }
        }
        return truth;
    }

    private static String two(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }

    private void touch(String file) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Scans.Listed> byFile(Scans.Listing listing) {
        return listing.scans().stream().collect(Collectors.toMap(Scans.Listed::file, s -> s));
    }

    /** Two scans have one patient if and only if it is so, and normal is what is normal. */
    private static void assertTrue_(Map<String, String> truth, Scans.Listing listing) {
        Map<String, Scans.Listed> scans = byFile(listing);
        assertEquals(truth.keySet(), scans.keySet());
        Map<String, String> groupOf = new TreeMap<>();
        Map<String, String> patientOf = new TreeMap<>();
        truth.forEach((file, patient) -> {
            String group = scans.get(file).group();
            assertEquals(group, groupOf.computeIfAbsent(patient, p -> group), file + " and others of its patient");
            assertEquals(patient, patientOf.computeIfAbsent(group, g -> patient),
                    file + " and others of group " + group);
            assertEquals(patient.startsWith("normal") ? "NORMAL" : "DME",
                    scans.get(file).className().toUpperCase(Locale.ROOT), file);
        });
        assertEquals(java.util.Set.of(Split.values()), scans.values().stream()
                .filter(s -> OPTIONS.isNormal(s.className())).map(Scans.Listed::split).collect(Collectors.toSet()));
    }

    /** The tree, and how many doubts there are. */
    @ParameterizedTest
    @CsvSource({
            // the second field, after the class
            "%c/%c-%i-%s.jpeg, 0", "%c/%l_%i_%s.jpg, 0", "%c/%c-%w-%s.png, 0", "train/%c/%c-%i-%s.jpeg, 0",
            "OCT2017 /train/%c/%c-%p-%s.jpeg, 0", "%c/%c_P%p_%s.png, 0", "%c/%c-%w-%s-%e.png, 0",
            // numbers that begin anew in each class
            "%c/%c-%q-%s.png, 1", "%c/%q/%s.png, 1",
            // another field
            "%c/oct_%s_subj%p.png, 0", "%c/%d_subj%p_OD.png, 0", "%c/%s_pat%p.png, 0", "%c/P%p_%s.png, 0",
            "%c/img_%s_patient_%p.png, 0", "%c/p%ps%s.png, 0", "%c/id%p-%e-macula.png, 0", "%c/%e_%s_HC%p.png, 0",
            "%c/slice%s_%w.png, 1", "%c/%w-%s.png, 1", "%c/oct_%i_%s.png, 0", "%c/oct_%s_%i.png, 0",
            "%c/%c_%s_P%p.png, 0", "%c/%c_%s_%i.png, 0", "%c/%d_%w_%e.png, 1", "%c/Subject %p (%s).png, 0",
            "%c/case-%p.slice-%s.png, 0", "%c/%i%e%s.png, 0", "%c/s%p_b%s.png, 0", "%c/V%s_ID%p.png, 0",
            "%c/%c%p_%s.png, 0", "%c/%c-%d-%i.png, 0", "%c/%e_%p_0%s.png, 1", "%c/vol%p_slice%s.png, 1",
            "%c/%p_%s.png, 1",
            // folders
            "%c/subject%p/%s.png, 0", "%c/%w/%s.png, 0", "%c/%i/oct_%s.png, 0", "train/%c/pat%p/%s.png, 0",
            "%c/%w/%e/%s.png, 0", "%c/%p/%c-%s-OD.png, 0", "%w/%c/%s.png, 0", "subj%p/oct/%c/%s.png, 0",
            "data/%c/img/%c-%i-%s.png, 0", "%c/batch%s/%c-%i-%s.png, 0", "%c/%e/subj%p_%s.png, 0",
            "%c%p/TIFFs/8bitTIFFs/%s.png, 0", "Duke/%c%q/TIFFs/8bitTIFFs/%s.png, 0", "%c %p/%s.png, 0",
            // no folder tells the class
            "%c-%i-%s.jpeg, 0", "images/%c_%w_%s.png, 0"})
    void patientsAreToldApart(String pattern, int doubts) {
        Map<String, String> truth = tree(pattern);
        Scans.Listing listing = Scans.folder(folder).list(OPTIONS);
        assertTrue_(truth, listing);
        assertEquals(doubts, listing.doubts().size(), listing.doubts().toString());
    }

    private void tree(int normal, int ill, String normalPattern, String illPattern) {
        for (int i = 1; i <= normal; i++) touch(normalPattern.formatted(i));
        for (int i = 1; i <= ill; i++) touch(illPattern.formatted(i));
    }

    private Scans.Listing list() {
        return Scans.folder(folder).list(OPTIONS);
    }

    private static void assertSays(List<String> sentences, String... words) {
        assertTrue(sentences.stream().anyMatch(s -> List.of(words).stream().allMatch(s::contains)),
                List.of(words) + " in " + sentences);
    }

    /** Pictures that every class numbers from the beginning are of different people: nothing is known of them. */
    @ParameterizedTest
    @CsvSource({"NORMAL/%03d.png, DME/%03d.png", "NORMAL/%d.jpeg, DME/%d.jpeg",
            "NORMAL/NORMAL (%d).png, DME/DME (%d).png", "NORMAL/img_%04d.png, DME/img_%04d.png",
            "normal/OCT%d.png, dme/OCT%d.png", "NORMAL/NORMAL-%d.png, DME/DME-%d.png",
            "train/NORMAL/%d.png, train/DME/%d.png"})
    void numbersOfTwoClassesAreNotOnePatient(String normal, String ill) {
        tree(20, 14, normal, ill);
        Scans.Listing listing = list();
        assertEquals(34, listing.scans().stream().map(Scans.Listed::group).distinct().count());
        assertEquals(13, listing.scans().stream().filter(s -> s.split() == Split.TRAIN).count());
        assertSays(listing.notes(), "nothing", "each file is taken for a patient of its own");
        assertEquals(List.of(), listing.doubts());
    }

    @Test
    void whatWasReadIsToldBySplitAndClass() {
        tree("%c/oct_%s_subj%p.png");
        List<String> notes = list().notes();
        assertSays(notes, "Patients by the third field of a file's name (subj07 of oct_01_subj07).");
        assertSays(notes, "test: 9 scans (DME) of 3 patients: subj07, subj08, subj09");
        assertSays(notes, "train: ", "normal scans (NORMAL) of 4 patients: subj0");
    }

    /** Sick and healthy slices of one person: known from its name, and the healthy ones do not train. */
    @Test
    void aPatientInSeveralClassesIsADoubt() {
        for (String p : List.of("1016042", "1020033", "1033071", "1044013", "1050002"))
            for (int s = 1; s < 4; s++) touch("NORMAL/NORMAL-" + p + "-" + s + ".png");
        for (String p : List.of("1016042", "1020033")) touch("DME/DME-" + p + "-1.png");
        Scans.Listing listing = list();
        assertSays(listing.doubts(), "2 of 5 patients (1016042, 1020033) have scans in several classes",
                "option patient");
        assertTrue(listing.scans().stream().filter(s -> s.group().equals("1016042"))
                .allMatch(s -> s.split() == Split.TEST));
    }

    @Test
    void patientsThatCountAnewInEachClassAreADoubt() {
        tree("%c/%c-%q-%s.png");
        Scans.Listing listing = list();
        assertSays(listing.doubts(), "3 of 6 patients (01, 02, 03) come in several classes", "different people",
                "option patient");
        assertTrue(listing.scans().stream().anyMatch(s -> s.group().equals("DME/01")));
    }

    @Test
    void aGuessThatMayBeWrongIsADoubt() {
        tree("%c/oct_%s_%p.png");
        assertSays(list().doubts(), "not of the kind CLASS-patient-number", "01, 02, 03, 04, 05, …", "option patient");
    }

    @Test
    void fewPatientsForManyNamesAreADoubt() {
        for (int p = 1; p <= 4; p++) for (int s = 0; s < 40; s++) touch("NORMAL/NORMAL-" + p + "-" + s + ".png");
        touch("DME/DME-9-1.png");
        assertSays(list().doubts(), "only 4 patients (1, 2, 3, 4) for 160 normal names", "option patient");
    }

    @Test
    void asManyPatientsAsStructuredNamesAreADoubt() {
        for (int i = 1; i <= 12; i++) touch("NORMAL/NORMAL-" + i + "-" + PEOPLE.get(i % 4) + ".png");
        for (int i = 13; i <= 15; i++) touch("DME/DME-" + i + "-" + PEOPLE.get(4 + i % 2) + ".png");
        assertSays(list().doubts(), "Each of 15 files is taken for a patient of its own", "anna, ben, carla",
                "option patient");
        Scans.Listing told = Scans.folder(folder, "{class}-{slice}-{patient}").list(OPTIONS);
        assertEquals(6, told.scans().stream().map(Scans.Listed::group).distinct().count());
        assertEquals(List.of(), told.doubts());
    }

    @Test
    void namesThatDoNotFitAreCounted() {
        tree("%c/%c-%i-%s.png");
        touch("NORMAL/another.png");
        Scans.Listing listing = list();
        assertSays(listing.doubts(), "1 of 28 names do not tell their patient (NORMAL/another.png)");
        assertEquals("NORMAL/another", byFile(listing).get("NORMAL/another.png").group());
        assertSays(Scans.folder(folder, "^(x+)").list(OPTIONS).doubts(), "option patient finds nothing");
    }

    @Test
    void datesAreNoPatientsAlsoIfSomebodySaysSo() {
        tree("%c/%d_subj%p_OD.png");
        Scans.Listing listing = Scans.folder(folder, "^([0-9-]+)_").list(OPTIONS);
        assertSays(listing.doubts(), "looks like dates", "2023-01-10");
    }

    /** Each class has names of its own kind, as it comes from a hospital of its own. */
    @Test
    void classesMayHaveNamesOfTheirOwn() {
        for (String p : List.of("1016042", "1020033", "1033071", "1044013"))
            for (int s = 1; s < 4; s++) touch("NORMAL/NORMAL-" + p + "-" + s + ".png");
        for (int s = 1; s < 4; s++) for (int p = 1; p < 4; p++) touch("DME/oct_" + s + "_subj" + p + ".png");
        Scans.Listing listing = list();
        assertEquals(7, listing.scans().stream().map(Scans.Listed::group).distinct().count());
        assertSays(listing.notes(), "the third field of a file's name (subj1 of oct_1_subj1) (DME)", "second field");
    }

    /** Scans that nobody has judged have names of their own; those of the others are read as if they were not there. */
    @Test
    void unlabelledScansDoNotSpoilTheOthers() {
        tree("%c/%c-%w-%s.png");
        for (int i = 1; i <= 30; i++) touch("UNLABELLED/export" + i + ".png");
        Scans.Listing listing = list();
        Map<String, Scans.Listed> scans = byFile(listing);
        assertEquals("anna", scans.get("NORMAL/NORMAL-anna-01.png").group());
        assertEquals("gina", scans.get("DME/DME-gina-02.png").group());
        assertEquals(39, listing.scans().stream().map(Scans.Listed::group).distinct().count());
        assertEquals(List.of(), listing.doubts());
    }

    /** Nobody asks for the patients of scans that are only judged; whoever looks at them is told. */
    @Test
    void patientsOfScansThatAreJudgedAreGuessedForWhoeverLooks() {
        Map<String, String> truth = tree("%c/%c-%w-%s.png");
        SplitOptions judged = OPTIONS.withNormalClasses(List.of());
        for (Scans scans : List.of(Scans.folder(folder), Scans.each(List.of(folder)))) {
            Scans.Listing listing = scans.list(judged);
            assertEquals(truth.keySet(), byFile(listing).keySet());
            listing.scans().forEach(s -> assertEquals(s.file(), s.group()));
            assertEquals(List.of(), listing.notes());
            Scans.Listing look = scans.look(judged);
            assertEquals(listing.scans().stream().map(Scans.Listed::file).toList(),
                    look.scans().stream().map(Scans.Listed::file).toList());
            assertEquals("anna", byFile(look).get("NORMAL/NORMAL-anna-01.png").group());
            assertEquals(ALL, look.scans().stream().map(Scans.Listed::group).distinct().count());
        }
        assertEquals("anna", byFile(Scans.folder(folder, "{class}-{patient}-{slice}").list(judged))
                .get("NORMAL/NORMAL-anna-01.png").group(), "what is told needs no guess");
    }

    /** Kaggle's eight classes number the pictures of each split from the beginning, and say nothing of patients. */
    @Test
    void numbersOfTwoSplitsAreNotOnePatient() {
        for (String split : List.of("train", "test", "val")) {
            for (int i = 1; i <= 9; i++) {
                touch("C8/" + split + "/NORMAL/normal_" + split + "_" + i + ".jpg");
                touch("C8/" + split + "/DME/dme_" + split + "_" + i + ".jpg");
            }
        }
        Scans.Listing listing = list();
        assertEquals(54, listing.scans().stream().map(Scans.Listed::group).distinct().count());
        assertSays(listing.notes(), "Patients by nothing in the names");
    }

    /** The names of OCTDL as it is published: the second field is the patient of the table, and nothing is doubtful. */
    @Test
    void octdlAsPublishedIsReadWithoutDoubts() {
        Path table = Path.of("../../shared/data/octdl/meta.csv");
        assumeTrue(Files.isRegularFile(table), table + " is not there");
        Map<String, String> patients = new TreeMap<>();
        for (Csv.Row row : Csv.read(table, "path", "class")) {
            String name = row.get("path").replaceFirst(".*/", "").replace(".png", ".jpg");
            touch("OCTDL/" + row.get("class") + "/" + name);
            patients.put("OCTDL/" + row.get("class") + "/" + name, name.split("_")[1]);
        }
        Scans.Listing listing = list();
        assertEquals(List.of(), listing.doubts());
        listing.scans().forEach(s -> assertEquals(patients.get(s.file()), s.group()));
        assertEquals(650, listing.scans().size());
    }

    /** The same trees, told by patterns; and what no guess finds. */
    @ParameterizedTest
    @CsvSource({"%c/subject%p/%s.png, '', {class}/{patient}/{slice}", "%c/%w/%s.png, '', {class}/{patient}/",
            "%c%p/TIFFs/8bitTIFFs/%s.png, {class}{*}/TIFFs/8bitTIFFs/{slice}, {patient}/TIFFs/8bitTIFFs/{slice}",
            "%c%p/TIFFs/8bitTIFFs/%s.png, ^([A-Z]+)[0-9]+/, ^([A-Z]+[0-9]+)/",
            "%c_eyes/%w/%s.png, {class}{*}/{patient}/{*}, {class}{*}/{patient}/{slice}",
            "%c_2019/%w-%s.png, {class}{*}/{*}, '^([^-]+)-'", "%w/%s_%c.png, {slice}_{class}, {patient}/{*}",
            "x/y/%c-%p/a/%s.png, {class}-{*}/a/{*}, {class}-{patient}/a/{*}", "%c/%s%w.png, '', '[0-9]([a-z]+)$'",
            "a/%c/%c-%i-%s.png, '', {class}/{class}-{patient}-{slice}",
            "%c/%w/%d/%e/%s.png, '', **/{class}/{patient}/**", "%w/visit/%s/%c.png, {class}, {patient}/visit/**"})
    void patternsSayWhatPathsTell(String tree, String classes, String patients) {
        Map<String, String> truth = tree(tree);
        Naming naming = Naming.defaults().withPatients(patients);
        Scans.Listing listing = Scans
                .of(Layout.folder, folder, classes.isEmpty() ? naming : naming.withClasses(classes)).list(OPTIONS);
        assertTrue_(truth, listing);
        assertEquals(List.of(), listing.doubts());
    }

    @Test
    void whatIsNoPatternIsRefused() {
        Naming naming = Naming.defaults();
        assertRefused(() -> naming.withPatients("{class}/{slice}"), "option patient is a pattern without {patient}");
        assertRefused(() -> naming.withPatients("{patient}/{day}"), "{day}", "{class}, {patient}, {slice} and {*}");
        assertRefused(() -> naming.withPatients("abc"), "option patient needs a part in parentheses", "{patient}");
        assertRefused(() -> naming.withClasses("(abc"), "option class is not a regular expression");
        assertRefused(() -> naming.withClasses("{patient}/{*}"), "option class is a pattern without {class}");
    }

    /** A message does not lead to training on what is ill. */
    @ParameterizedTest
    @CsvSource({"HEALTHY%p/TIFFs/8bitTIFFs/%s.png, 'HEALTHY08, …; TIFFs; 8bitTIFFs.'",
            "x/%w/%s.png, 'x; anna, ben, carla, dan,'", "oct/images/%s_%p.png, oct; images.",
            "p%p/raw/%s.png, 'p01, p02, p03,'"})
    void aFolderThatIsNoClassIsNotSaidToBeNormal(String pattern, String words) {
        tree(pattern);
        assertFails(this::list, "no normal scans", "from the top: ", words,
                "scans of healthy eyes alone with option normal", "option class");
    }

    @Test
    void oneClassOfSeveralPlacesIsADoubt() {
        tree("%c%p/TIFFs/8bitTIFFs/%s.png");
        Scans.Listing listing = Scans.folder(folder).list(OPTIONS.withNormalClasses(List.of("8bitTIFFs")));
        assertSays(listing.doubts(), "8bitTIFFs", "DME07", "NORMAL01", "option class");
    }

    @Test
    void classesThatDifferInCapitalsAreOne() {
        tree("train/%c/%c-%i-%s.png");
        touch("test/Normal/Normal-2000001-1.png");
        touch("test/dme/dme-2000002-1.png");
        Scans.Listing listing = list();
        assertEquals("[DME, NORMAL]",
                listing.scans().stream().map(Scans.Listed::className).distinct().sorted().toList().toString());
        assertSays(listing.notes(), "The classes DME, dme differ in capitals alone");
    }
}
