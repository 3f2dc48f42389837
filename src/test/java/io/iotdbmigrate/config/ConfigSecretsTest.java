package io.iotdbmigrate.config;

import static io.iotdbmigrate.config.ConfigTexts.MINIMAL;
import static io.iotdbmigrate.config.ConfigTexts.problem;
import static io.iotdbmigrate.config.ConfigTexts.problems;
import static io.iotdbmigrate.config.ConfigTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.yaml.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSecretsTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"123456,123456", "0123,0123", "'\"\"',''", "true,true", "1e3,1e3", "p$a{b},p$a{b}"})
    void takesAPasswordAsItIsWritten(String written, String password) {
        assertThat(password(written, Map.of())).isEqualTo(password);
    }

    @Test
    void readsEnvironmentVariables() {
        assertThat(password("${env:DB_PASSWORD}", Map.of("DB_PASSWORD", "hunter2")))
                .isEqualTo("hunter2");
        assertThat(password("a-${env:A}-${env:B}", Map.of("A", "$1", "B", "${env:A}")))
                .isEqualTo("a-$1-${env:A}");
    }

    @Test
    void readsVariablesForEveryTypeOfValue() {
        String yaml = with("host: iotdb\n", "host: ${env:HOST}\n    port: ${env:PORT}\n");
        MigrationConfig config =
                ConfigLoader.load("plant.yml", yaml, Map.of("HOST", "iotdb-1", "PORT", "7000"));

        assertThat(config.iotdb().nodes()).containsExactly("iotdb-1:7000");
    }

    @Test
    void readsFilesRelativeToTheConfigFile() throws IOException {
        Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/mysql"), "hun ter2\r\n");
        Path file = folder.resolve("plant.yml");
        Files.writeString(file, withPassword("${file:secrets/mysql}"));

        assertThat(ConfigLoader.load(file, Map.of()).mysql().password().reveal())
                .isEqualTo("hun ter2");
    }

    @Test
    void namesAVariableThatIsNotSet() {
        assertThat(problem(withPassword("${env:DB_PASSWORD}")))
                .isEqualTo(
                        "connections.mysql.password: the environment variable DB_PASSWORD is not"
                                + " set; set it before the start.");
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        assertThat(problem(withPassword("${file:/no/such/file}")))
                .isEqualTo(
                        "connections.mysql.password: the file /no/such/file does not exist; create"
                                + " it or correct ${file:PATH}.");
        assertThat(problem(withPassword("${file:" + folder + "}")))
                .isEqualTo(
                        "connections.mysql.password: the file "
                                + folder
                                + " cannot be read; it must be a file this user may read.");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(problem(withPassword("${file:" + folder.resolve("binary") + "}")))
                .endsWith("binary is not UTF-8 text; save it as such.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[hunter2]",
                "{value: hunter2}",
                "!hunter2",
                "!hunter2 hunter2",
                "&hunter2",
                "*hunter2",
                "'${hunter2}'",
                "'hunter2",
                "@hunter2",
                "{hunter2",
                "a: hunter2",
                "\"\\hunter2\"",
                "\thunter2: hunter2"
            })
    void showsNothingOfAPasswordThatCannotBeRead(String written) {
        List<ConfigProblem> problems = problems(withPassword(written));

        assertThat(problems).isNotEmpty();
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password:hunter2", "password hunter2", "password:'hunter2'"})
    void showsNothingOfAPasswordWithoutASpaceBeforeIt(String entry) {
        String yaml = with("host: iotdb", "host: iotdb\n    tls: {trust_store_" + entry + "}");

        assertThat(problem(yaml))
                .isEqualTo(
                        "connections.iotdb.tls.trust_store_password: must be followed by a colon"
                                + " and a space; write trust_store_password: value.");
    }

    @Test
    void doesNotTakeAForgottenPasswordAsEmpty() {
        assertThat(problem(withPassword("#hunter2")))
                .isEqualTo(
                        "connections.mysql.password: has no value; write ${env:NAME}, ${file:PATH}"
                                + " or '' for an empty one.");
    }

    @Test
    void showsNoValueThatCameFromAVariable() {
        String yaml = MINIMAL + "sink: {batch_rows: \"${env:ROWS}\"}\n";

        assertThat(problems(yaml, Map.of("ROWS", "hunter2")).get(0).sentence())
                .isEqualTo(
                        "\"${env:ROWS}\" (its value is not shown) is not a whole number; write a"
                                + " whole number from 1 to 1000000.");
    }

    @Test
    void masksSecretsWhereverAConfigIsShown() {
        MigrationConfig config =
                ConfigTexts.load(
                        ConfigEveryKeyTest.YAML.replace(
                                "connectTimeout: \"5000\"", "clientKeyPassword: secret4"));

        assertThat(config.mysql().properties()).containsEntry("clientKeyPassword", "secret4");
        assertThat(config.toString()).contains("****").contains("db:3307").doesNotContain("secret");
        assertThat(ConfigPrinter.print(config)).contains("'****'").doesNotContain("secret");
    }

    private static String password(String written, Map<String, String> environment) {
        return ConfigLoader.load("plant.yml", withPassword(written), environment)
                .mysql()
                .password()
                .reveal();
    }

    private static String withPassword(String written) {
        return with("database: plant\n", "database: plant\n    password: " + written + "\n");
    }
}
