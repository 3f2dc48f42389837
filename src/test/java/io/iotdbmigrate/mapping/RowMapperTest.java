package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.RowMapper.Mapped;
import io.iotdbmigrate.mapping.RowMapper.Rejected;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.RejectedRow;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowMapperTest {
    /** Columns in reading order: dev, reading, at, v. */
    private static RowMapper pivoted() {
        return new RowMapper(
                new MappingBuilder("", "at")
                        .measurement(new MeasurementConfig("{reading}", "v", null, null, null))
                        .target(
                                new TargetTableConfig(
                                        "r", List.of(TagConfig.of("dev")), List.of(), true))
                        .plan(
                                TimePrecision.MS,
                                column("dev", "int"),
                                nullable("reading", "varchar(20)"),
                                column("at", "bigint"),
                                nullable("v", "int")));
    }

    @Test
    void aNameStandsBehindTheTags() {
        RowMapper.Result result = pivoted().map(new Object[] {7L, "Volt", 5L, 3L});

        TargetRow row = ((RowMapper.Mapped) result).row();
        assertThat(row.device().path()).isEqualTo("r('7', 'Volt')");
        assertThat(row.values()).containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "NULL, 'a column needs a name, this is null'",
                "'',   'a column needs a name, this is empty'",
                "Time, 'cannot name a column: IoTDB''s table has another of the name time'",
                "DEV,  'cannot name a column: IoTDB''s table has another of the name dev'"
            })
    void aNameThatNoColumnCanHaveIsRejected(String name, String reason) {
        RowMapper.Result result = pivoted().map(new Object[] {7L, name, 5L, 3L});

        RejectedRow rejected = ((RowMapper.Rejected) result).row();
        assertThat(rejected.column()).isEqualTo("reading");
        assertThat(rejected.reason()).isEqualTo(reason);
    }

    /** 2024-01-01T08:00 on the wall clock of Hong Kong, which is midnight UTC. */
    private static final Long EIGHT = 1704096000000000L;

    private static final long MIDNIGHT = 1704067200000L;

    /** Columns in reading order: site, at, t, ok, day, note, id. */
    private static RowMapper readings() {
        return new RowMapper(
                new MappingBuilder("root.plant.{site}", "at")
                        .measurement("t")
                        .measurement("ok")
                        .measurement("day")
                        .measurement("note")
                        .plan(
                                TimePrecision.MS,
                                column("id", "bigint"),
                                nullable("site", "varchar(20)"),
                                nullable("at", "datetime(3)"),
                                nullable("t", "bigint unsigned"),
                                nullable("ok", "tinyint(1)"),
                                nullable("day", "date"),
                                nullable("note", "text")));
    }

    private static TargetRow mapped(RowMapper mapper, Object... row) {
        assertThat(mapper.map(row)).isInstanceOf(Mapped.class);
        return ((Mapped) mapper.map(row)).row();
    }

    private static RejectedRow rejected(RowMapper mapper, Object... row) {
        assertThat(mapper.map(row)).isInstanceOf(Rejected.class);
        return ((Rejected) mapper.map(row)).row();
    }

    @Test
    void mapsARow() {
        TargetRow row = mapped(readings(), "s1", EIGHT, 7L, 1L, 19723L, "é", 5L);
        assertThat(row.device()).isEqualTo(Device.of("root.plant.s1"));
        assertThat(row.time()).isEqualTo(MIDNIGHT);
        assertThat(row.values())
                .containsExactly(7L, true, LocalDate.of(2024, 1, 1), "é".getBytes(UTF_8));
        assertThat(row.isEmpty()).isFalse();
    }

    /** The server of these tests takes 1,000 bytes; three values before it have eight each. */
    @Test
    void rejectsARowThatIsLongerThanARequest() {
        String longest = "x".repeat(1_000 - 3 * 8);
        assertThat(mapped(readings(), "s1", EIGHT, 7L, 1L, 19723L, longest, 5L).isEmpty())
                .isFalse();

        RejectedRow row = rejected(readings(), "s1", EIGHT, 7L, 1L, 19723L, longest + "yz", 5L);

        assertThat(row.column()).isEqualTo("note");
        assertThat(row.key()).isEqualTo("id=5");
        assertThat(row.reason()).contains("1002 bytes", "1000", "dn_thrift_max_frame_size");
        RejectedRow text = rejected(readings(), "s1", EIGHT, 7L, 1L, 19723L, longest.repeat(3), 5L);
        assertThat(text.value()).endsWith("x... (2928 characters)").hasSizeLessThan(1_100);
    }

    @Test
    void leavesNullsNull() {
        TargetRow row = mapped(readings(), "s1", EIGHT, null, 0L, null, null, 5L);
        assertThat(row.values()).containsExactly(null, false, null, null);
        assertThat(row.isEmpty()).isFalse();
    }

    @Test
    void mapsARowOfNullsToAnEmptyRow() {
        TargetRow row = mapped(readings(), "s1", EIGHT, null, null, null, null, 5L);
        assertThat(row.isEmpty()).isTrue();
        assertThat(row.device().path()).isEqualTo("root.plant.s1");
        assertThat(row.time()).isEqualTo(MIDNIGHT);
    }

    @Test
    void rejectsANullDevice() {
        RejectedRow row = rejected(readings(), null, EIGHT, 7L, 1L, 19723L, "n", 5L);
        assertThat(row.table()).isEqualTo(new TableId("plant", "reading"));
        assertThat(row.key()).isEqualTo("id=5");
        assertThat(row.column()).isEqualTo("site");
        assertThat(row.value()).isEqualTo("NULL");
        assertThat(row.reason()).contains("null");
    }

    @Test
    void rejectsAnEmptyDevice() {
        RejectedRow row = rejected(readings(), "", EIGHT, 7L, 1L, 19723L, "n", 5L);
        assertThat(row.column()).isEqualTo("site");
        assertThat(row.value()).isEmpty();
        assertThat(row.reason()).contains("empty");
    }

    @Test
    void rejectsADeviceOfNoBytesAndOneOfNoDate() {
        MappingBuilder mapping = new MappingBuilder("root.plant.{site}", "at").measurement("t");
        RowMapper bytes =
                new RowMapper(
                        mapping.plan(
                                TimePrecision.MS,
                                column("site", "varbinary(4)"),
                                column("at", "datetime"),
                                column("t", "int")));
        assertThat(rejected(bytes, new byte[0], EIGHT, 7L).column()).isEqualTo("site");
        assertThat(mapped(bytes, new byte[] {10, -1}, EIGHT, 7L).device().path())
                .isEqualTo("root.plant.`0aff`");

        RowMapper dates =
                new RowMapper(
                        mapping.plan(
                                TimePrecision.MS,
                                column("site", "date"),
                                column("at", "datetime"),
                                column("t", "int")));
        RejectedRow row = rejected(dates, ZeroDate.ZERO_DATE, EIGHT, 7L);
        assertThat(row.column()).isEqualTo("site");
        assertThat(row.value()).isEqualTo("0000-00-00");
        assertThat(mapped(dates, 19723L, EIGHT, 7L).device().path())
                .isEqualTo("root.plant.`2024-01-01`");
    }

    /** The server refuses the whole tablet of such a device, or worse, cannot delete it again. */
    @ParameterizedTest
    @ValueSource(strings = {"time", "Timestamp", "root", "a\nb", "a\tb"})
    void rejectsADeviceThatIoTDBCannotHave(String site) {
        RowMapper mapper = readings();
        for (int again = 0; again < 2; again++) {
            RejectedRow row = rejected(mapper, site, EIGHT, 7L, 1L, 19723L, "n", 5L);
            assertThat(row.column()).isEqualTo("site");
            assertThat(row.value()).isEqualTo(site);
            assertThat(row.reason()).startsWith("cannot name a device: IoTDB");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "/a", "a/", "/"})
    void rejectsAValueWithAnEmptyPart(String path) {
        RowMapper mapper =
                new RowMapper(
                        new MappingBuilder("root.plant.{path/}.x", "at")
                                .measurement("t")
                                .plan(
                                        TimePrecision.MS,
                                        column("path", "varchar(20)"),
                                        column("at", "datetime(3)"),
                                        column("t", "bigint")));
        assertThat(mapped(mapper, "a/b.c", EIGHT, 7L).device())
                .isEqualTo(Device.of("root.plant.a.`b.c`.x"));
        RejectedRow row = rejected(mapper, path, EIGHT, 7L);
        assertThat(row.column()).isEqualTo("path");
        assertThat(row.reason())
                .isEqualTo("cannot name a device: a name in an IoTDB path cannot be empty");
    }

    @Test
    void namesAColumnOfTheNodeThatCannotBe() {
        RowMapper mapper =
                new RowMapper(
                        new MappingBuilder("root.{a}.{b}{c}.{d}", "at")
                                .measurement("t")
                                .plan(
                                        TimePrecision.MS,
                                        column("a", "varchar(9)"),
                                        column("b", "varchar(9)"),
                                        column("c", "varchar(9)"),
                                        column("d", "varchar(9)"),
                                        column("at", "datetime"),
                                        column("t", "int")));
        assertThat(rejected(mapper, "x", "ti", "me", "y", EIGHT, 7L).column()).isEqualTo("b");
        assertThat(mapped(mapper, "x", "ti", "m", "y", EIGHT, 7L).device().path())
                .isEqualTo("root.x.tim.y");
    }

    @Test
    void rejectsANullTime() {
        RejectedRow row = rejected(readings(), "s1", null, 7L, 1L, 19723L, "n", 5L);
        assertThat(row.column()).isEqualTo("at");
        assertThat(row.value()).isEqualTo("NULL");
        assertThat(row.reason()).isEqualTo("the time is null");
    }

    @Test
    void rejectsAZeroDateAsTime() {
        RowMapper mapper = readings();
        RejectedRow row =
                rejected(mapper, "s1", ZeroDate.ZERO_DATE, 7L, 1L, ZeroDate.ZERO_DATE, "n", 5L);
        assertThat(row.column()).isEqualTo("at");
        assertThat(row.value()).isEqualTo("0000-00-00");
        assertThat(mapper.zeroDates()).isZero();
    }

    @Test
    void countsZeroDatesOfRowsThatAreWritten() {
        RowMapper mapper = readings();
        Object[] row = {"s1", EIGHT, 7L, 1L, ZeroDate.ZERO_DATE, "n", 5L};
        assertThat(((Mapped) mapper.map(row)).row().values()[2]).isNull();
        assertThat(mapper.zeroDates()).isEqualTo(1);
        mapper.map(row);
        assertThat(mapper.zeroDates()).isEqualTo(2);
    }

    @Test
    void countsNoZeroDateOfARejectedRow() {
        RowMapper mapper =
                new RowMapper(
                        new MappingBuilder("root.plant.{site}", "at")
                                .measurement("day")
                                .measurement("ok")
                                .plan(
                                        TimePrecision.MS,
                                        column("site", "int"),
                                        column("at", "datetime"),
                                        column("day", "date"),
                                        column("ok", "tinyint(1)")));
        assertThat(mapper.map(new Object[] {1L, EIGHT, ZeroDate.ZERO_DATE, 2L}))
                .isInstanceOf(Rejected.class);
        assertThat(mapper.zeroDates()).isZero();
    }

    @Test
    void namesTheColumnWhoseValueIsOutOfRange() {
        RejectedRow unsigned =
                rejected(
                        readings(),
                        "s1",
                        EIGHT,
                        new BigInteger("9223372036854775808"),
                        1L,
                        19723L,
                        "n",
                        5L);
        assertThat(unsigned.column()).isEqualTo("t");
        assertThat(unsigned.value()).isEqualTo("9223372036854775808");

        RejectedRow bool = rejected(readings(), "s1", EIGHT, 7L, 2L, 19723L, "n", 5L);
        assertThat(bool.column()).isEqualTo("ok");
        assertThat(bool.value()).isEqualTo("2");

        RejectedRow date = rejected(readings(), "s1", EIGHT, 7L, 1L, -400_000L, "n", 5L);
        assertThat(date.column()).isEqualTo("day");
        assertThat(date.value()).isEqualTo("0874-11-02");
    }

    @Test
    void namesATimeOutOfRange() {
        RowMapper mapper =
                new RowMapper(
                        new MappingBuilder("root.plant.{site}", "at")
                                .unit(TimestampUnit.S)
                                .measurement("t")
                                .plan(
                                        TimePrecision.NS,
                                        column("site", "int"),
                                        column("at", "bigint"),
                                        column("t", "int")));
        RejectedRow row = rejected(mapper, 1L, Long.MAX_VALUE, 3L);
        assertThat(row.column()).isEqualTo("at");
        assertThat(row.value()).isEqualTo("9223372036854775807");
    }

    @Test
    void namesTheWholeRowWhereThereIsNoKey() {
        RowMapper mapper =
                new RowMapper(
                        new MappingBuilder("root.plant.{site}", "at")
                                .measurement("t")
                                .plan(
                                        TimePrecision.MS,
                                        column("site", "int"),
                                        nullable("at", "datetime"),
                                        nullable("t", "int")));
        assertThat(rejected(mapper, 1L, null, 3L).key()).isEqualTo("site=1, at=NULL, t=3");
    }

    @Test
    void takesSeveralColumnsForADevice() {
        RowMapper mapper =
                new RowMapper(
                        new MappingBuilder("root.{site}.line_{line}.{site}", "at")
                                .measurement("t")
                                .plan(
                                        TimePrecision.MS,
                                        column("line", "int"),
                                        nullable("site", "varchar(9)"),
                                        column("at", "datetime"),
                                        column("t", "int")));
        assertThat(mapped(mapper, "a.b", 1L, EIGHT, 7L).device().path())
                .isEqualTo("root.`a.b`.line_1.`a.b`");
        assertThat(mapped(mapper, "a", 12L, EIGHT, 7L).device().path())
                .isEqualTo("root.a.line_12.a");
        assertThat(mapped(mapper, "a.b", 1L, EIGHT, 7L).device().path())
                .isEqualTo("root.`a.b`.line_1.`a.b`");
        assertThat(rejected(mapper, null, 1L, EIGHT, 7L).column()).isEqualTo("site");
    }

    @Test
    void takesAFixedDevice() {
        RowMapper mapper =
                new RowMapper(
                        new MappingBuilder("root.plant.line", "at")
                                .measurement("t")
                                .plan(
                                        TimePrecision.MS,
                                        column("at", "datetime"),
                                        column("t", "int")));
        assertThat(mapped(mapper, EIGHT, 7L).device().path()).isEqualTo("root.plant.line");
        assertThat(mapped(mapper, EIGHT, 8L).device().path()).isEqualTo("root.plant.line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"New York", "a.b", "12", "`", "roots", "É", "é", "S1"})
    void tellsDevicesApartByEveryByteOfTheirName(String site) {
        RowMapper mapper = readings();
        Device plain = mapped(mapper, "s1", EIGHT, 7L, 1L, 19723L, "n", 5L).device();
        Device other = mapped(mapper, site, EIGHT, 7L, 1L, 19723L, "n", 5L).device();
        assertThat(other).isNotEqualTo(plain);
        assertThat(other.path()).isEqualTo("root.plant." + PathNode.quote(site));
    }

    @Test
    void keepsDevicesApartWhenThereAreMoreThanItRemembers() {
        RowMapper mapper = readings();
        for (int i = 0; i < 250_000; i++) {
            Object[] row = {"s" + i, EIGHT, 7L, 1L, 19723L, "n", 5L};
            String path = ((Mapped) mapper.map(row)).row().device().path();
            if (!path.equals("root.plant.s" + i)) {
                assertThat(path).isEqualTo("root.plant.s" + i);
            }
        }
    }
}
