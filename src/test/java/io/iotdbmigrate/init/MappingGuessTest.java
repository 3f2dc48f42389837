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

        assertThat(guess.timeFields()).containsExactly("at_day");
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

        assertThat(guess.timeFields()).containsExactly("recordedAt");
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
        assertThat(guess.units()).containsExactly(TimestampUnit.MS);
    }

    @Test
    void anIntegerIsATimeOnlyIfItsNameSaysSo() {
        assertThat(
                        MappingGuess.of(
                                Columns.table(column("id", "bigint"), column("count", "bigint")),
                                "root.plant.reading"))
                .isEqualTo(new None("reading", "no column can be the time of a row"));
        assertThat(mapping(Columns.table(column("epoch", "int"), column("v", "int"))).units())
                .containsExactly(TimestampUnit.S);
        assertThat(mapping(Columns.table(column("time_us", "bigint"), column("v", "int"))).units())
                .containsExactly(TimestampUnit.US);
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

    /** As Zabbix, Home Assistant and Ignition have it. */
    @Test
    void aTimeInAKeyComesFirstAndTheRestOfTheKeyNamesTheDevice() {
        Mapping zabbix =
                mapping(
                        keyed(
                                List.of("itemid", "clock", "ns"),
                                column("itemid", "bigint unsigned"),
                                column("clock", "int"),
                                column("value", "double"),
                                column("ns", "int")));
        assertThat(zabbix.timeFields()).containsExactly("clock", "ns");
        assertThat(zabbix.units()).containsExactly(TimestampUnit.S, TimestampUnit.NS);
        assertThat(zabbix.deviceField()).isEqualTo("itemid");
        assertThat(zabbix.remarks()).isEmpty();

        Mapping states =
                mapping(
                        new TableSchema(
                                new TableId("plant", "states"),
                                List.of(
                                        column("state_id", "bigint"),
                                        nullable("state", "varchar(255)"),
                                        nullable("last_changed", "datetime(6)"),
                                        nullable("last_changed_ts", "double"),
                                        nullable("last_updated_ts", "double"),
                                        nullable("metadata_id", "bigint")),
                                List.of(
                                        new TableKey(TableKey.PRIMARY, List.of("state_id"), true),
                                        new TableKey(
                                                "ix",
                                                List.of("metadata_id", "last_updated_ts"),
                                                false)),
                                0));
        assertThat(states.timeFields()).containsExactly("last_updated_ts");
        assertThat(states.units()).containsExactly(TimestampUnit.S);
        assertThat(states.deviceField()).isEqualTo("metadata_id");

        Mapping ignition =
                mapping(
                        keyed(
                                List.of("tagid", "t_stamp"),
                                column("tagid", "int"),
                                nullable("floatvalue", "double"),
                                nullable("datevalue", "datetime(3)"),
                                column("t_stamp", "bigint")));
        assertThat(ignition.timeFields()).containsExactly("t_stamp");
        assertThat(ignition.units()).containsExactly(TimestampUnit.MS);
        assertThat(ignition.deviceTemplate()).isEqualTo("root.plant.reading.tagid_{tagid}");
    }

    @Test
    void aDateAndATimeInOneKeyAreTheTime() {
        Mapping guess =
                mapping(
                        keyed(
                                List.of("machine", "d", "t"),
                                column("machine", "varchar(9)"),
                                column("d", "date"),
                                column("t", "time"),
                                nullable("kw", "double")));
        assertThat(guess.timeFields()).containsExactly("d", "t");
        assertThat(guess.units()).isEmpty();
        assertThat(guess.deviceField()).isEqualTo("machine");
    }

    private static TableSchema named(String table, TableSchema like) {
        return new TableSchema(
                new TableId("plant", table), like.columns(), like.keys(), like.estimatedRows());
    }

    @Test
    void tablesThatAreAlikeButForNumbersBecomeOneMapping() {
        TableSchema month =
                keyed(
                        List.of("tagid", "t_stamp"),
                        column("tagid", "int"),
                        column("t_stamp", "bigint"),
                        nullable("v", "double"));
        TableSchema item =
                keyed(List.of("time"), column("time", "timestamp"), nullable("value", "double"));
        List<Shards> found =
                Shards.of(
                        List.of(
                                named("data_1_2025_12", month),
                                named("data_1_2026_01", month),
                                named("data_1_2026_02", month),
                                named("item1", item),
                                named("item12", item),
                                named("item7", item),
                                named("pair1", item),
                                named("pair2", item)));

        assertThat(found.stream().map(Shards::pattern))
                .containsExactly("data_1_(\\d{4})_(\\d{2})", "item(\\d+)");
        assertThat(found.get(0).name()).isEqualTo("data_1");
        Mapping months = (Mapping) MappingGuess.of(found.get(0), "root.p.data_1");
        assertThat(months.isPattern()).isTrue();
        assertThat(months.deviceTemplate()).isEqualTo("root.p.data_1.tagid_{tagid}");
        assertThat(months.remarks())
                .contains("stands for 3 tables: data_1_2025_12, data_1_2026_01, data_1_2026_02");
        Mapping items = (Mapping) MappingGuess.of(found.get(1), "root.p.item");
        assertThat(items.deviceTemplate()).isEqualTo("root.p.item.{table}");
        assertThat(items.remarks()).noneMatch(r -> r.contains("becomes a single one"));
    }

    @Test
    void aColumnThatNamesWhatWasMeasuredMakesATallTable() {
        Mapping guess =
                mapping(
                        keyed(
                                List.of("DEVICE", "READING", "TIMESTAMP"),
                                column("TIMESTAMP", "timestamp"),
                                column("DEVICE", "varchar(64)"),
                                column("READING", "varchar(64)"),
                                column("VALUE", "varchar(128)"),
                                nullable("UNIT", "varchar(32)")));

        assertThat(guess.deviceTemplate()).isEqualTo("root.plant.reading.{DEVICE}");
        assertThat(guess.measurements())
                .extracting(m -> m.name() + " " + m.type() + " " + m.kept() + " " + m.skips())
                .containsExactly(
                        "{READING} DOUBLE true true",
                        "{READING}_text TEXT true false",
                        "{READING}_UNIT TEXT false false");
        assertThat(guess.remarks()).singleElement().asString().contains("READING names what");
    }

    @Test
    void theNameOfATallRowMayStandInNoKey() {
        Mapping guess =
                mapping(
                        Columns.table(
                                column("id", "bigint"),
                                column("device_id", "int"),
                                column("variable_key", "varchar(32)"),
                                column("value", "double"),
                                column("collect_time", "datetime")));

        assertThat(guess.deviceTemplate()).isEqualTo("root.plant.reading.device_{device_id}");
        assertThat(guess.measurements().stream().filter(Measurement::kept))
                .extracting(Measurement::name)
                .containsExactly("{variable_key}");
    }
}
