package io.iotdbmigrate.docs;

import static io.iotdbmigrate.docs.Pages.CONTRIBUTING;
import static io.iotdbmigrate.docs.Pages.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The names, messages and excerpts of the documentation are those of the sources. */
class DocumentedFactsTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
    private static final Pattern TEST_NAME = Pattern.compile("\\w+(Test|IT)(#\\w+)?");
    private static final Pattern CONFIG =
            Pattern.compile("(?ms)^<!-- excerpt: config -->\\n```yaml\\n(.*?)^```$");
    private static final Pattern ROW_OF_CODES = Pattern.compile("(?m)^\\| (\\d+) \\| ");

    /** What a message's example fills in. */
    private static final String FILLED_IN =
            "\\.\\.\\.|\\d+( s)?|ann@host|\\bdrain |CDC job: |verify: |rejected rows: |MySQL grants: |[\":,]|SET"
                    + " GLOBAL";

    private static final String TYPED = "iotdb-migrate( \\S*[-/.]\\S*| \\w+(?= -))+";
    private static final String EXAMPLE = "for example: .*";

    /** What stands between the words of an excerpt: numbers, names of files, columns, units. */
    private static final String NO_WORDS =
            " {2,}|\\S*[\\d/._]\\S*|[^A-Za-z '-]+|\\b(s|checksums)\\b";

    /** The sources, with each literal in one piece. */
    private static String spoken;

    @BeforeAll
    static void readSources() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path source : Pages.files(MAIN, ".java")) {
            text.append(Files.readString(source));
        }
        spoken =
                text.toString()
                        .replaceAll("\"\\s*\\+\\s*\"", "")
                        .replace("\\\"", "\"")
                        .replaceAll("\\s+", " ");
    }

    static List<Path> pages() throws IOException {
        return Pages.all();
    }

    @Test
    void namedClassesExist() throws IOException {
        Set<String> classes =
                Stream.concat(
                                Pages.files(MAIN, ".java").stream(),
                                Pages.files(TEST, ".java").stream())
                        .map(path -> path.getFileName().toString().replace(".java", ""))
                        .collect(Collectors.toSet());
        List<String> named =
                Pages.code(Pages.prose(CONTRIBUTING)).stream()
                        .filter(code -> CLASS.matcher(code).matches())
                        .toList();

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(classes).containsAll(named);
    }

    @Test
    void namedTestsExist() throws IOException {
        List<String> named =
                Pages.code(Pages.prose(DOCS.resolve("guarantees.md"))).stream()
                        .filter(code -> TEST_NAME.matcher(code).matches())
                        .toList();

        assertThat(named).isNotEmpty().allSatisfy(DocumentedFactsTest::assertTestExists);
    }

    private static void assertTestExists(String name) throws IOException {
        String[] parts = name.split("#", -1);
        Path source =
                Pages.files(TEST, ".java").stream()
                        .filter(path -> path.endsWith(parts[0] + ".java"))
                        .findAny()
                        .orElseThrow(() -> new AssertionError("no class of " + name));
        assertThat(Files.readString(source))
                .contains(parts.length > 1 ? "void " + parts[1] + "(" : "class " + parts[0]);
    }

    @Test
    void exitCodesAreComplete() throws IOException {
        List<String> documented =
                Pages.found(ROW_OF_CODES, Files.readString(DOCS.resolve("operations.md")));

        assertThat(documented)
                .containsExactly(
                        Stream.of(ExitCode.values())
                                .map(code -> String.valueOf(code.code()))
                                .toArray(String[]::new));
    }

    static List<Path> pagesWithMessages() {
        return List.of(DOCS.resolve("operations.md"), DOCS.resolve("cutover-problems.md"));
    }

    @ParameterizedTest
    @MethodSource("pagesWithMessages")
    void messagesAreThoseOfTheSources(Path page) throws IOException {
        List<String> messages =
                Files.readString(page)
                        .lines()
                        .dropWhile(line -> !line.equals("| it says | what to do |"))
                        .skip(2)
                        .takeWhile(line -> line.startsWith("|"))
                        .flatMap(line -> Pages.code(line.split(" \\| ", -1)[0]).stream())
                        .toList();

        assertThat(messages).hasSizeGreaterThan(5);
        assertThat(messages.stream().flatMap(DocumentedFactsTest::fixedParts))
                .isNotEmpty()
                .filteredOn(part -> !spoken.contains(part))
                .isEmpty();
    }

    private static Stream<String> fixedParts(String message) {
        return Stream.of(message.split(FILLED_IN))
                .map(String::strip)
                .filter(part -> part.contains(" "));
    }

    /** A run of three words and more, of which the first and the last may be filled in. */
    @ParameterizedTest
    @MethodSource("pages")
    void excerptsSayWhatTheSourcesSay(Path page) throws IOException {
        assertThat(outputs(page))
                .filteredOn(line -> Stream.of(line.split(NO_WORDS)).anyMatch(words -> !said(words)))
                .isEmpty();
    }

    private static boolean said(String part) {
        List<String> words = List.of(part.strip().split(" "));
        int size = words.size();
        return size < 3
                || spoken.contains(part.strip())
                || spoken.contains(String.join(" ", words.subList(1, size)))
                || spoken.contains(String.join(" ", words.subList(0, size - 1)))
                || (size > 3 && spoken.contains(String.join(" ", words.subList(1, size - 1))));
    }

    /** Lines that the tool printed, without those that were typed and JSON. */
    private static List<String> outputs(Path page) throws IOException {
        List<String> lines = new ArrayList<>();
        for (MatchResult block : Pages.BLOCK.matcher(Files.readString(page)).results().toList()) {
            if (block.group(1).isEmpty() || block.group(1).equals("console")) {
                block.group(2)
                        .lines()
                        .filter(line -> !line.startsWith("$ ") && !line.startsWith("{"))
                        .map(line -> line.replaceAll(EXAMPLE, "").replaceAll(TYPED, "|"))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    @Test
    void configsAreUnderstood(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("iotdb"), "secret");
        List<String> configs = new ArrayList<>();
        for (Path page : Pages.all()) {
            configs.addAll(Pages.found(CONFIG, Files.readString(page)));
        }

        assertThat(configs)
                .isNotEmpty()
                .allSatisfy(
                        yaml ->
                                ConfigLoader.load(
                                        "plant.yml",
                                        yaml.replace("/run/secrets/iotdb", secret.toString()),
                                        Map.of("MYSQL_PASSWORD", "secret")));
    }

    @Test
    void thePictureIsDrawnFromItsText(@TempDir Path folder) throws Exception {
        Path drawn = folder.resolve("way.svg");
        Path pictures = DOCS.resolve("pictures");
        Process draw =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                pictures.resolve("Draw.java").toString(),
                                pictures.resolve("way.txt").toString(),
                                drawn.toString())
                        .inheritIO()
                        .start();

        assertThat(draw.waitFor()).isZero();
        assertThat(drawn).hasSameTextualContentAs(pictures.resolve("way.svg"));
    }
}
