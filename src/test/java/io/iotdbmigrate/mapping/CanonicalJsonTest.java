package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonStringFormatter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    /** What the binlog reader, the real one, makes of a double inside a JSON document. */
    private static String binlog(double value) {
        JsonStringFormatter formatter = new JsonStringFormatter();
        formatter.beginArray(1);
        formatter.value(value);
        formatter.endArray();
        return formatter.getString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a": 1.0, "b": [1, 2]}   | {"a":1.0,"b":[1,2]}   | {"a":1.0,"b":[1,2]}
                    {"bb": null, "a": true}   | {"bb":null,"a":true}  | {"bb":null,"a":true}
                    "a b"                     | "a b"                 | "a b"
                    "é😀\\u0001\\n\\"\\\\"    | "é😀\\u0001\\n\\"\\\\" | "é😀\\u0001\\n\\"\\\\"
                    "a/b"                     | "a\\/b"               | "a/b"
                    []                        | []                    | []
                    {}                        | {}                    | {}
                    null                      | null                  | null
                    [1.50]                    | [1.50]                | [1.5]
                    18446744073709551615      | 18446744073709551615  | 18446744073709551615
                    -9223372036854775808      | -9223372036854775808  | -9223372036854775808
                    9007199254740993          | 9007199254740993      | 9007199254740993
                    """)
    void givesOneTextForBothSpellings(String mysql, String binlog, String canonical)
            throws RejectedValueException {
        assertThat(CanonicalJson.of(mysql)).isEqualTo(canonical);
        assertThat(CanonicalJson.of(binlog)).isEqualTo(canonical);
    }

    /** The first column is copied from MySQL 8.0.33's answers. */
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0",
        "-0.0, -0.0",
        "0.1, 0.1",
        "10000000.0, 1E7",
        "123456789.125, 123456789.125",
        "1e18, 1E18",
        "1e20, 1E20",
        "1.8446744073709552e19, 18446744073709551616",
        "9.223372036854776e18, 9223372036854775808",
        "1.5e300, 1.5E300",
        "1.7976931348623157e308, 1.7976931348623157E308",
        "0.0001, 1E-4",
        "1e-10, 1E-10",
        "5e-324, 4.9E-324",
        "1.2345678901234566e25, 1.2345678901234566E25"
    })
    void givesOneTextForADoubleHoweverItIsSpelled(String mysql, double value)
            throws RejectedValueException {
        assertThat(CanonicalJson.of("[" + mysql + "]")).isEqualTo(CanonicalJson.of(binlog(value)));
    }

    @Test
    void readsEveryDoubleBackToItsBits() throws RejectedValueException {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String canonical = CanonicalJson.of(binlog(value));
                double back = Double.parseDouble(canonical.substring(1, canonical.length() - 1));
                assertThat(back).isEqualTo(value);
                assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
                String digits17 = String.format(Locale.ROOT, "[%.16e]", value);
                assertThat(CanonicalJson.of(digits17)).isEqualTo(canonical);
            }
        }
    }

    @Test
    void keepsEveryDigitOfALongDecimal() throws RejectedValueException {
        String digits = "12345678901234567890.123456789012345678";
        assertThat(CanonicalJson.of("[" + digits + "]")).isEqualTo("[" + digits + "]");
        assertThat(CanonicalJson.of(new BigDecimal(digits).movePointRight(18).toPlainString()))
                .isEqualTo("12345678901234567890123456789012345678");
    }

    @Test
    void keepsTheOrderOfKeys() throws RejectedValueException {
        assertThat(CanonicalJson.of("{\"b\": 1, \"aa\": 2, \"ab\": 3}"))
                .isEqualTo("{\"b\":1,\"aa\":2,\"ab\":3}");
    }

    @Test
    void takesLongKeysAndTexts() throws RejectedValueException {
        String json = "{\"" + "k".repeat(65_535) + "\":\"" + "v".repeat(21_000_000) + "\"}";
        assertThat(CanonicalJson.of(json)).isEqualTo(json);
    }

    @Test
    void rejectsWhatIsNoJson() {
        assertThatThrownBy(() -> CanonicalJson.of("{\"a\":"))
                .isInstanceOf(RejectedValueException.class)
                .hasMessage("is not JSON");
    }
}
