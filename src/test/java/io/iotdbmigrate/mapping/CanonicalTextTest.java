package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ZeroDate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bigint       | -9223372036854775808 | -9223372036854775808
                    year         | 2024                 | 2024
                    year         | 0                    | 0000
                    bit(8)       | 255                  | 255
                    date         | 19723                | 2024-01-01
                    date         | -719528              | 0000-01-01
                    datetime     | 1704096000000000     | 2024-01-01 08:00:00
                    datetime(1)  | 1704096000900000     | 2024-01-01 08:00:00.9
                    datetime(3)  | 1704096000120000     | 2024-01-01 08:00:00.120
                    datetime(6)  | 1704096000000001     | 2024-01-01 08:00:00.000001
                    datetime(6)  | -1                   | 1969-12-31 23:59:59.999999
                    datetime(6)  | 253402300799999999   | 9999-12-31 23:59:59.999999
                    timestamp(3) | 1704067200500000     | 2024-01-01 00:00:00.500Z
                    time         | 0                    | 00:00:00
                    time         | 3020399000000        | 838:59:59
                    time(6)      | -45000500000         | -12:30:00.500000
                    time(1)      | -100000              | -00:00:00.1
                    time(2)      | 45000120000          | 12:30:00.12
                    """)
    void writesNumbersAndTimesAsMySqlPrintsThem(String declared, long value, String text) {
        assertThat(CanonicalText.of(value, Columns.type(declared))).isEqualTo(text);
    }

    @Test
    void writesEverythingElse() {
        assertThat(CanonicalText.of(ZeroDate.ZERO_DATE, Columns.type("date")))
                .isEqualTo("0000-00-00");
        assertThat(CanonicalText.of(new BigInteger("18446744073709551615"), Columns.type("bigint")))
                .isEqualTo("18446744073709551615");
        assertThat(CanonicalText.of(new BigDecimal("0.00000001"), Columns.type("decimal(9,8)")))
                .isEqualTo("0.00000001");
        assertThat(CanonicalText.of(new byte[] {0, -1, 16}, Columns.type("binary(3)")))
                .isEqualTo("00ff10");
        assertThat(CanonicalText.of(" x ", Columns.type("varchar(3)"))).isEqualTo(" x ");
        assertThat(CanonicalText.of(1234567.1f, Columns.type("float"))).isEqualTo("1234567.1");
    }

    /** A device's name must not depend on the machine that writes it. */
    @Test
    void ignoresTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(CanonicalText.of(1704096000120000L, Columns.type("datetime(3)")))
                    .isEqualTo("2024-01-01 08:00:00.120");
            assertThat(CanonicalText.of(-45000500000L, Columns.type("time(1)")))
                    .isEqualTo("-12:30:00.5");
            assertThat(CanonicalText.of(7L, Columns.type("year"))).isEqualTo("0007");
        } finally {
            Locale.setDefault(before);
        }
    }
}
