package io.iotdbmigrate.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueConvertersTest {
    private static final BigInteger TOP = new BigInteger("18446744073709551615");

    private static Object convert(String declared, TargetType target, Object value)
            throws RejectedValueException {
        return ValueConverters.of(
                        Columns.type(declared),
                        target,
                        ZoneId.of("Asia/Hong_Kong"),
                        TimePrecision.MS)
                .convert(value);
    }

    private static String text(String declared, Object value) throws RejectedValueException {
        return new String((byte[]) convert(declared, TargetType.TEXT, value), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "tinyint, -128",
        "tinyint, 127",
        "tinyint unsigned, 255",
        "smallint, -32768",
        "smallint unsigned, 65535",
        "mediumint, -8388608",
        "mediumint unsigned, 16777215",
        "int, -2147483648",
        "int, 2147483647",
        "year, 2155",
        "bit(31), 2147483647"
    })
    void keepsTheExtremesOfSmallIntegers(String declared, long value)
            throws RejectedValueException {
        assertThat(convert(declared, TargetType.INT32, value)).isEqualTo((int) value);
        assertThat(convert(declared, TargetType.INT64, value)).isEqualTo(value);
        assertThat(convert(declared, TargetType.DOUBLE, value)).isEqualTo((double) value);
        assertThat(text(declared, value)).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @CsvSource({
        "int unsigned, 4294967295",
        "bigint, -9223372036854775808",
        "bigint, 9223372036854775807",
        "bigint unsigned, 9223372036854775807",
        "bit(63), 9223372036854775807"
    })
    void keepsTheExtremesOfLargeIntegers(String declared, long value)
            throws RejectedValueException {
        assertThat(convert(declared, TargetType.INT64, value)).isEqualTo(value);
        assertThat(text(declared, value)).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bigint unsigned", "bit(64)"})
    void rejectsUnsignedNumbersAboveTheLargestInt64ButWritesThemOut(String declared)
            throws RejectedValueException {
        assertThatThrownBy(() -> convert(declared, TargetType.INT64, TOP))
                .isInstanceOf(RejectedValueException.class)
                .hasMessageContaining("9223372036854775807")
                .hasMessageContaining("TEXT");
        assertThat(text(declared, TOP)).isEqualTo("18446744073709551615");
    }

    @Test
    void keepsEveryIntegerAFloatCanHold() throws RejectedValueException {
        assertThat(convert("mediumint unsigned", TargetType.FLOAT, 16777215L)).isEqualTo(16777215f);
        assertThat(convert("bit(53)", TargetType.DOUBLE, (1L << 53) - 1))
                .isEqualTo(9007199254740991.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tinyint(1)", "bit(1)"})
    void knowsTrueAndFalseAndNothingElse(String declared) throws RejectedValueException {
        assertThat(convert(declared, TargetType.BOOLEAN, 0L)).isEqualTo(false);
        assertThat(convert(declared, TargetType.BOOLEAN, 1L)).isEqualTo(true);
        for (long value : new long[] {-128, -1, 2, 127}) {
            assertThatThrownBy(() -> convert(declared, TargetType.BOOLEAN, value))
                    .isInstanceOf(RejectedValueException.class)
                    .hasMessageContaining("INT32");
        }
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                0f,
                -0f,
                1234567.1f,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.MIN_VALUE,
                1e-38f,
                0.1f
            })
    void keepsTheBitsOfAFloat(float value) throws RejectedValueException {
        Float same = (Float) convert("float", TargetType.FLOAT, value);
        assertThat(Float.floatToRawIntBits(same)).isEqualTo(Float.floatToRawIntBits(value));
        assertThat((Double) convert("float", TargetType.DOUBLE, value)).isEqualTo((double) value);
        assertThat(Float.parseFloat(text("float", value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0, -0.0, Math.PI, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE})
    void keepsTheBitsOfADouble(double value) throws RejectedValueException {
        Double same = (Double) convert("double", TargetType.DOUBLE, value);
        assertThat(Double.doubleToRawLongBits(same)).isEqualTo(Double.doubleToRawLongBits(value));
        assertThat(Double.parseDouble(text("double", value))).isEqualTo(value);
    }

    @Test
    void readsDecimalsToTheNearestDoubleOrWritesEveryDigit() throws RejectedValueException {
        BigDecimal small = new BigDecimal("-99999999999.9999");
        assertThat(convert("decimal(15,4)", TargetType.DOUBLE, small)).isEqualTo(-99999999999.9999);
        String digits = "99999999999999999999999999999999999.999999999999999999999999999999";
        assertThat(text("decimal(65,30)", new BigDecimal(digits))).isEqualTo(digits);
        assertThat(text("decimal(10,2)", new BigDecimal("1.50"))).isEqualTo("1.50");
        assertThat(text("decimal(30,10)", new BigDecimal("0E-10"))).isEqualTo("0.0000000000");
    }

    @Test
    void takesWholeDecimalsAsIntegers() throws RejectedValueException {
        assertThat(convert("decimal(9,0)", TargetType.INT32, new BigDecimal("-999999999")))
                .isEqualTo(-999999999);
        assertThat(convert("decimal(18,0)", TargetType.INT64, new BigDecimal("999999999999999999")))
                .isEqualTo(999999999999999999L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"char(9)", "varchar(9)", "text", "enum('a')", "set('a')"})
    void writesTextInUtf8(String declared) throws RejectedValueException {
        String value = "é€😀\u0000 a";
        for (TargetType target : List.of(TargetType.TEXT, TargetType.STRING, TargetType.BLOB)) {
            assertThat(convert(declared, target, value)).isEqualTo(value.getBytes(UTF_8));
        }
        assertThat(convert(declared, TargetType.TEXT, "")).isEqualTo(new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary(3)", "varbinary(3)", "blob"})
    void keepsBytes(String declared) throws RejectedValueException {
        byte[] bytes = {0, -1, 127};
        assertThat(convert(declared, TargetType.BLOB, bytes)).isEqualTo(bytes);
    }

    @Test
    void writesJsonCanonically() throws RejectedValueException {
        assertThat(text("json", "{\"é\": [1, 2.50]}")).isEqualTo("{\"é\":[1,2.5]}");
    }

    @Test
    void holdsDatesOfFourDigitYearsAndRejectsOthers() throws RejectedValueException {
        for (LocalDate date :
                List.of(
                        LocalDate.of(1000, 1, 1),
                        LocalDate.of(1970, 1, 1),
                        LocalDate.of(9999, 12, 31))) {
            assertThat(convert("date", TargetType.DATE, date.toEpochDay())).isEqualTo(date);
            assertThat(text("date", date.toEpochDay())).isEqualTo(date.toString());
        }
        long early = LocalDate.of(999, 12, 31).toEpochDay();
        assertThatThrownBy(() -> convert("date", TargetType.DATE, early))
                .isInstanceOf(RejectedValueException.class)
                .hasMessageContaining("1000-01-01");
        assertThat(text("date", early)).isEqualTo("0999-12-31");
    }

    @Test
    void placesTemporalValuesOnTheTimeLine() throws RejectedValueException {
        assertThat(convert("date", TargetType.TIMESTAMP, 19723L)).isEqualTo(1704038400000L);
        for (TargetType target : List.of(TargetType.TIMESTAMP, TargetType.INT64)) {
            assertThat(convert("datetime(6)", target, 1704096000123456L)).isEqualTo(1704067200123L);
            assertThat(convert("timestamp(6)", target, 1704067200123456L))
                    .isEqualTo(1704067200123L);
        }
    }

    @Test
    void countsTimeInSignedMicroseconds() throws RejectedValueException {
        long limit = 838L * 3_600_000_000L + 59 * 60_000_000L + 59_000_000L;
        assertThat(convert("time(6)", TargetType.INT64, limit)).isEqualTo(3020399000000L);
        assertThat(convert("time(6)", TargetType.INT64, -limit)).isEqualTo(-3020399000000L);
        assertThat(text("time", -limit)).isEqualTo("-838:59:59");
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetType.class,
            names = {"DATE", "TIMESTAMP", "INT64", "TEXT", "STRING"})
    void makesNullOfAZeroDateWhateverTheTarget(TargetType target) throws RejectedValueException {
        for (String declared : List.of("date", "datetime", "timestamp")) {
            MySqlType type = Columns.type(declared);
            if (TypeRules.targets(type).contains(target)) {
                assertThat(convert(declared, target, ZeroDate.ZERO_DATE))
                        .as("%s to %s", declared, target)
                        .isNull();
            }
        }
    }

    @Test
    void rejectsATimestampPastTheServersUnit() {
        ValueConverter nanos =
                ValueConverters.of(
                        Columns.type("datetime"),
                        TargetType.TIMESTAMP,
                        ZoneId.of("UTC"),
                        TimePrecision.NS);
        long year3000 = LocalDate.of(3000, 1, 1).toEpochDay() * 86_400_000_000L;
        assertThatThrownBy(() -> nanos.convert(year3000))
                .isInstanceOf(RejectedValueException.class);
    }
}
