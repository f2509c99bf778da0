///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.UserError;
import anogan.scans.DataSet;
import anogan.scans.Fetch;
import anogan.scans.Layout;
import anogan.scans.Naming;
import anogan.scans.Scans;
import anogan.scans.SplitOptions;
import anogan.statistics.DataCheck;
import anogan.statistics.DataCheckText;
import anogan.ui.Cli;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Data sets: which there are, how to get them, and what they are worth. */
@Command(name = "data", sortOptions = false,
        description = {"list: the data sets that are known, with licence, source and citation.",
                "fetch NAME: downloads one, goes on where it was stopped, verifies its checksum, never overwrites.",
                "check PATH: reads a folder, archive, table or array, and says what is in it: classes, sizes, copies, "
                        + "patients on both sides of a split,",
                "and whether noise or size alone tells its classes apart."},
        footer = {"", "A proxy is taken from https_proxy, http_proxy, all_proxy and no_proxy.", "", "Examples:",
                "  environment/jbang data list", "  environment/jbang data fetch octmnist_64",
                "  environment/jbang data check ~/OCT2017.zip",
                "  environment/jbang data check data/sample/phantom --normal NORMAL"})
public class data extends Cli.Script {
    enum Verb { list, fetch, check }

    @Parameters(index = "0", paramLabel = "VERB", description = "${COMPLETION-CANDIDATES}.")
    Verb verb;
    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME|PATH", description = "What to fetch or to check.")
    String what;
    @Option(names = "--out", paramLabel = "DIR",
            description = "fetch: folder that files are written to [data/downloads of this checkout].")
    Path out = home().resolve("data/downloads");
    @Option(names = "--from", paramLabel = "URL",
            description = "fetch: another address in place of the data set's own, of a mirror for example.")
    URI from;
    @Option(names = "--layout", paramLabel = "L",
            description = "check: how scans lie, as for prepare [what it looks like].")
    Layout layout;
    @Option(names = "--normal", split = ",", paramLabel = "CLASS",
            description = "check: classes that are normal [NO,NORMAL,normal,good].")
    List<String> normal = SplitOptions.defaults().normalClasses();
    @Option(names = "--class", paramLabel = "PATTERN",
            description = "check: where a path tells the class, as for prepare.")
    Optional<String> classes = Optional.empty();
    @Option(names = "--patient", paramLabel = "PATTERN",
            description = "check: where a path tells the patient, as for prepare.")
    Optional<String> patient = Optional.empty();

    public static void main(String... args) {
        Cli.main(new data(), args);
    }

    @Override
    protected void run() {
        if (verb != Verb.list && what == null) {
            throw UserError.usage("data %s needs %s.", verb,
                    verb == Verb.fetch ? "the name of a data set; see data list" : "a folder or file");
        }
        if (verb == Verb.list && what != null) throw UserError.usage("data list takes no name, such as %s.", what);
        if (verb != Verb.fetch) refuse("in data " + verb, "--out", "--from");
        if (verb != Verb.check) refuse("in data " + verb, "--layout", "--normal", "--class", "--patient");
        switch (verb) {
            case list -> DataSet.all().forEach(this::tell);
            case fetch -> fetch(DataSet.named(what));
            case check -> check(Path.of(what));
        }
    }

    private void tell(DataSet d) {
        System.out.printf("%s%n    %s%n    size     %s%n    licence  %s%n    source   %s%n    cite     %s%n", d.name(),
                d.title(), d.size(), d.licence(), d.home(), d.citation());
        for (DataSet.File f : d.files())
            System.out.printf("    file     %s, md5 %s: data fetch %s%n", f.name(), f.md5(), d.name());
    }

    private void fetch(DataSet d) {
        tell(d);
        if (d.files().isEmpty()) {
            throw UserError.failure(
                    "%s is not fetched by this program, for want of a published checksum or a fixed address. "
                            + "Get it from %s, under its licence, then: data check PATH --layout %s",
                    d.name(), d.home(), d.layout());
        }
        for (DataSet.File f : d.files()) {
            Path target = out.resolve(f.name());
            URI address = from == null ? d.home().resolve(f.path()) : from;
            System.err.printf("%s -> %s, under the licence %s%n", address, target, d.licence());
            System.out.println(
                    target + (Fetch.file(address, target, f.md5(), Fetch.Options.USUAL) ? ": fetched, checksum right"
                            : ": is there already, checksum right"));
        }
        System.out.printf("Next: environment/jbang prepare --layout %s --scans %s %s--out data/patches/%s%n",
                d.layout(), out.resolve(d.files().get(0).name()),
                d.normal().isEmpty() ? "" : "--normal " + String.join(",", d.normal()) + " ", d.name());
    }

    private void check(Path path) {
        say(DataCheckText.of(DataCheck.of(source(path), SplitOptions.defaults().withNormalClasses(normal))));
    }

    private Scans source(Path path) {
        if (layout == null && Scans.isFile(path)) {
            refuse("on a single file", "--class", "--patient");
            return Scans.file(path);
        }
        Layout known = layout == null ? Layout.guess(path) : layout;
        System.err.println("Read as layout " + known + (layout == null ? " (--layout says otherwise)" : ""));
        return Scans.of(known, path, new Naming(classes, patient));
    }
}
