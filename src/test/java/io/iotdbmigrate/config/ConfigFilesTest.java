package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.CdcConfig.SpecificPosition;
import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configs people copy, and one of the earlier proof of concept. */
class ConfigFilesTest {
    private static final Path EXAMPLE = Path.of("config/migration.example.yml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]+)}");
    private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^( *)# (?=[a-z_]+: \\S)");

    static Stream<Path> configFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("config"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("configFiles")
    void everyFileInConfigLoads(Path file) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Matcher variable = VARIABLE.matcher(Files.readString(file));
        while (variable.find()) {
            environment.put(variable.group(1), "1");
        }

        assertThat(ConfigLoader.load(file, environment).mappings()).isNotEmpty();
    }

    @Test
    void theExampleShowsTheDefaults() {
        MigrationConfig example = ConfigLoader.load(EXAMPLE, Map.of("MYSQL_PASSWORD", ""));
        MigrationConfig defaults = ConfigTexts.load(ConfigTexts.MINIMAL);

        assertThat(example.mysql().timeZone()).isEqualTo(defaults.mysql().timeZone());
        assertThat(example.mysql().tls()).isEqualTo(defaults.mysql().tls());
        assertThat(example.mysql().password()).isEqualTo(defaults.mysql().password());
        assertThat(example.iotdb().password()).isEqualTo(defaults.iotdb().password());
        assertThat(example.iotdb().tls()).isEqualTo(defaults.iotdb().tls());
        assertThat(example.cdc()).isEqualTo(defaults.cdc());
        assertThat(example.mappings().get(0))
                .usingRecursiveComparison()
                .comparingOnlyFields("aligned", "policies")
                .isEqualTo(defaults.mappings().get(0));
        assertThat(example.backfill()).isEqualTo(defaults.backfill());
        assertThat(example.sink()).isEqualTo(defaults.sink());
        assertThat(example.rejectedRows()).isEqualTo(defaults.rejectedRows());
        assertThat(example.flink()).isEqualTo(defaults.flink());
        assertThat(example.cutover()).isEqualTo(defaults.cutover());
    }

    @Test
    void theExamplesCommentedKeysAreRealOnes() throws IOException {
        String yaml =
                COMMENTED_KEY
                        .matcher(Files.readString(EXAMPLE))
                        .replaceAll("$1")
                        .replaceAll(
                                "(?m)^ +(host: iotdb|port: 6667|trust_store_password:).*\n", "");

        MigrationConfig config = ConfigLoader.load("x.yml", yaml, Map.of("MYSQL_PASSWORD", ""));

        assertThat(config.name()).isEqualTo("plant");
        assertThat(config.mode()).isEqualTo(MigrationConfig.Mode.BACKFILL);
        assertThat(config.iotdb().nodes()).hasSize(2);
        assertThat(config.cdc().specific()).isNotNull();
        assertThat(config.cdc().serverId()).isNotNull();
        assertThat(config.cutover().hooks().switchOver()).isEqualTo("./switch.sh");
        assertThat(config.mappings().get(0).measurements().get(0).encoding()).isEqualTo("GORILLA");
    }

    @Test
    void theReferenceLoadsAsItIsWritten() {
        MigrationConfig config =
                ConfigLoader.load(
                        Path.of("src/test/resources/config/reference.yml"),
                        Map.of("MYSQL_PASSWORD", "secret"));

        assertThat(config.name()).isEqualTo("plant");
        assertThat(config.iotdb().nodes())
                .containsExactly("iotdb:6667", "iotdb-1:6667", "iotdb-2:6667");
        assertThat(config.mappings().get(0).allMeasurements()).isFalse();
    }

    @Test
    void aConfigOfTheProofOfConceptLoadsUnchanged() {
        MigrationConfig config =
                ConfigLoader.load(Path.of("src/test/resources/config/poc.yml"), Map.of());

        assertThat(config.name()).isEqualTo("dev");
        assertThat(config.mode()).isEqualTo(MigrationConfig.Mode.BACKFILL);
        assertThat(config.mysql().password().reveal()).isEqualTo("123456");
        assertThat(config.mysql().timeZone()).isEqualTo(ZoneId.of("Asia/Hong_Kong"));
        assertThat(config.iotdb().nodes()).containsExactly("localhost:6667");
        assertThat(config.tables().get(0).columns()).hasSize(4);
        assertThat(config.partitioning())
                .isEqualTo(
                        new PartitioningConfig(
                                "id", BigInteger.ONE, BigInteger.valueOf(20_000), 100));
        assertThat(config.cdc().startupMode()).isEqualTo(StartupMode.SPECIFIC);
        assertThat(config.cdc().specific())
                .isEqualTo(new SpecificPosition("mysql-bin.000003", 123_456));
        assertThat(config.databases()).containsExactly("root.kanban");
        MappingConfig mapping = config.mappings().get(0);
        assertThat(mapping.deviceTemplate()).isEqualTo("root.kanban.device_{deviceId}");
        assertThat(mapping.onUpdate()).isEqualTo(OnUpdate.FAIL);
        assertThat(mapping.onDelete()).isEqualTo(OnDelete.FAIL);
        assertThat(mapping.measurements())
                .containsExactly(
                        new MeasurementConfig("reading", "reading", "DOUBLE", "GORILLA", "LZ4"));
    }
}
