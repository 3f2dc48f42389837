package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigInteger;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TimeConverterTest {
    private static final ZoneId HONG_KONG = ZoneId.of("Asia/Hong_Kong");

    private static TimeConverter of(String type, TimestampUnit unit, TimePrecision precision) {
        return new TimeConverter(Columns.type(type), unit, HONG_KONG, precision);
    }

    @ParameterizedTest
    @CsvSource({
        "S,  MS, 1700000000,          1700000000000",
        "S,  US, 1700000000,          1700000000000000",
        "S,  NS, 1700000000,          1700000000000000000",
        "S,  MS, -1,                  -1000",
        "MS, MS, 1700000000123,       1700000000123",
        "MS, US, 1700000000123,       1700000000123000",
        "MS, NS, -1,                  -1000000",
        "US, MS, 1700000000123999,    1700000000123",
        "US, US, -1,                  -1",
        "US, NS, 7,                   7000",
        "NS, MS, 1999999,             1",
        "NS, US, 1999,                1",
        "NS, NS, 9223372036854775807, 9223372036854775807",
        // Finer than the unit: cut off towards the past, also before 1970.
        "US, MS, -1,                  -1",
        "US, MS, -1000,               -1",
        "US, MS, -1001,               -2",
        "NS, MS, -1,                  -1",
        "NS, US, -1000,               -1",
        "NS, US, -1001,               -2",
        // As far as the unit reaches, and not only as far as microseconds do.
        "S,  MS, 9223372036854775,    9223372036854775000",
        "MS, MS, 9223372036854775807, 9223372036854775807",
        "MS, MS, -9223372036854775808,-9223372036854775808",
        "NS, MS, -9223372036854775808,-9223372036855"
    })
    void convertsIntegersOfEveryUnit(
            TimestampUnit unit, TimePrecision precision, long value, long expected)
            throws RejectedValueException {
        assertThat(of("bigint", unit, precision).convert(value)).isEqualTo(expected);
    }

    @Test
    void takesMillisecondsWhereNoUnitIsSet() throws RejectedValueException {
        assertThat(of("bigint", null, TimePrecision.US).convert(5L)).isEqualTo(5000L);
    }

    @ParameterizedTest
    @CsvSource({
        "S,  MS, 9223372036854776",
        "S,  US, 9223372036855",
        "S,  NS, 9223372037",
        "MS, US, 9223372036854776",
        "MS, NS, 9223372036855",
        "US, NS, 9223372036854776",
        "US, NS, -9223372036854776"
    })
    void rejectsWhatTheUnitCannotHold(TimestampUnit unit, TimePrecision precision, long value) {
        assertThatThrownBy(() -> of("bigint", unit, precision).convert(value))
                .isInstanceOf(RejectedValueException.class)
                .hasMessageContaining("beyond");
    }

    @Test
    void rejectsUnsignedNumbersPastTheLongs() {
        BigInteger value = BigInteger.ONE.shiftLeft(63);
        assertThatThrownBy(
                        () ->
                                of("bigint unsigned", TimestampUnit.NS, TimePrecision.MS)
                                        .convert(value))
                .isInstanceOf(RejectedValueException.class);
    }

    @ParameterizedTest
    @CsvSource({
        // 2024-01-01T08:00 in Hong Kong is midnight UTC.
        "datetime(6),  1704096000123456, MS, 1704067200123",
        "datetime(6),  1704096000123456, US, 1704067200123456",
        "datetime(6),  1704096000123456, NS, 1704067200123456000",
        "timestamp(6), 1704067200123456, MS, 1704067200123",
        "timestamp(6), 1704067200123456, US, 1704067200123456",
        "date,         19723,            MS, 1704038400000",
        "date,         0,                US, -28800000000",
        "timestamp(6), -1,               MS, -1",
        "datetime(6),  28799999999,      MS, -1"
    })
    void readsDatesInTheConfiguredZoneAndInstantsAsTheyAre(
            String type, long value, TimePrecision precision, long expected)
            throws RejectedValueException {
        assertThat(of(type, null, precision).convert(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "datetime(6),  9223400836854775, 9223400836854776",
        "timestamp(6), 9223372036854775, 9223372036854776",
        "date,         106752,           106753"
    })
    void rejectsTimesPastTheLastNanosecond(String type, long last, long tooLate)
            throws RejectedValueException {
        TimeConverter converter = of(type, null, TimePrecision.NS);
        assertThat(converter.convert(last)).isPositive();
        assertThatThrownBy(() -> converter.convert(tooLate))
                .isInstanceOf(RejectedValueException.class)
                .hasMessage("is beyond what a timestamp in ns can hold");
    }

    @ParameterizedTest
    @EnumSource(TimePrecision.class)
    void rejectsAZeroDate(TimePrecision precision) {
        assertThatThrownBy(() -> of("datetime", null, precision).convert(ZeroDate.ZERO_DATE))
                .isInstanceOf(RejectedValueException.class)
                .hasMessage("is no date of any calendar");
    }
}
