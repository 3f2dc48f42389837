package io.iotdbmigrate.init;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.config.yaml.Secret;
import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.mysql.ForeignKeys.Reference;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                                        new TableGuess.None(name, "no reason")),
                                List.of(new LookupGuess(name, name, name, name, "no reason")));

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
                                List.of(MappingGuess.of(schema, "root.Plant.Reading")),
                                List.of());

        MigrationConfig config =
                ConfigLoader.load("new.yml", yaml, Map.of("MYSQL_PASSWORD", PASSWORD));

        assertThat(config.iotdb().database()).isEqualTo("plant");
        assertThat(config.mappings().get(0).target())
                .isEqualTo(new TargetTableConfig(null, List.of(TagConfig.of("Site"))));
    }

    @Test
    void columnsThatNameDevicesAreLookedUpWhereTheyLead() {
        TableSchema values =
                table(
                        "reading",
                        column("ts", "datetime"),
                        column("sensor_id", "int"),
                        column("x", "double"));
        TableSchema sensors =
                table(
                        "sensors",
                        column("id", "int"),
                        column("note", "varchar(9)"),
                        column("host", "varchar(9)"));
        List<TableGuess> guesses = List.of(MappingGuess.of(values, "root.p.r"));

        assertThat(LookupGuess.of(guesses, List.of(values, sensors), List.of(), Set.of()))
                .containsExactly(
                        new LookupGuess(
                                "sensor_id",
                                "sensors",
                                "id",
                                "host",
                                "it is called like the column"));
        assertThat(LookupGuess.of(guesses, List.of(values, sensors), List.of(), Set.of("sensors")))
                .isEmpty();
        TableSchema other = table("gauge", column("no", "int"), column("label", "varchar(9)"));
        assertThat(
                        LookupGuess.of(
                                guesses,
                                List.of(values, sensors, other),
                                List.of(new Reference("reading", "sensor_id", other.id(), "no")),
                                Set.of()))
                .containsExactly(
                        new LookupGuess(
                                "sensor_id", "gauge", "no", "label", "a foreign key leads there"));
    }

    private static TableSchema table(String name, Column... columns) {
        return new TableSchema(
                new TableId("p", name),
                List.of(columns),
                List.of(new TableKey(TableKey.PRIMARY, List.of(columns[0].name()), true)),
                0);
    }
}
