package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.yaml.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several tables of one mapping. */
class ConfigTablesTest {
    private static MigrationConfig load(String tables, String template) {
        return ConfigTexts.load(
                ConfigTexts.withMeasurements("all")
                        .replace("table: ambience", tables)
                        .replace("root.plant.all", "'" + template + "'"));
    }

    @Test
    void readsAListAndAPattern() {
        assertThat(load("tables: [a, db.b]", "root.plant.{table}").mappings().get(0).tables())
                .isEqualTo(new TablesConfig(false, List.of("a", "db.b")));
        assertThat(load("tables: 'x(\\d)'", "root.plant.x{1}").mappings().get(0).tables())
                .isEqualTo(new TablesConfig(true, List.of("x(\\d)")));
        assertThat(ConfigPrinter.print(load("tables: 'x(\\d)'", "root.plant.x{1}")))
                .contains("tables: x(\\d)")
                .doesNotContain("table: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "tables: 'x('|root.p.a|\"x(\" is no regular expression",
                "tables: []|root.p.a|names no table",
                "tables: [a, a]|root.p.a|\"a\" is listed twice",
                "tables: 'x(\\d)'|root.p.x{2}|has {2}, and tables has groups 1 to 1",
                "tables: [a]|root.p.x{1}|has {1}, and tables has no group",
                "{tables: [a], table: b}|root.p.a|and table are both given"
            })
    void refusesWhatIsNone(String tables, String template, String message) {
        String written = tables.startsWith("{") ? "tables: [a]\n      table: b" : tables;
        assertThatThrownBy(() -> load(written, template))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x\\d       | plant | x1    | true",
                "x\\d       | plant | X1    | false",
                "x\\d       | plant | x12   | false",
                "x\\d       | other | x1    | false",
                "o.*\\.x\\d | other | x1    | true",
                "o.*\\.x\\d | plant | x1    | false"
            })
    void matchesWholeNames(String pattern, String database, String table, boolean matches) {
        assertThat(new TablesConfig(true, List.of(pattern)).matches("plant", database, table))
                .isEqualTo(matches);
    }
}
