package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowClockTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long DAY = 20_454;

    private static RowClock clock(RowTime time, TimePrecision precision, String... types) {
        List<Column> columns = Arrays.stream(types).map(type -> Columns.column("c", type)).toList();
        return RowClock.of(time, columns, BERLIN, precision);
    }

    private static void assertRejected(RowClock clock, String reason, Object... row) {
        assertThatThrownBy(() -> clock.of(row))
                .isInstanceOf(RejectedValueException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        // Each of these doubles lies below the number that was written.
        "1767225602.57,     MS, 1767225602570",
        "1767225603.29,     MS, 1767225603290",
        "1735689600.123457, US, 1735689600123457",
        "1767225600.000999, MS, 1767225600000",
        "1767225600.999999, MS, 1767225600999",
        "1767225600.1,      NS, 1767225600100000000",
        "0.001,             MS, 1",
        "-0.0005,           MS, -1",
        "0,                 NS, 0"
    })
    void readsDoubleSecondsAsTheyWereWritten(double seconds, TimePrecision precision, long expected)
            throws RejectedValueException {
        RowClock clock = clock(new RowTime.Count(0, TimestampUnit.S), precision, "double");

        assertThat(clock.of(new Object[] {seconds})).isEqualTo(expected);
    }

    /** All milliseconds of a day, as DOUBLE seconds. */
    @Test
    void losesNoMillisecondOfADay() throws RejectedValueException {
        RowClock clock = clock(new RowTime.Count(0, TimestampUnit.S), TimePrecision.MS, "double");
        for (long ms = 1767225600000L; ms < 1767225600000L + 86_400_000L; ms += 7) {
            double seconds = BigDecimal.valueOf(ms, 3).doubleValue();
            if (clock.of(new Object[] {seconds}) != ms) {
                assertThat(clock.of(new Object[] {seconds})).isEqualTo(ms);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600.000999,    S,  MS, 1767225600000",
        "1767225600.123456789, S,  NS, 1767225600123456789",
        "1767225600000.5,      MS, US, 1767225600000500",
        "-0.0001,              S,  MS, -1",
        "1767225600123456.9,   US, MS, 1767225600123"
    })
    void cutsDecimalsTowardsThePast(
            BigDecimal value, TimestampUnit unit, TimePrecision precision, long expected)
            throws RejectedValueException {
        RowClock clock = clock(new RowTime.Count(0, unit), precision, "decimal(30,9)");

        assertThat(clock.of(new Object[] {value})).isEqualTo(expected);
    }

    @Test
    void rejectsNumbersBeyondTheLongs() {
        RowTime time = new RowTime.Count(0, TimestampUnit.S);
        assertRejected(clock(time, TimePrecision.NS, "double"), "beyond", 1e11);
        assertRejected(clock(time, TimePrecision.MS, "double"), "beyond", 1e300);
        assertRejected(
                clock(time, TimePrecision.MS, "decimal(65)"), "beyond", new BigDecimal("-1e60"));
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600, 1999999,   S,  NS, MS, 1767225600001",
        "1767225600, 1999999,   S,  NS, NS, 1767225600001999999",
        "-1,         999999999, S,  NS, MS, -1",
        "1767225600, 999,       S,  MS, NS, 1767225600999000000",
        "1767225600, 7,         MS, US, MS, 1767225600",
        "1999,       7,         US, NS, MS, 1",
        "-1,         0,         US, NS, MS, -1"
    })
    void addsSecondsAndTheirFraction(
            long count,
            long fraction,
            TimestampUnit unit,
            TimestampUnit fractionUnit,
            TimePrecision precision,
            long expected)
            throws RejectedValueException {
        RowClock clock =
                clock(
                        new RowTime.CountAndFraction(0, unit, 1, fractionUnit),
                        precision,
                        "int",
                        "int");

        assertThat(clock.of(new Object[] {count, fraction})).isEqualTo(expected);
    }

    @Test
    void rejectsAFractionOfMoreThanOneSecond() {
        RowClock clock =
                clock(
                        new RowTime.CountAndFraction(0, TimestampUnit.S, 1, TimestampUnit.NS),
                        TimePrecision.MS,
                        "int",
                        "int");

        assertRejected(clock, "fraction 1000000000 ns", 1L, 1_000_000_000L);
        assertRejected(clock, "fraction -1 ns", 1L, -1L);
    }

    @Test
    void addsADateAndATimeOnTheWallClock() throws RejectedValueException {
        RowClock clock = clock(new RowTime.DateAndTime(0, 1), TimePrecision.MS, "date", "time(6)");

        assertThat(clock.of(new Object[] {DAY, 1_999L})).isEqualTo(1767222000001L);
        assertRejected(clock, "no time of a day", DAY, 86_400_000_000L);
        assertRejected(clock, "no time of a day", DAY, -1L);
        assertRejected(clock, "no date", ZeroDate.ZERO_DATE, 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss, 2026-01-01 00:00:00, 1767222000000",
        "yyyy-MM-dd HH:mm:ss.SSS, 2026-01-01 00:00:00.999, 1767222000999",
        "yyyyMMdd, 20260101, 1767222000000",
        "dd.MM.yyyy HH:mm, 01.01.2026 01:00, 1767225600000",
        "M/d/yy h:mm a, 7/1/26 2:00 pm, 1782907200000",
        "d MMM yyyy HH:mm:ss Z, 1 Jan 2026 00:00:00 +0000, 1767225600000",
        "iso, 2026-01-01, 1767222000000",
        "iso, 2026-01-01T00:00, 1767222000000",
        "iso, 2026-01-01 00:00:00.1239, 1767222000123",
        "iso, 2026-01-01T00:00:00Z, 1767225600000",
        "iso, 2026-01-01T00:00:00+01:00, 1767222000000",
        "iso, 2026-01-01 00:00:00+0100, 1767222000000",
        // Skipped when the clocks go forward, and twice there when they go back.
        "yyyy-MM-dd HH:mm, 2026-03-29 02:30, 1774747800000",
        "yyyy-MM-dd HH:mm, 2026-10-25 02:30, 1792888200000"
    })
    void readsTexts(String format, String text, long expected) throws RejectedValueException {
        RowClock clock = clock(new RowTime.Text(0, format), TimePrecision.MS, "varchar(40)");

        assertThat(clock.of(new Object[] {text})).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss, 2026-02-30 00:00:00",
        "yyyy-MM-dd HH:mm:ss, 2026-01-01 24:00:00",
        "yyyy-MM-dd HH:mm:ss, 2026-1-01 00:00:00",
        "yyyy-MM-dd HH:mm:ss, 2026-01-01 00:00:00.5",
        "iso, 01.01.2026",
        "iso, now"
    })
    void rejectsTextsOfAnotherForm(String format, String text) {
        RowClock clock = clock(new RowTime.Text(0, format), TimePrecision.MS, "varchar(40)");

        assertRejected(clock, "is no time of the form " + format, text);
    }

    @ParameterizedTest
    @EnumSource(TimePrecision.class)
    void rejectsTimesThatIotdbRefuses(TimePrecision precision) throws RejectedValueException {
        RowClock clock = clock(new RowTime.Text(0, "iso"), precision, "varchar(40)");

        assertThat(clock.of(new Object[] {"2262-04-11T00:00:00Z"})).isPositive();
        assertRejected(clock, "is be", "2286-11-20T17:46:40.001Z");
        assertRejected(clock, "is be", "9999-12-31T00:00:00");
        assertRejected(clock, "is be", "+999999999-12-31T00:00:00");
    }
}
