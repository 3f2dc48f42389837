package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextValuesTest {
    @ParameterizedTest
    @CsvSource({"21.5,21.5", "' -.5e1 ',-5", "+3.,3", "0,0", "1e-400,0", "007,7"})
    void readsNumbersInDecimal(String text, double expected) throws RejectedValueException {
        assertThat(TextValues.toDouble(text)).isEqualTo(expected);
        assertThat(TextValues.toFloat(text)).isEqualTo((float) expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "Infinity",
                "inf",
                "0x10",
                "1,000",
                "1 000",
                "1f",
                "1d",
                "--1",
                "1e",
                ".",
                "٣",
                "12\n",
                "1_0",
                "1e999"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> TextValues.toDouble(text))
                .isInstanceOf(RejectedValueException.class);
        assertThatThrownBy(() -> TextValues.toLong(text))
                .isInstanceOf(RejectedValueException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808",
        "21.0,21",
        "1e3,1000"
    })
    void readsWholeNumbersExactly(String text, long expected) throws RejectedValueException {
        assertThat(TextValues.toLong(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "0.5", "1e2147483647", "1e99999999999"})
    void refusesWhatIsNoWholeNumberOfSixtyFourBits(String text) {
        assertThatThrownBy(() -> TextValues.toLong(text))
                .isInstanceOf(RejectedValueException.class)
                .hasMessageContaining("INT64");
    }

    @Test
    void refusesWhatIsBeyondInt32() throws RejectedValueException {
        assertThat(TextValues.toInt("-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThatThrownBy(() -> TextValues.toInt("2147483648"))
                .isInstanceOf(RejectedValueException.class)
                .hasMessageContaining("set type: INT64");
    }

    /** Reading takes the square of its length. */
    @Test
    void refusesANumberOfAMillionDigitsAtOnce() {
        assertThatThrownBy(() -> TextValues.toLong("1".repeat(1_000_000)))
                .isInstanceOf(RejectedValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"on,true", "OFF,false", "True,true", "false,false", "1,true", "' 0 ',false"})
    void readsTruthValues(String text, boolean expected) throws RejectedValueException {
        assertThat(TextValues.toBoolean(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "2", "t", "1.0"})
    void refusesWhatIsNoTruthValue(String text) {
        assertThatThrownBy(() -> TextValues.toBoolean(text))
                .isInstanceOf(RejectedValueException.class)
                .hasMessageContaining("on_invalid: skip");
    }
}
