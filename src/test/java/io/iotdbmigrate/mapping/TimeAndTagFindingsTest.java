package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static io.iotdbmigrate.mapping.Columns.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mapping's time and TAGs say about columns that do not fit, as a user writes them. */
class TimeAndTagFindingsTest {
    private static final TableSchema READING =
            table(
                    column("id", "bigint"),
                    column("at", "datetime(6)"),
                    column("day", "date"),
                    column("clock", "time(6)"),
                    column("sec", "bigint"),
                    column("nano", "int"),
                    column("epoch", "double"),
                    column("ok", "bit(1)"),
                    column("text", "varchar(20)"),
                    column("time", "int"),
                    column("dev", "int"),
                    nullable("late", "datetime"),
                    nullable("v", "double"),
                    nullable("V2", "double"));

    private static String findings(String yaml) {
        MigrationConfig config =
                ConfigLoader.load(
                        "plant.yml",
                        """
                        connections:
                          mysql: {host: db, user: migrator, database: plant}
                          iotdb: {host: iotdb}
                        """
                                + yaml,
                        Map.of());
        List<Finding> findings =
                MappingPlanner.plan(
                                0,
                                config.mappings().get(0),
                                READING,
                                ZoneOffset.UTC,
                                new TargetFacts(TimePrecision.MS, 1_000))
                        .findings();
        return findings.stream()
                .filter(f -> f.severity() != Severity.OK)
                .map(f -> f.severity() + " " + f.sentence())
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    at, timestamp_format: iso | ERROR reading.at: timestamp_format is for columns of text and this is DATETIME(6); remove timestamp_format
                    at, timestamp_unit: ms | ERROR reading.at: timestamp_unit is for columns of numbers and this is DATETIME(6); remove timestamp_unit
                    at | WARNING reading.at
                    late | WARNING reading.late: is the time and may be null; rows with a null there are rejected
                    ok | ERROR reading.ok: BIT(1) cannot be the time; timestamp_field must be DATETIME
                    sec | WARNING reading.sec: is an integer time without a unit; ms is assumed
                    epoch | WARNING reading.epoch: is a number as time without a unit; ms is assumed
                    sec, timestamp_unit: ns | WARNING reading.sec
                    text | ERROR reading.text: VARCHAR(20) is the time as text, and its form is not known; set timestamp_format
                    text, timestamp_unit: s | ERROR reading.text: timestamp_unit is for columns of numbers and this is VARCHAR(20); set timestamp_format
                    '[day, clock], timestamp_unit: [s, ns]' | ERROR reading.day: timestamp_unit is for columns of numbers and this is DATE; remove timestamp_unit
                    '[day, clock]' | WARNING reading.clock
                    '[day, sec]' | ERROR reading.sec: DATE and BIGINT are no time together; timestamp_field takes two columns
                    '[sec, nano]' | ERROR reading.nano: the units of the two columns of the time are not known; set timestamp_unit
                    '[sec, nano], timestamp_unit: [ns, s]' | ERROR reading.nano: s is not finer than ns; the second column holds the fraction
                    '[sec, nano], timestamp_unit: [s, ns]' | WARNING reading.nano
                    """)
    void timesThatDoNotFit(String time, String expected) {
        assertThat(
                        findings(
                                """
                                iotdb:
                                  mappings:
                                    - {table: reading, timestamp_field: %s, device_template: root.r, measurements: [{name: v}]}
                                """
                                        .formatted(time)))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    '[at, dev], measurements: [{name: v}]' | ERROR reading.at: is the time and a TAG; take it out of tags
                    '[time], measurements: [{name: v}]' | ERROR reading.time: cannot be a TAG of this name: IoTDB's own column is called time; give it another name
                    '[epoch], measurements: [{name: v}]' | ERROR reading.epoch: DOUBLE cannot name a device; use integer or character columns in tags
                    '[dev], measurements: [{name: v}, {name: dev}]' | ERROR reading.dev: and another column are one in IoTDB
                    '[dev], measurements: [{name: _version, field: v}], on_update: version' | ERROR reading._version: cannot be a FIELD of this name: on_update: version writes a TAG _version
                    '[{name: _version, field: dev}], measurements: [{name: v}], on_update: version' | ERROR reading: has a TAG called _version, which on_update: version writes itself
                    '[dev], attributes: [{name: dev, field: text}], measurements: [{name: v}]' | ERROR reading.dev: is an attribute, and a TAG or IoTDB's own column has that name
                    """)
    void tagsThatDoNotFit(String tags, String expected) {
        assertThat(
                        findings(
                                """
                                iotdb:
                                  model: table
                                  database: plant
                                  mappings:
                                    - {table: reading, timestamp_field: at, tags: %s}
                                """
                                        .formatted(tags)))
                .contains(expected);
    }

    @Test
    void tagsAreNotGuessed() {
        assertThat(
                        findings(
                                """
                                iotdb:
                                  model: table
                                  database: plant
                                  mappings:
                                    - {table: reading, timestamp_field: at, measurements: [{name: v}]}
                                """))
                .contains(
                        "has no unique key of NOT NULL columns with the time in it",
                        "list them under tags");
    }
}
