package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.yaml.ConfigException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time of a row in its forms. */
class ConfigTimeTest {
    private static String yaml(String time) {
        String text = ConfigTexts.withMeasurements("all");
        String line = text.lines().filter(l -> l.contains("timestamp_field: at")).findFirst().get();
        String indent = line.substring(0, line.indexOf("timestamp"));
        return text.replace(line, time.replaceAll("(?m)^", indent.replace('-', ' ')));
    }

    private static MappingConfig read(String time) {
        return ConfigTexts.load(yaml(time)).mappings().get(0);
    }

    @Test
    void readsTwoColumnsWithAUnitEach() {
        assertThat(read("timestamp_field: [clock, ns]\ntimestamp_unit: [s, ns]").time())
                .isEqualTo(
                        new TimeConfig(
                                List.of("clock", "ns"),
                                List.of(TimestampUnit.S, TimestampUnit.NS),
                                null));
    }

    @Test
    void readsADateAndATime() {
        assertThat(read("timestamp_field: [d, t]").time())
                .isEqualTo(new TimeConfig(List.of("d", "t"), List.of(), null));
    }

    @Test
    void readsAFormOfText() {
        assertThat(read("timestamp_field: at\ntimestamp_format: yyyy-MM-dd HH:mm:ss").time())
                .isEqualTo(new TimeConfig(List.of("at"), List.of(), "yyyy-MM-dd HH:mm:ss"));
    }

    @Test
    void printsThem() {
        assertThat(
                        ConfigPrinter.print(
                                ConfigTexts.load(
                                        yaml(
                                                "timestamp_field: [clock, ns]\n"
                                                        + "timestamp_unit: [s, ns]"))))
                .contains("- clock\n", "- ns\n", "timestamp_unit:");
        assertThat(
                        ConfigPrinter.print(
                                ConfigTexts.load(
                                        yaml("timestamp_field: at\ntimestamp_format: iso"))))
                .contains("timestamp_field: at\n", "timestamp_format: iso\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp_field: [a]|is a list of 1 column; write the column with the time",
                "timestamp_field: [a, b, c]|is a list of 3 columns",
                "timestamp_field: [a, A]|names one column twice",
                "timestamp_field: [a, b]\\ntimestamp_unit: s|has 1 unit for 2 columns",
                "timestamp_field: a\\ntimestamp_unit: [s, ns]|has 2 units for 1 column",
                "timestamp_field: [a, b]\\ntimestamp_unit: [s, h]|\"h\" is not known here",
                "timestamp_field: a\\ntimestamp_format: yyyy-qq-foo|is no pattern of a time",
                "timestamp_field: a\\ntimestamp_format: HH:mm|does not say year, month and day",
                "timestamp_field: a\\ntimestamp_unit: s\\ntimestamp_format: iso|remove one of the",
                "timestamp_field: [a, b]\\ntimestamp_format: iso|is of one column of text"
            })
    void refusesWhatIsNoTime(String time, String message) {
        assertThatThrownBy(() -> read(time.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss, UTC, 2026-01-02 03:04:05",
        "yyyy-MM-dd H:mm, UTC, '2026-01-02 '",
        "yyyyMMddHHmmss[.SSS], UTC, 20260102030405",
        "yyyy_MM, UTC, 2026|_01",
        "yyyy-MM-dd HH:mm, Europe/Berlin, 2026-01-02 03:04;2026-01-02 04:04;2026-01-02 05:04",
        "iso, UTC, 2026-01-01;2026-01-02",
        "yyyy-MM-dd HH:mm:ssXXX, UTC, 2026-01-01;2026-01-02",
        "dd.MM.yy, UTC, 02.01.",
        "d.M.yyyy, UTC, ''",
        "EEE dd, UTC, ''"
    })
    void knowsHowATextBegins(String format, ZoneId zone, String prefixes) {
        assertThat(
                        String.join(
                                ";",
                                TimePrefix.of(format, Instant.parse("2026-01-02T03:04:05Z"), zone)))
                .isEqualTo(prefixes);
    }
}
