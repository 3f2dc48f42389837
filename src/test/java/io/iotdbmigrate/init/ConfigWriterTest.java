package io.iotdbmigrate.init;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.config.yaml.Secret;
import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWriterTest {
    private static final String PASSWORD = "s3cr3t";

    @ParameterizedTest
    @ValueSource(strings = {"plain", "null", "42", "a b", "a:b #c", "it's \"x\"", "a\nb", "Łuk`x"})
    void whateverTheNamesAreTheFileLoads(String name) {
        TableSchema named =
                new TableSchema(
                        new TableId(name, name),
                        Columns.table(column("ts", "datetime"), column(name, "int")).columns(),
                        List.of(),
                        0);
        ConfigRequest request =
                new ConfigRequest(
                        "db",
                        3306,
                        name,
                        new Secret(PASSWORD),
                        name,
                        List.of(),
                        null,
                        "iotdb",
                        6667,
                        "root",
                        false,
                        false);
        String yaml =
                new ConfigWriter()
                        .write(
                                request,
                                "UTC",
                                "so said",
                                "root." + IotdbNames.plain(name),
                                List.of(
                                        MappingGuess.of(
                                                named, "root." + IotdbNames.plain(name) + ".t"),
                                        new TableGuess.None(name, "no reason")));

        MigrationConfig config =
                ConfigLoader.load("new.yml", yaml, Map.of("MYSQL_PASSWORD", PASSWORD));

        assertThat(yaml).doesNotContain(PASSWORD);
        assertThat(config.mysql().database()).isEqualTo(name);
        assertThat(config.mappings().get(0).table()).isEqualTo(name);
        assertThat(config.mappings().get(0).measurements().get(0).field()).isEqualTo(name);
    }

    @Test
    void ofTheTableModelItNamesTags() {
        TableSchema schema =
                new TableSchema(
                        new TableId("Plant", "Reading"),
                        Columns.table(
                                        column("Site", "varchar(9)"),
                                        column("ts", "datetime"),
                                        column("v", "int"))
                                .columns(),
                        List.of(new TableKey("k", List.of("Site", "ts"), true)),
                        0);
        String yaml =
                new ConfigWriter()
                        .write(
                                new ConfigRequest(
                                        "db",
                                        3306,
                                        "u",
                                        new Secret(PASSWORD),
                                        "Plant",
                                        List.of(),
                                        null,
                                        "iotdb",
                                        6667,
                                        "root",
                                        false,
                                        true),
                                "UTC",
                                "so said",
                                "root.Plant",
                                List.of(MappingGuess.of(schema, "root.Plant.Reading")));

        MigrationConfig config =
                ConfigLoader.load("new.yml", yaml, Map.of("MYSQL_PASSWORD", PASSWORD));

        assertThat(config.iotdb().database()).isEqualTo("plant");
        assertThat(config.mappings().get(0).target())
                .isEqualTo(new TargetTableConfig(null, List.of("Site")));
    }
}
