package io.iotdbmigrate.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the documentation and what they consist of. */
final class Pages {
    static final Path README = Path.of("README.md");
    static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
    static final Path DOCS = Path.of("src/docs");

    /** Language and text of a block of code. */
    static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    private Pages() {}

    static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(files(DOCS, ".md"));
        pages.addAll(List.of(README, CONTRIBUTING, Path.of("CHANGELOG.md")));
        return pages;
    }

    static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(end)).sorted().toList();
        }
    }

    /** Reads a page without its blocks of code. */
    static String prose(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    /** Finds what is between single backticks. */
    static List<String> code(String text) {
        return found(CODE, text);
    }

    /** Finds each match's first group, or the match where the pattern has none. */
    static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.groupCount() > 0 ? result.group(1) : result.group())
                .toList();
    }
}
