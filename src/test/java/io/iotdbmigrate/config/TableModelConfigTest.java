package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.yaml.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code iotdb.model: table}. */
class TableModelConfigTest {
    private static final String CONNECTIONS =
            """
            name: p
            connections:
              mysql: {host: h, user: u, password: p, database: d}
              iotdb: {host: h}
            """;

    private static MigrationConfig load(String iotdb) {
        return ConfigLoader.load("p.yml", CONNECTIONS + iotdb, Map.of());
    }

    private static String tables(String database, String mapping) {
        return "iotdb:\n  model: table\n"
                + (database.isEmpty() ? "" : "  database: " + database + "\n")
                + "  mappings:\n    - {table: T, timestamp_field: ts, measurements: all, "
                + mapping
                + "}\n";
    }

    @Test
    void rowsGoToATableOfADatabase() {
        MigrationConfig config =
                load(tables("Plant_1", "tags: [Site, dev], target_table: All_Readings"));

        assertThat(config.iotdb().database()).isEqualTo("plant_1");
        assertThat(config.iotdb().tree().database()).isNull();
        assertThat(config.databases()).containsExactly("plant_1");
        assertThat(config.mappings().get(0).target())
                .isEqualTo(
                        new TargetTableConfig(
                                "all_readings",
                                List.of(TagConfig.of("Site"), TagConfig.of("dev"))));
        MigrationConfig again = ConfigLoader.load("p.yml", ConfigPrinter.print(config), Map.of());
        assertThat(again.mappings()).isEqualTo(config.mappings());
        assertThat(again.databases()).isEqualTo(config.databases());
    }

    @Test
    void tagsAndNameHaveDefaults() {
        assertThat(load(tables("p", "aligned: ")).mappings().get(0).target())
                .isEqualTo(new TargetTableConfig(null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    device_template: root.a.b | device_template | belongs to the tree model
                    device_field: dev         | device_field    | belongs to the tree model
                    aligned: true             | aligned         | belongs to the tree model
                    target_table: a-b         | target_table    | letters a to z, digits and _ only
                    target_table: température | target_table    | letters a to z, digits and _ only
                    target_table: time        | target_table    | cannot be a table's name
                    'tags: [a, A]'            | tags[1]         | is listed twice
                    'tags: [a.n, b.n]'        | tags[1]         | a.n are both the TAG n
                    'attributes: [a, A]'      | attributes[1]   | is listed twice
                    'attributes: [a.n, b.n]'  | attributes[1]   | a.n are both the ATTRIBUTE n
                    'attributes: [''{table}'']' | attributes[0] | put it into tags
                    'tags: [''{table}'']'     | tags[0]         | write tables: in place of table:
                    'tags: [''{x}'']'         | tags[0]         | write a column without braces
                    'tags: [''{table}'', ''{1}''], tables: x' | tags[1] | is no name of a TAG; write {name: ...
                    """)
    void whatTheTableModelHasNotIsRefused(String key, String path, String sentence) {
        assertThatThrownBy(() -> load(tables("p", key)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("iotdb.mappings[0]." + path)
                .hasMessageContaining(sentence);
    }

    @Test
    void whatTheTreeHasNotIsRefused() {
        assertThatThrownBy(
                        () ->
                                load(
                                        """
                                        iotdb:
                                          database: p
                                          mappings:
                                            - table: t
                                              timestamp_field: ts
                                              device_template: root.p.t
                                              measurements: all
                                              tags: [a]
                                              attributes: [b]
                                              target_table: x
                                              pivot: true
                                        """))
                .hasMessageContaining("iotdb.database: belongs to the table model")
                .hasMessageContaining("tags: belongs to the table model")
                .hasMessageContaining("attributes: belongs to the table model")
                .hasMessageContaining("target_table: belongs to the table model")
                .hasMessageContaining("pivot: belongs to the table model");
    }

    @Test
    void attributesAreColumnsAndLookUps() {
        MigrationConfig config =
                load(
                        tables("p", "tags: [b], attributes: [Model, {name: Of, field: b.key_}]")
                                .replace(
                                        "  mappings:",
                                        "  lookups: {b: {table: bs, key: id}}\n  mappings:"));

        assertThat(config.mappings().get(0).target())
                .isEqualTo(
                        new TargetTableConfig(
                                null,
                                List.of(TagConfig.of("b")),
                                List.of(
                                        TagConfig.of("Model"),
                                        new TagConfig("Of", "b.key_", null))));
        assertThat(config.usedLookups()).hasSize(1);
        MigrationConfig again = ConfigLoader.load("p.yml", ConfigPrinter.print(config), Map.of());
        assertThat(again.mappings()).isEqualTo(config.mappings());
    }

    @Test
    void encodingsAndTallNamesAreOfTheTree() {
        assertThatThrownBy(
                        () ->
                                load(
                                        """
                                        iotdb:
                                          model: table
                                          database: p
                                          mappings:
                                            - table: t
                                              timestamp_field: ts
                                              measurements: [{name: a, encoding: RLE}]
                                        """))
                .hasMessageContaining("encoding: belongs to the tree model");
        assertThatThrownBy(
                        () ->
                                load(
                                        """
                                        iotdb:
                                          model: table
                                          database: p
                                          mappings:
                                            - table: t
                                              timestamp_field: ts
                                              measurements: [{name: "{key}", field: value}]
                                        """))
                .hasMessageContaining("put the column into tags");
    }

    @Test
    void tagsAreColumnsLookUpsAndTheTable() {
        String tags =
                "tags: [a, b.key_, {name: Of, field: b.c.key_}, '{table}', {name: month, field: '{1}'}]";
        MigrationConfig config =
                load(
                        tables("p", tags)
                                .replace("table: T,", "tables: 'm_(\\d)',")
                                .replace(
                                        "  mappings:",
                                        "  lookups: {b: {table: bs, key: id}}\n  mappings:"));

        assertThat(config.mappings().get(0).target())
                .isEqualTo(
                        new TargetTableConfig(
                                null,
                                List.of(
                                        TagConfig.of("a"),
                                        TagConfig.of("b.key_"),
                                        new TagConfig("Of", "b.c.key_", null),
                                        TagConfig.of("{table}"),
                                        new TagConfig("month", "{1}", null))));
        assertThat(config.usedLookups()).hasSize(1);
        MigrationConfig again = ConfigLoader.load("p.yml", ConfigPrinter.print(config), Map.of());
        assertThat(again.mappings()).isEqualTo(config.mappings());
        assertThat(again.lookups()).isEqualTo(config.lookups());
    }

    private static String pivoted(String more) {
        return """
        iotdb:
          model: table
          database: p
          lookups: {item: {table: items, key: id}}
          mappings:
            - table: t
              timestamp_field: ts
              pivot: true
              tags: [host]
              measurements: [{name: "{item.key_}", field: value}]
        """
                + (more.isEmpty() ? "" : "      " + more + "\n");
    }

    @Test
    void namesOfRowsBecomeColumns() {
        MigrationConfig config = load(pivoted("target_table: x"));

        assertThat(config.mappings().get(0).target())
                .isEqualTo(
                        new TargetTableConfig("x", List.of(TagConfig.of("host")), List.of(), true));
        assertThat(config.usedLookups()).hasSize(1);
        MigrationConfig again = ConfigLoader.load("p.yml", ConfigPrinter.print(config), Map.of());
        assertThat(again.mappings()).isEqualTo(config.mappings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'attributes: [a]'      | attributes | leave them out, or make the names a TAG
                    'on_delete: mark'      | on_delete  | write delete or fail
                    'on_delete: ignore'    | on_delete  | write delete or fail
                    'on_cascade: reread'   | on_cascade | is not there with pivot
                    """)
    void whatDoesNotGoWithColumnsOfNamesIsRefused(String key, String path, String sentence) {
        assertThatThrownBy(() -> load(pivoted(key)))
                .hasMessageContaining("iotdb.mappings[0]." + path)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    all                                           | needs one measurement
                    '[{name: a, field: value}]'                   | the name of one column in braces
                    '[{name: "{a}_x", field: value}]'             | the name of one column in braces
                    '[{name: "{a}"}]'                             | needs the column of the value
                    '[{name: "{host}", field: value}]'            | of which pivot: true makes columns
                    '[{name: "{a}", field: b}, {name: "{a}_", field: c}]' | needs one measurement
                    """)
    void onlyATallTableHasNames(String measurements, String sentence) {
        assertThatThrownBy(
                        () ->
                                load(
                                        pivoted("")
                                                .replaceFirst(
                                                        "measurements: .*",
                                                        "measurements: " + measurements)))
                .hasMessageContaining(sentence);
    }

    @Test
    void lookedUpNamesNeedTags() {
        assertThatThrownBy(() -> load(pivoted("").replace("      tags: [host]\n", "")))
                .hasMessageContaining("the names come from a look-up");
    }

    @ParameterizedTest
    @CsvSource({"''", "information_schema", "root", "a.b", "1x"})
    void aDatabaseNeedsAName(String name) {
        assertThatThrownBy(() -> load(tables(name, "tags: [a]")))
                .hasMessageContaining("iotdb.database");
    }
}
