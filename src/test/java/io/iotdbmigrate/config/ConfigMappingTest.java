package io.iotdbmigrate.config;

import static io.iotdbmigrate.config.ConfigTexts.MINIMAL;
import static io.iotdbmigrate.config.ConfigTexts.load;
import static io.iotdbmigrate.config.ConfigTexts.problem;
import static io.iotdbmigrate.config.ConfigTexts.problems;
import static io.iotdbmigrate.config.ConfigTexts.with;
import static io.iotdbmigrate.config.ConfigTexts.withMapping;
import static io.iotdbmigrate.config.ConfigTexts.withMeasurements;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMappingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
plant.{id}          | does not begin with root; write root. before it.
root                | is no more than root; write a path such as root.plant.
root..a             | has an empty name; write one name between two dots.
root.a.             | has an empty name; write one name between two dots.
root.a.{id          | has a { that is not closed; write {column}.
root.a.{i{d}}       | has a { inside of braces; close them with }.
root.a.id}          | has a } without a {; write {column}.
root.a.{}           | has {}, which names no column; write {column}.
root.a.{ id }       | has { id }, which names no column; write {column}.
root.a-b.{id}       | has the name a-b, which is more than letters, digits and _, or a number; write `a-b`.
root.12.{id}        | has the name 12, which is more than letters, digits and _, or a number; write `12`.
root.Time.{id}      | has the name Time, which IoTDB reserves; write `Time`.
root.`a.{id}        | has a backquote that is not closed; close it.
root.a`b`.{id}      | has a backquote in the middle of a name; quote the whole name.
root.`d {id}`       | has braces inside of backquotes; leave out the backquotes, names from columns are quoted where needed.
root.`d`{id}        | mixes backquotes and columns in one name; leave out the backquotes, names from columns are quoted where needed.
""")
    void refusesAnIllegalDeviceTemplate(String template, String sentence) {
        assertThat(problem(with("root.plant.all", "'" + template + "'")))
                .isEqualTo("iotdb.mappings[0].device_template: \"" + template + "\" " + sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root.plant.all",
                "root.{id}",
                "root.plant.{site}-{id}",
                "root.`a.b``c`.{id}",
                "root.工厂.{id}",
                "root.1a.{a.b}"
            })
    void acceptsALegalDeviceTemplate(String template) {
        assertThat(load(with("root.plant.all", template)).mappings().get(0).deviceTemplate())
                .isEqualTo(template);
    }

    @Test
    void refusesATemplateThatWouldCollapseDevices() {
        assertThat(problem(withMapping("device_field: deviceId")))
                .isEqualTo(
                        "iotdb.mappings[0].device_template: \"root.plant.all\" does not contain"
                                + " {deviceId}, so rows of different devices would collapse into"
                                + " one; add {deviceId} or remove device_field.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
[plant]              | iotdb.storage_groups[0]: "plant" is not a legal storage group: it does not begin with root; write root. before it.
[root]               | iotdb.storage_groups[0]: "root" is not a legal storage group: it is no more than root; write a path such as root.plant.
[root.plant, root.a-b] | iotdb.storage_groups[1]: "root.a-b" is not a legal storage group: it has the name a-b, which is more than letters, digits and _, or a number; write `a-b`.
[root.plant, root.`a b`] | iotdb.storage_groups[1]: "root.`a b`" is not a legal storage group: it has characters no database may have; use letters, digits, _ and -.
[root.plant, "root.{id}"] | iotdb.storage_groups[1]: "root.{id}" is not a legal storage group: it cannot have columns in braces; write a fixed path.
[root.plant, root.plant.a] | iotdb.storage_groups[1]: "root.plant.a" and root.plant lie in each other, which IoTDB refuses; keep one of the two.
[root.plant, root.__system] | iotdb.storage_groups[1]: "root.__system" is IoTDB's own database; choose another one.
[root.plant2]        | iotdb.mappings[0].device_template: "root.plant.all" lies under none of iotdb.storage_groups; add root.plant there or correct the template.
root.plant           | iotdb.storage_groups: "root.plant" is one value, but must be a list such as [root.plant].
""")
    void refusesAnIllegalStorageGroup(String groups, String message) {
        String yaml = with("  mappings:", "  storage_groups: " + groups + "\n  mappings:");

        assertThat(problems(yaml))
                .extracting(problem -> problem.path() + ": " + problem.sentence())
                .containsExactly(message);
    }

    @Test
    void refusesAStorageGroupLongerThanTheServerTakes() {
        String yaml =
                with(
                        "  mappings:",
                        "  storage_groups: [root.plant, root." + "x".repeat(60) + "]\n  mappings:");

        assertThat(problem(yaml)).contains("is longer than 64 characters");
    }

    @Test
    void acceptsATemplateWhoseDatabaseComesFromAColumn() {
        String yaml =
                with("root.plant.all", "root.site_{site}.{id}")
                        .replace("  mappings:", "  storage_groups: [root.site_a]\n  mappings:");

        assertThat(load(yaml).databases()).containsExactly("root.site_a");
    }

    @Test
    void refusesTheSameTableTwiceAtTheSameDevices() {
        String yaml =
                MINIMAL
                        + """
                          - table: ambience
                            timestamp_field: at
                            device_template: root.plant.all
                            measurements: all
                          - table: ambience
                            timestamp_field: at
                            device_template: root.plant.other
                            measurements: all
                          """
                                .indent(4);

        assertThat(problem(yaml))
                .isEqualTo(
                        "iotdb.mappings[1].table: \"ambience\" is already mapped to root.plant.all"
                                + " by iotdb.mappings[0]; remove one of the two or change its"
                                + " device_template.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
some                 | : "some" is one value, but must be a list of measurements, such as [{name: temperature}], or all.
[]                   | : names no measurement; write a list of measurements, such as [{name: temperature}], or all.
[{field: a}]         | [0].name: is missing; add the name of the measurement in IoTDB.
[{name: ""}]         | [0].name: is empty; write the name of the measurement in IoTDB.
[reading]            | [0]: "reading" is one value, but must be a map with keys of name, field, type, encoding, compression, on_invalid.
[{name: a, field: x}, {name: a}] | [1].name: "a" is already the name of iotdb.mappings[0].measurements[0]; choose another.
[{name: a, type: DECIMAL}] | [0].type: "DECIMAL" is not known here; write one of BOOLEAN, INT32, INT64, FLOAT, DOUBLE, TEXT, STRING, BLOB, DATE, TIMESTAMP.
[{name: a, type: TEXT, encoding: gorilla}] | [0].encoding: "GORILLA" is not possible for type TEXT; write one of PLAIN, DICTIONARY.
[{name: a, type: boolean, encoding: TS_2DIFF}] | [0].encoding: "TS_2DIFF" is not possible for type BOOLEAN; write one of PLAIN, RLE.
[{name: a, encoding: FREQ}] | [0].encoding: "FREQ" is accepted by IoTDB for no type; choose another one.
[{name: a, compression: BZIP}] | [0].compression: "BZIP" is not known here; write one of UNCOMPRESSED, SNAPPY, GZIP, LZ4, ZSTD, LZMA2.
""")
    void refusesAnIllegalMeasurement(String measurements, String message) {
        assertThat(problem(withMeasurements(measurements)))
                .isEqualTo("iotdb.mappings[0].measurements" + message);
    }

    @Test
    void wantsMeasurements() {
        assertThat(problem(with("      measurements: all\n", "")))
                .isEqualTo(
                        "iotdb.mappings[0].measurements: is missing; list the columns to copy, or"
                                + " write all.");
    }

    @Test
    void wantsOneMappingAtLeast() {
        String connections = MINIMAL.substring(0, MINIMAL.indexOf("iotdb:\n  mappings"));

        assertThat(problem(connections + "iotdb: {mappings: []}\n"))
                .isEqualTo("iotdb.mappings: is empty; add one entry for each table to copy.");
        assertThat(problem(connections))
                .isEqualTo("iotdb.mappings: is missing; add one entry for each table to copy.");
    }

    @Test
    void takesAppendOnlyAsFailOnUpdateAndDelete() {
        MappingConfig mapping =
                load(withMapping("append_only: true\non_update: fail")).mappings().get(0);

        assertThat(mapping.onUpdate()).isEqualTo(OnUpdate.FAIL);
        assertThat(mapping.onDelete()).isEqualTo(OnDelete.FAIL);
    }

    @Test
    void rereadingWantsThatIotdbFollowsMysql() {
        assertThat(load(withMapping("on_cascade: reread")).mappings().get(0).onCascade())
                .isEqualTo(RowPolicies.OnCascade.REREAD);
        assertThat(problems(withMapping("on_cascade: reread\non_delete: ignore")))
                .singleElement()
                .asString()
                .contains("iotdb.mappings[0].on_cascade")
                .contains("needs on_update: overwrite and on_delete: delete");
    }

    @Test
    void refusesAppendOnlyBesideAnotherRule() {
        assertThat(problems(withMapping("append_only: true\non_update: version\non_delete: mark")))
                .extracting(problem -> problem.path() + ": " + problem.sentence())
                .containsExactly(
                        "iotdb.mappings[0].on_update: \"version\" contradicts append_only: true,"
                                + " which means on_update: fail; remove one of the two.",
                        "iotdb.mappings[0].on_delete: \"mark\" contradicts append_only: true, which"
                                + " means on_delete: fail; remove one of the two.");
    }

    @Test
    void keepsTheMeasurementOfDeleteMarksFree() {
        String yaml =
                withMapping("on_delete: mark")
                        .replace("measurements: all", "measurements: [{name: _deleted}]");

        assertThat(problem(yaml))
                .isEqualTo(
                        "iotdb.mappings[0].measurements: has a measurement _deleted, which"
                                + " on_delete: mark writes itself; give it another name.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
{name: '{r}', field: v}, {name: x}             | 1 | has the name x for all rows, and {r} one for each: rows of a tall table would overwrite it for each other; put {r} into its name, too
{name: '{r}', field: v}, {name: '{s}', field: w} | 1 | is named by {s}, and {r} by {r}: a row of a tall table has one name; use the same columns, with text before or behind
{name: '{r}'}                                  | 0 | has the name {r} and no field; write field: and the column of the value
{name: '{r', field: v}                         | 0 | has the name {r, where a brace is not closed; write {column}
{name: 'a{}', field: v}                        | 0 | has {} in its name, which names no column; write {column}
""")
    void refusesNamesThatNoRowOfATallTableCouldHave(String list, int index, String sentence) {
        assertThat(problem(withMeasurements("[" + list + "]")))
                .isEqualTo("iotdb.mappings[0].measurements[" + index + "]: " + sentence + ".");
    }

    @Test
    void refusesVersionsOfATallTable() {
        assertThat(
                        problem(
                                withMeasurements("[{name: '{r}', field: v}]")
                                        .replace(
                                                "      measurements:",
                                                "      on_update: version\n      measurements:")))
                .startsWith("iotdb.mappings[0].on_update: is version, and the measurement {r} has");
    }
}
