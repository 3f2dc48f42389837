package io.iotdbmigrate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md against the code. */
class ContributingTest {
    private static final Path ROOT = Path.of("src/main/java/io/iotdbmigrate");

    @Test
    void namesEachPackageOnce() throws IOException {
        String text = Files.readString(Path.of("CONTRIBUTING.md"));
        String table = text.substring(text.indexOf("| package | reason |"));
        Set<String> named = new TreeSet<>();
        for (String line : table.lines().skip(2).takeWhile(l -> l.startsWith("|")).toList()) {
            Matcher name =
                    Pattern.compile("`([a-z.]+)`").matcher(line.substring(0, line.indexOf('|', 1)));
            while (name.find()) {
                assertThat(named.add(name.group(1))).as(name.group(1)).isTrue();
            }
        }

        assertThat(named).isEqualTo(packages());
    }

    /** Those with classes of their own, below the root. */
    private static Set<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .map(f -> ROOT.relativize(f.getParent()).toString().replace('/', '.'))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
