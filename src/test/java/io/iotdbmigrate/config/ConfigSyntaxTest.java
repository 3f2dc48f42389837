package io.iotdbmigrate.config;

import static io.iotdbmigrate.config.ConfigTexts.MINIMAL;
import static io.iotdbmigrate.config.ConfigTexts.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.yaml.ConfigException;
import io.iotdbmigrate.config.yaml.ConfigProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken YAML, and files that cannot be read. */
class ConfigSyntaxTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    name: a\\n\\tenv: b        | 2 | 1  | a tab is used for indentation; use spaces.
                    name: a: b                 | 1 | 8  | a colon stands where no key can be; correct the indentation, or put the value into quotes if the colon belongs to it.
                    name: a\\n env: b          | 2 | 5  | a colon stands where no key can be; correct the indentation, or put the value into quotes if the colon belongs to it.
                    sink:\\n  retries: 1\\n env: b | 3 | 2 | the indentation of this line fits no line above it; align it with its neighbours.
                    sink: {retries: 1\\nenv: b | 2 | 4  | a bracket or brace opened on line 1 is not closed; close it.
                    name: 'a\\nenv: b          | 2 | 7  | a quoted text opened on line 1 is not closed; close it.
                    name: @a                   | 1 | 7  | a value begins with a character that YAML reserves; put the value into quotes.
                    name: *a                   | 1 | 7  | a value begins with *, which YAML reads as an alias; put the value into quotes.
                    name: "C:\\qlant"          | 1 | 11 | a text in double quotes has a backslash that YAML does not know; use single quotes.
                    name: a\\nenv\\nmode: cdc  | 3 | 1  | a colon is missing after a key; write key: value.
                    name: a\\n---\\nname: b    | 2 | 1  | a second YAML document begins here (---); keep one.
                    name: a\\nenv: b\\u0007    | 2 | 7  | an invisible control character stands here; delete it.
                    """)
    void saysWhereTheYamlIsBroken(String text, int line, int column, String sentence) {
        String yaml = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");

        assertThat(problems(yaml)).containsExactly(new ConfigProblem("", line, column, sentence));
    }

    @Test
    void putsFilePlaceAndSentenceIntoTheMessage() {
        assertThatThrownBy(() -> ConfigTexts.load("name: @a"))
                .hasMessage(
                        "plant.yml:1:7: a value begins with a character that YAML reserves; put the"
                                + " value into quotes.");
    }

    @Test
    void refusesAFileWithoutContent() {
        List<ConfigProblem> expected =
                List.of(
                        new ConfigProblem(
                                "",
                                0,
                                0,
                                "is empty; config/migration.example.yml shows what belongs in."));

        assertThat(problems("")).isEqualTo(expected);
        assertThat(problems("# only a comment\n")).isEqualTo(expected);
    }

    @Test
    void refusesAListAsTheWholeFile() {
        assertThatThrownBy(() -> ConfigTexts.load("- a"))
                .hasMessageStartingWith("plant.yml:1:1: is a list, but must be a map with keys of");
    }

    @Test
    void refusesABombOfAliases() {
        String aliases =
                IntStream.range(0, 60).mapToObj(i -> "*a").collect(Collectors.joining(", "));

        assertThat(problems("name: &a [x]\nenv: [" + aliases + "]\n"))
                .extracting(ConfigProblem::sentence)
                .containsExactly(
                        "is too large or too deeply nested for a config file; write it without so"
                                + " many aliases (*name).");
    }

    @Test
    void readsAnchorsAndAByteOrderMark() {
        String yaml = "\uFEFF" + MINIMAL.replace("host: db", "host: &h db") + "env: *h\n";

        assertThat(ConfigTexts.load(yaml).env()).isEqualTo("db");
    }

    @Test
    void saysThatTheFileIsMissing() {
        Path file = folder.resolve("nowhere.yml");

        assertThatThrownBy(() -> ConfigLoader.load(file, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": does not exist; give the path of your config file.");
    }

    @Test
    void saysThatTheFileIsAFolder() {
        assertThatThrownBy(() -> ConfigLoader.load(folder, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(folder + ": is a folder; give the path of a YAML file.");
    }

    @Test
    void saysThatTheFileIsNoText() throws IOException {
        Path file = folder.resolve("plant.yml");
        Files.write(file, "name: Zürich".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ConfigLoader.load(file, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": is not UTF-8 text; save it as UTF-8.");
    }
}
