package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What stands twice, for JBang and for Maven, is the same; and every script is what README promises of scripts. */
class BuildFilesTest {
    private static final Path SCRIPTS = Path.of("../jbang-scripts");
    private static final Path CATALOG = Path.of("../jbang-catalog.json");
    /** The one option that may differ: the tests of several stages run in one JVM. */
    private static final String MEMORY_OF_TESTS = "-Dorg.bytedeco.javacpp.maxphysicalbytes";

    @Test
    void jbangAndMavenUseTheSameDependenciesInTheSameOrder() throws Exception {
        List<String> jbang = headers("DEPS").stream().map(d -> {
            String[] parts = d.split(":", 4);
            return String.join(":", parts[0], parts[1], parts[2]) + (parts.length > 3 ? ":<platform>" : "");
        }).toList();
        List<String> maven = new ArrayList<>();
        NodeList dependencies = pom().getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element d = (Element) dependencies.item(i);
            if ("test".equals(text(d, "scope"))) continue;
            maven.add(String.join(":", text(d, "groupId"), text(d, "artifactId"), text(d, "version"))
                    + (text(d, "classifier") == null ? "" : ":<platform>"));
        }
        assertTrue(maven.size() > 10);
        assertEquals(maven, jbang);
    }

    @Test
    void jbangAndMavenUseTheSameJavaAndTheSameOptions() throws Exception {
        Document pom = pom();
        assertEquals(List.of(text(pom.getDocumentElement(), "maven.compiler.release") + "+"), headers("JAVA"));
        assertEquals(List.of("-encoding " + text(pom.getDocumentElement(), "project.build.sourceEncoding")
                + " -J-XX:TieredStopAtLevel=1"), headers("JAVAC_OPTIONS"));
        assertEquals(options(text(pom.getDocumentElement(), "argLine")),
                options(String.join(" ", headers("RUNTIME_OPTIONS"))));
    }

    private static Set<String> options(String line) {
        Set<String> options = new TreeSet<>();
        for (String o : line.split(" ")) options.add(o.startsWith(MEMORY_OF_TESTS) ? MEMORY_OF_TESTS : o);
        return options;
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptIsOneShortFileThatExplainsItself(Path script) throws IOException {
        List<String> lines = Files.readAllLines(script);
        String text = String.join("\n", lines);
        String name = script.getFileName().toString().replace(".java", "");
        assertEquals("///usr/bin/env jbang \"$0\" \"$@\" ; exit $?", lines.get(0));
        List<String> headers = lines.stream().filter(l -> l.matches("//[A-Z_]+ .*")).toList();
        assertEquals("//SOURCES ../lib/AnoGan.java", headers.get(0));
        // A script may call its neighbours; all else stands in AnoGan.java.
        for (String other : headers.subList(1, headers.size())) {
            assertTrue(other.startsWith("//SOURCES ") && Files.isRegularFile(SCRIPTS.resolve(other.substring(10))),
                    script + ": " + other);
        }
        assertTrue(lines.size() <= 120, script + " has " + lines.size() + " lines");
        assertTrue(text.contains("public class " + name + " extends Cli.Script"),
                script + " is started otherwise than the others");
        assertTrue(text.contains("@Command(name = \"" + name + "\""), script + " calls itself by another name");
        int footer = text.indexOf("footer = {");
        assertTrue(footer > 0 && text.indexOf("\"Examples:\"", footer) > 0, script + " has no examples");
        assertTrue(text.indexOf("\"  environment/jbang " + name, footer) > 0,
                script + " has no example that can be pasted");
    }

    @Test
    void everyScriptHasAnAliasAndEveryAliasAScript() throws IOException {
        assumeTrue(Files.exists(CATALOG), "there is no jbang-catalog.json");
        Set<String> targets = new TreeSet<>();
        for (Map.Entry<?, ?> alias : ((Map<?, ?>) Json.read(CATALOG, Map.class, "Mend it.").get("aliases"))
                .entrySet()) {
            String reference = (String) ((Map<?, ?>) alias.getValue()).get("script-ref");
            assertTrue(Files.isRegularFile(CATALOG.resolveSibling(reference)),
                    "alias " + alias.getKey() + " points to " + reference + ", which is not there");
            assertEquals("jbang-scripts/" + alias.getKey() + ".java", reference);
            targets.add(reference);
        }
        assertEquals(new TreeSet<>(scripts().stream().map(s -> "jbang-scripts/" + s.getFileName()).toList()), targets);
    }

    /** The values of a JBang header of AnoGan.java. */
    private static List<String> headers(String name) throws IOException {
        return Files.readAllLines(Path.of("AnoGan.java")).stream().filter(l -> l.startsWith("//" + name + " "))
                .map(l -> l.substring(name.length() + 3).strip()).toList();
    }

    private static Document pom() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of("pom.xml").toFile());
    }

    /**
     * The text of an element's first descendant of that name, with Maven's properties replaced; null if there is none.
     */
    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        if (found.getLength() == 0) return null;
        String text = found.item(0).getTextContent().strip();
        Element project = element.getOwnerDocument().getDocumentElement();
        while (text.contains("${")) {
            String property = text.substring(text.indexOf("${") + 2, text.indexOf('}'));
            text = text.replace("${" + property + "}", text(project, property));
        }
        return text;
    }
}
