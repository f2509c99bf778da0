package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code environment/test} runs all its parts, whatever fails, and then says what failed. Here every command is a stub.
 */
class EnvironmentTest {
    private static final String REPORT = """
            <testsuite name="T" tests="4">
              <testcase name="good" classname="anogan.T" time="0"/>
              <testcase name="bad" classname="anogan.T" time="0">
                <failure message="1 is not 2" type="x">trace</failure>
              </testcase>
              <testcase name="left" classname="anogan.T" time="0">
                <skipped message="no shared folder" type="x"/>
              </testcase>
              <testcase name="fine" classname="anogan.T" time="0"/>
            </testsuite>
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void stubs() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        Files.createDirectories(folder.resolve("environment"));
        Files.createDirectories(folder.resolve("data/sample/phantom/NORMAL"));
        Files.createDirectories(folder.resolve("jbang-scripts/configs"));
        Files.copy(Path.of("../environment/test"), folder.resolve("environment/test"));
        for (String name : List.of("environment/spark-cluster", "bin/sleep", "bin/mount", "bin/jupyter"))
            stub(name, "exit 3");
        stub("environment/jbang", "echo Unknown option >&2; exit 2");   // one test wants to see that
        stub("environment/notebooks", "echo the notebooks ran");
        Files.writeString(folder.resolve("report.xml"), REPORT);
    }

    @Test
    void allPartsRunThoughAllFail() throws Exception {
        stub("bin/mvn",
                "mkdir -p lib/target/surefire-reports; cp report.xml lib/target/surefire-reports/TEST-T.xml; exit 1");
        String said = said(1);
        assertTrue(said.contains("FAIL  anogan.T.bad") && said.contains("FAIL  demo (exit 2)")
                && said.contains("the notebooks ran"), said);
        assertTrue(said.contains("ok    unknown option") && said.contains("FAIL  prepare here (exit 2)"), said);
        String end = said.substring(said.lastIndexOf("Skipped:"));
        assertTrue(end.contains("1 × anogan.T: no shared folder") && end.contains("demo (exit 2)"), end);
        long failures = said.lines().filter(l -> l.startsWith("FAIL  ")).count();
        long others = said.lines().filter(l -> l.startsWith("ok    ")).count();
        long skipped = end.lines().filter(l -> l.startsWith("  1 × ")).count();   // with no browser, its part as well
        assertTrue(end.contains("cohorts on Spark"), end);
        assertTrue(skipped == 2 || (skipped == 3 && end.contains("pages in a browser")), end);
        assertEquals(others + 2 + " passed, " + failures + " failed, " + skipped + " skipped",
                end.lines().reduce((a, b) -> b).orElseThrow());
    }

    @Test
    void aBuildThatBreaksIsAFailureToo() throws Exception {
        stub("bin/mvn", "exit 1");
        String said = said(1, "unit");
        assertTrue(said.endsWith("0 passed, 1 failed, 0 skipped\n") && said.contains("mvn: exit 1"), said);
        assertFalse(said.contains("demo"), said);
        stub("bin/mvn", "exit 0");
        assertNotEquals("", said(0, "unit"));
    }

    private void stub(String name, String line) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + line + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private String said(int code, String... part) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "environment/test").directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(out.toFile());
        builder.command().addAll(List.of(part));
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, own) -> own + ":" + path);
        Process process = builder.start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> "it does not end: " + out);
        assertEquals(code, process.exitValue(), () -> out + ": " + read(out));
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
