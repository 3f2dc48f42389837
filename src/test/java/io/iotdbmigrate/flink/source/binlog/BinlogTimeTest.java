package io.iotdbmigrate.flink.source.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes in the form of MySQL's TIME2: hours, minutes, seconds, fraction, moved by 0x800000. */
class BinlogTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 800000, PT0S",
        "0, 7fefc0, PT-1H-1M",
        "0, 4b9105, PT-838H-59M-59S",
        "0, b46efb, PT838H59M59S",
        "1, 7fffff00, PT-1S",
        "2, 7ffffece, PT-1.5S",
        "6, 4b9105000000, PT-838H-59M-59S",
        "6, b46efb000000, PT838H59M59S",
        "6, 7fffffffffff, PT-0.000001S",
        "6, 800000000001, PT0.000001S",
        "3, 7fffffec78, PT-0.5S"
    })
    void readsEverySignAndFraction(int digits, String bytes, Duration time) throws IOException {
        assertThat(
                        BinlogTime.read(
                                digits, new ByteArrayInputStream(HexFormat.of().parseHex(bytes))))
                .isEqualTo(time);
    }
}
