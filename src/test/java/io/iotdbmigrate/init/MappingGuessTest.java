package io.iotdbmigrate.init;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.init.TableGuess.Mapping;
import io.iotdbmigrate.init.TableGuess.Measurement;
import io.iotdbmigrate.init.TableGuess.None;
import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingGuessTest {
    private static TableSchema keyed(List<String> primary, Column... columns) {
        return new TableSchema(
                new TableId("plant", "reading"),
                List.of(columns),
                List.of(new TableKey(TableKey.PRIMARY, primary, true)),
                0);
    }

    private static Mapping mapping(TableSchema schema) {
        return (Mapping) MappingGuess.of(schema, "root.plant.reading");
    }

    private static Measurement measurement(Mapping mapping, String column) {
        return mapping.measurements().stream()
                .filter(m -> m.column().equals(column))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theKeySaysDeviceAndTime() {
        Mapping guess =
                mapping(
                        keyed(
                                List.of("place", "at_day"),
                                column("place", "varchar(32)"),
                                column("at_day", "date"),
                                column("created_at", "datetime(3)"),
                                column("rain", "double")));

        assertThat(guess.timeField()).isEqualTo("at_day");
        assertThat(guess.deviceField()).isEqualTo("place");
        assertThat(guess.deviceTemplate()).isEqualTo("root.plant.reading.{place}");
        assertThat(guess.remarks()).isEmpty();
    }

    @Test
    void withoutSuchAKeyTheNamesDo() {
        Mapping guess =
                mapping(
                        Columns.table(
                                column("id", "bigint"),
                                column("updatedAt", "datetime"),
                                nullable("recordedAt", "datetime(6)"),
                                column("deviceId", "int"),
                                nullable("value", "double")));

        assertThat(guess.timeField()).isEqualTo("recordedAt");
        assertThat(guess.deviceTemplate()).isEqualTo("root.plant.reading.device_{deviceId}");
        assertThat(guess.remarks())
                .anyMatch(r -> r.contains("may be null"))
                .anyMatch(r -> r.contains("milliseconds"))
                .anyMatch(r -> r.contains("no unique key"));
        assertThat(measurement(guess, "id").kept()).isFalse();
        assertThat(measurement(guess, "updatedAt").kept()).isTrue();
    }

    @Test
    void severalColumnsOfAKeyAreANodeEach() {
        Mapping guess =
                mapping(
                        keyed(
                                List.of("site", "machine_id", "ts"),
                                column("site", "varchar(8)"),
                                column("machine_id", "int"),
                                column("ts", "bigint"),
                                column("v", "int")));

        assertThat(guess.deviceField()).isNull();
        assertThat(guess.deviceTemplate())
                .isEqualTo("root.plant.reading.{site}.machine_{machine_id}");
        assertThat(guess.unit()).isEqualTo(TimestampUnit.MS);
    }

    @Test
    void anIntegerIsATimeOnlyIfItsNameSaysSo() {
        assertThat(
                        MappingGuess.of(
                                Columns.table(column("id", "bigint"), column("count", "bigint")),
                                "root.plant.reading"))
                .isEqualTo(new None("reading", "no column can be the time of a row"));
        assertThat(mapping(Columns.table(column("epoch", "int"), column("v", "int"))).unit())
                .isEqualTo(TimestampUnit.S);
        assertThat(mapping(Columns.table(column("time_us", "bigint"), column("v", "int"))).unit())
                .isEqualTo(TimestampUnit.US);
    }

    @Test
    void aTableWithoutADeviceBecomesOne() {
        Mapping guess = mapping(Columns.table(column("ts", "datetime"), column("v", "int")));

        assertThat(guess.deviceTemplate()).isEqualTo("root.plant.reading");
        assertThat(guess.remarks()).anyMatch(r -> r.contains("single one"));
    }

    @Test
    void nothingToMeasureIsNoMapping() {
        assertThat(
                        MappingGuess.of(
                                Columns.table(column("ts", "datetime"), column("g", "geometry")),
                                "root.plant.reading"))
                .isInstanceOf(None.class);
    }

    @Test
    void riskyColumnsGetARemark() {
        Mapping guess =
                mapping(
                        Columns.table(
                                column("ts", "datetime"),
                                column("flag", "tinyint(1)"),
                                column("big", "bigint unsigned"),
                                column("exact", "decimal(20,4)"),
                                column("area", "geometry"),
                                column("timestamp", "varchar(9)"),
                                column("v", "double")));

        assertThat(measurement(guess, "flag").remark()).contains("INT32");
        assertThat(measurement(guess, "big").remark()).contains("TEXT");
        assertThat(measurement(guess, "exact").remark()).contains("DOUBLE");
        assertThat(measurement(guess, "area").kept()).isFalse();
        assertThat(measurement(guess, "timestamp").name()).isEqualTo("timestamp_");
        assertThat(measurement(guess, "v").remark()).isEmpty();
    }
}
