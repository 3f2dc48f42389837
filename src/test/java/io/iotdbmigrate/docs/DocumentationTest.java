package io.iotdbmigrate.docs;

import static io.iotdbmigrate.docs.Pages.README;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the documentation: links, lengths, plain English, nothing of our machines. */
class DocumentationTest {
    private static final int MOST_LINES_OF_README = 200;
    private static final int MOST_WORDS = 25;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern NOT_PLAIN =
            Pattern.compile("(?i)\\b(gone on with|likewise|an other|that of|of which [^.]* of)\\b");
    private static final Pattern OUR_PLACE =
            Pattern.compile(
                    "(?i)/tmp/|/work/|/root/|/home/|localhost:\\d|nexus|artifactory|\\bmirror\\b");

    static List<Path> pages() throws IOException {
        return Pages.all();
    }

    @Test
    void theFrontPageIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(MOST_LINES_OF_README);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : Pages.found(LINK, Pages.prose(page))) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            boolean there =
                    link.startsWith("https://")
                            || (Files.exists(target)
                                    && (parts.length == 1 || anchors(target).contains(parts[1])));
            if (!there) {
                broken.add(link);
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheFrontPage() throws IOException {
        Set<Path> linked =
                Pages.found(LINK, Pages.prose(README)).stream()
                        .map(link -> Path.of(link.replaceFirst("#.*", "")))
                        .collect(Collectors.toSet());

        assertThat(linked).containsAll(Pages.files(Pages.DOCS, ".md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aSentenceIsShort(Path page) throws IOException {
        assertThat(sentences(page))
                .isNotEmpty()
                .filteredOn(sentence -> sentence.split("\\s+").length > MOST_WORDS)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theEnglishIsPlain(Path page) throws IOException {
        assertThat(Pages.found(NOT_PLAIN, Pages.prose(page))).isEmpty();
    }

    /** But the image's working folder. */
    @ParameterizedTest
    @MethodSource("pages")
    void noPlaceOfOurMachinesIsNamed(Path page) throws IOException {
        assertThat(Pages.found(OUR_PLACE, Files.readString(page))).isEmpty();
    }

    /** Names the headings of a page as GitHub does. */
    private static Set<String> anchors(Path page) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new TreeSet<>();
        for (String heading : Pages.found(HEADING, Pages.prose(page))) {
            String name =
                    heading.toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-');
            int times = seen.merge(name, 1, Integer::sum);
            anchors.add(times == 1 ? name : name + "-" + (times - 1));
        }
        return anchors;
    }

    /** Counts a piece of code as one word; cells of tables and headings are no sentences. */
    private static List<String> sentences(Path page) throws IOException {
        String text =
                Pages.prose(page)
                        .replaceAll("(?m)^(\\||<!--|#).*$", "\n")
                        .replaceAll("`` .*? ``|`[^`]*`", "code")
                        .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                        .replaceAll("\\*\\*", "")
                        .replaceAll("(?m)^ *(-|\\d+\\.) ", "\n\n");
        return Stream.of(text.split("\n\\s*\n|(?<=[.?!])\\s+"))
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }
}
