package io.iotdbmigrate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S,500ms",
        "10s,PT10S,10s",
        "90s,PT1M30S,90s",
        "60s,PT1M,1m",
        "120m,PT2H,2h",
        "1h,PT1H,1h",
        "0s,PT0S,0s"
    })
    void readsAndWritesDurations(String text, Duration duration, String written) {
        assertThat(Units.duration(text)).contains(duration);
        assertThat(Units.text(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "s", "-1s", "1.5s", "10 s", "1d", "9999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(Units.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,0B",
        "1000,1000,1000B",
        "1024B,1024,1KiB",
        "512KiB,524288,512KiB",
        "64mib,67108864,64MiB",
        "3GiB,3221225472,3GiB"
    })
    void readsAndWritesSizes(String text, long bytes, String written) {
        assertThat(Units.bytes(text)).contains(bytes);
        assertThat(Units.sizeText(bytes)).isEqualTo(written);
    }

    @Test
    void refusesWhatIsNoSize() {
        assertThat(Units.bytes("64MB")).isEmpty();
        assertThat(Units.bytes("-1")).isEmpty();
        assertThat(Units.bytes("999999999999999GiB")).isEmpty();
    }
}
