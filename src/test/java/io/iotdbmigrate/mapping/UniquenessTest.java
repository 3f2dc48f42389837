package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniquenessTest {
    private static final TableKey SITE_AT = new TableKey("k", List.of("Site", "AT"), true);

    private static Optional<TableKey> guarantee(
            MappingBuilder mapping,
            String time,
            String zone,
            TimePrecision unit,
            TableKey... keys) {
        Column[] columns = {
            column("site", "varchar(9)"),
            column("line", "int"),
            column("at", time),
            column("t", "double")
        };
        TableSchema schema =
                new TableSchema(
                        new TableId("plant", "reading"), List.of(columns), List.of(keys), 0);
        TableMapping planned =
                Objects.requireNonNull(
                        MappingPlanner.plan(
                                        0,
                                        mapping.measurement("t").build(),
                                        schema,
                                        ZoneId.of(zone),
                                        new TargetFacts(unit, 1_000))
                                .mapping());
        return Uniqueness.guarantee(planned, schema);
    }

    private static MappingBuilder mapping() {
        return new MappingBuilder("root.plant.{site}", "at");
    }

    @Test
    void isGivenByAUniqueKeyOfDeviceAndTime() {
        assertThat(guarantee(mapping(), "timestamp", "Asia/Hong_Kong", TimePrecision.MS, SITE_AT))
                .contains(SITE_AT);
        TableKey timeOnly = new TableKey("at", List.of("at"), true);
        assertThat(guarantee(mapping(), "timestamp", "UTC", TimePrecision.MS, timeOnly))
                .contains(timeOnly);
    }

    @Test
    void isNotGivenByAKeyWithAnotherColumnOrWithNullsOrNotUnique() {
        TableKey wider = new TableKey("k", List.of("site", "at", "line"), true);
        TableKey loose = new TableKey("k", List.of("site", "at"), false);
        assertThat(guarantee(mapping(), "timestamp", "UTC", TimePrecision.MS, wider, loose))
                .isEmpty();
    }

    @Test
    void isNotGivenWhereTwoColumnsRunTogetherInOneNode() {
        TableKey key = new TableKey("k", List.of("site", "line", "at"), true);
        assertThat(
                        guarantee(
                                new MappingBuilder("root.plant.{site}{line}", "at"),
                                "timestamp",
                                "UTC",
                                TimePrecision.MS,
                                key))
                .isEmpty();
        assertThat(
                        guarantee(
                                new MappingBuilder("root.plant.{site}.{line}", "at"),
                                "timestamp",
                                "UTC",
                                TimePrecision.MS,
                                key))
                .contains(key);
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp(3), America/New_York, MS, true",
        "timestamp(6), America/New_York, MS, false",
        "timestamp(6), America/New_York, US, true",
        "datetime,     UTC,              MS, true",
        "datetime,     +08:00,           MS, true",
        // 01:30 and 02:30 of the night clocks go forward are one instant.
        "datetime,     America/New_York, MS, false",
        "datetime(6),  UTC,              MS, false",
        "date,         UTC,              MS, true",
        "date,         Pacific/Apia,     MS, false"
    })
    void needsATimeThatKeepsItsDifferences(
            String type, String zone, TimePrecision precision, boolean expected) {
        assertThat(guarantee(mapping(), type, zone, precision, SITE_AT).isPresent())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "S,  MS, true",
        "MS, MS, true",
        "US, MS, false",
        "US, US, true",
        "NS, US, false",
        "NS, NS, true",
        "  , MS, true"
    })
    void needsAnIntegerUnitThatTheServerHolds(
            TimestampUnit unit, TimePrecision precision, boolean expected) {
        MappingBuilder mapping = mapping();
        if (unit != null) {
            mapping.unit(unit);
        }
        assertThat(guarantee(mapping, "bigint", "UTC", precision, SITE_AT).isPresent())
                .isEqualTo(expected);
    }
}
