package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code environment/jbang} on machines where something is amiss. Java, Maven and what tells of the machine are stubs;
 * Java's prints what it was called with.
 */
class WrapperTest {
    private static final String JAVA = "echo \"args $*\"; echo \"options ${JDK_JAVA_OPTIONS:-}\"; "
            + "echo \"java ${JAVA_HOME:-}\"; echo \"locale ${LC_ALL:-}\"; echo \"home $HOME\"; "
            + "echo \"proxy ${ANOGAN_https_NAME:-} ${ANOGAN_https_PASSWORD:-}\"";

    @TempDir
    Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private record Said(int code, String out, String err) {
        String line(String word) {
            return out.lines().filter(l -> l.startsWith(word + " ")).findFirst().orElseThrow()
                    .substring(word.length() + 1);
        }
    }

    @BeforeEach
    void stubs() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        Files.createDirectories(folder.resolve("environment"));
        for (String file : List.of("environment/jbang", "environment/machine.sh"))
            Files.copy(Path.of("..", file), folder.resolve(file));
        jdk("jdk", "17.0.9");
        stub("bin/id", "[ $1 = -u ] && echo 12345");   // a user whom the system does not know: HOME counts
        stub("bin/locale", "[ $1 = charmap ] && echo UTF-8");
        stub("bin/df", "echo header; echo disk 9 9 9999999 1% /");
        stub("bin/git", "exit 1");
        Path jar = folder.resolve("cache/anogan/jbang-cli-" + version() + "-all.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "a jar");
        for (String name : List.of("home", "tmp")) Files.createDirectory(folder.resolve(name));
        environment.putAll(Map.of("PATH", path("jdk/bin"), "HOME", at("home"), "TMPDIR", at("tmp"), "XDG_CACHE_HOME",
                at("cache")));
    }

    @Test
    void nothingIsSaidWhereNothingIsAmiss() throws Exception {
        Said said = run("run", "a b.java", "--x");
        assertEquals("", said.err);
        assertTrue(said.line("args").endsWith("-all.jar run a b.java --x"), said.out);
        assertEquals(List.of("", "", ""), List.of(said.line("options"), said.line("java"), said.line("locale")));
    }

    @Test
    void aJdkThatFitsIsTakenAndSaid() throws Exception {
        jdk("old", "11.0.2");
        jdk("older", "1.8.0_312");
        environment.put("PATH", path("old/bin"));
        environment.put("JAVA_HOME", at("jdk"));
        assertEquals("", run("x").err, "JAVA_HOME counts before PATH");
        environment.put("PATH", path("jdk/bin"));
        for (String wrong : List.of("nowhere", "old", "older")) {
            environment.put("JAVA_HOME", at(wrong));
            Said said = run("x");
            assertEquals("environment/jbang: JAVA_HOME=" + at(wrong) + " is no JDK 17 or newer; " + at("jdk")
                    + " is taken.\n", said.err);
            assertEquals(at("jdk"), said.line("java"));
        }
    }

    /** What is installed elsewhere on this machine may serve; else it is said what to install. */
    @Test
    void anOldJavaFirstInPathIsOneSentence() throws Exception {
        jdk("old", "11.0.2");
        environment.put("PATH", path("old/bin"));
        Said said = run("x");
        assertEquals(1, said.err.lines().filter(l -> l.startsWith("environment/jbang: ")).count(), said.err);
        assertTrue(said.err.contains(at("old") + " is no JDK 17 or newer; /")
                || said.err.contains("a JDK 17 or newer is needed, but " + at("old") + " is none."), said.err);
    }

    @Test
    void aHomeThatCannotBeWrittenIsReplaced() throws Exception {
        environment.put("HOME", "/proc/none");
        Said said = run("x");
        String home = at("tmp/anogan-12345");
        assertEquals(home, said.line("home"));
        assertEquals("\"-Duser.home=" + home + "\"", said.line("options"));
        assertTrue(said.err.startsWith("environment/jbang: there is no home folder that can be written to"), said.err);
        environment.remove("HOME");
        environment.remove("XDG_CACHE_HOME");
        stub("bin/mvn", "exit 1");
        assertFalse(run("x").err.contains("unbound"));
    }

    @Test
    void nativeLibrariesGoWhereTheyHaveRoomAndMayRun() throws Exception {
        String other = at("tmp/anogan-12345/natives");
        stub("bin/df", "case \"$*\" in */home/*) free=10000;; *) free=9999999;; esac; "
                + "echo header; echo disk 9 9 $free 1% /");
        Said full = run("x");
        assertTrue(full.line("options").contains("\"-Dorg.bytedeco.javacpp.cachedir=" + other + "\""), full.out);
        assertTrue(full.err.contains(at("home/.javacpp") + " has no room"), full.err);
        stub("bin/df", "echo header; echo disk 9 9 9999999 1% /");
        stub("bin/chmod", "case \"$*\" in */home/*) ;; *) /bin/chmod \"$@\";; esac");   // as good as mounted noexec
        Said noexec = run("x");
        assertEquals(full, noexec);
        environment.put("JDK_JAVA_OPTIONS", "-Dorg.bytedeco.javacpp.cachedir=/mine");
        assertEquals("-Dorg.bytedeco.javacpp.cachedir=/mine", run("x").line("options"));
        assertEquals(0, Files.list(Path.of(other)).filter(f -> f.getFileName().toString().startsWith("probe")).count());
    }

    @Test
    void thePlainLocaleBecomesUtf8AndNoOther() throws Exception {
        stub("bin/locale", "if [ $1 = charmap ]; then echo ANSI_X3.4-1968; else printf 'C\\nC.utf8\\nPOSIX\\n'; fi");
        assertEquals("C.utf8", run("x").line("locale"));
        stub("bin/locale", "if [ $1 = charmap ]; then echo ANSI_X3.4-1968; else printf 'C\\nPOSIX\\n'; fi");
        assertEquals("", run("x").line("locale"));
        stub("bin/locale", "if [ $1 = charmap ]; then echo ISO-8859-1; else printf 'C\\nC.utf8\\nPOSIX\\n'; fi");
        assertEquals("", run("x").line("locale"), "names of files are as the user's locale has them");
    }

    @Test
    void proxiesOfTheEnvironmentAreThoseOfMaven() throws Exception {
        environment.put("https_proxy", "http://us%20er:p%40s%3As%5C@proxy.example.org:3128/");
        environment.put("http_proxy", "other.example.org");
        environment.put("no_proxy", ".example.net, localhost");
        Said said = run("x");
        assertEquals("", said.err);
        assertTrue(said.line("args").contains("-Dmaven.home=" + at("cache/anogan/proxy") + " -jar "), said.out);
        assertEquals("us er p@s:s\\", said.line("proxy"));
        String settings = Files.readString(folder.resolve("cache/anogan/proxy/conf/settings.xml"));
        String direct = "<nonProxyHosts>example.net|*.example.net|localhost|*.localhost</nonProxyHosts>";
        assertEquals("<settings><proxies>"
                + "<proxy><id>http</id><active>true</active><protocol>http</protocol><host>other.example.org</host>"
                + "<port>80</port>" + direct + "</proxy>"
                + "<proxy><id>https</id><active>true</active><protocol>https</protocol><host>proxy.example.org</host>"
                + "<port>3128</port><username>${env.ANOGAN_https_NAME}</username>"
                + "<password>${env.ANOGAN_https_PASSWORD}</password>" + direct + "</proxy>" + "</proxies></settings>\n",
                settings);
        Files.delete(folder.resolve("cache/anogan/jbang-cli-" + version() + "-all.jar"));
        stub("bin/mvn", "echo \"mvn $*\" >&2; exit 1");
        assertTrue(run("x").err.contains("mvn -q -B -gs " + at("cache/anogan/proxy/conf/settings.xml") + " dep"));
    }

    @Test
    void whatIsNoProxyOfMavenIsLeftOut() throws Exception {
        environment.put("ALL_PROXY", "socks5://127.0.0.1:1080");
        assertEquals("", run("x").err);
        environment.put("HTTPS_PROXY", "ftp://me:secret@x");
        Said said = run("x");
        assertTrue(said.err.contains("the proxy for https in the environment is none like"), said.err);
        assertFalse(said.err.contains("secret") || said.out.contains("maven.home"), said.err + said.out);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String path(String jdk) {
        return at(jdk) + ":" + at("bin") + ":/usr/bin:/bin";
    }

    private static String version() throws IOException {
        return Files.readAllLines(Path.of("../environment/jbang")).stream().filter(l -> l.startsWith("version="))
                .findFirst().orElseThrow().substring("version=".length());
    }

    private void jdk(String name, String version) throws IOException {
        stub(name + "/bin/java", JAVA);
        stub(name + "/bin/javac", "exit 1");
        Files.writeString(folder.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private void stub(String name, String line) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + line + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Said run(String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", at("environment/jbang")).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(words));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it does not end");
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
