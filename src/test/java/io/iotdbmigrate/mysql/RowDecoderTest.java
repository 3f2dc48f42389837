package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ZeroDate;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets made by hand after MySQL's "Binary Protocol Resultset Row" and "Value". */
class RowDecoderTest {
    private static final long DAY_MICROS = 86_400_000_000L;

    private static RowDecoder decoder(String... declared) {
        List<Column> columns = new ArrayList<>();
        for (String type : declared) {
            columns.add(Columns.nullable("c" + columns.size(), type));
        }
        return new RowDecoder(columns);
    }

    /** A packet from hex digits, blanks between them as one likes. */
    private static byte[] packet(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Object[] decode(RowDecoder decoder, String hex) {
        byte[] packet = packet(hex);
        return decoder.decode(packet, 0, packet.length);
    }

    private static Object one(String declared, String value) {
        return decode(decoder(declared), "00 00" + value)[0];
    }

    @ParameterizedTest
    @CsvSource({
        "tinyint, ff, -1",
        "tinyint unsigned, ff, 255",
        "smallint, 00 80, -32768",
        "smallint unsigned, ff ff, 65535",
        "year, 6b 08, 2155",
        "mediumint, 00 00 80 ff, -8388608",
        "mediumint unsigned, ff ff ff 00, 16777215",
        "int, 00 00 00 80, -2147483648",
        "int unsigned, ff ff ff ff, 4294967295",
        "bigint, 00 00 00 00 00 00 00 80, -9223372036854775808",
        "bigint unsigned, ff ff ff ff ff ff ff 7f, 9223372036854775807",
        "bit(9), 02 01 ff, 511",
        "time(6), 00, 0",
        "time, 08 01 01 00 00 00 02 03 04, -93784000000",
        "time(6), 0c 00 22 00 00 00 16 3b 3b 3f 42 0f 00, 3020399999999",
    })
    void readsWholeNumbers(String declared, String value, long expected) {
        assertThat(one(declared, value)).isEqualTo(expected);
    }

    @Test
    void readsTheOthers() {
        assertThat(one("bigint unsigned", "ff ff ff ff ff ff ff ff"))
                .isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(one("float", "00 00 80 3e")).isEqualTo(0.25f);
        assertThat(one("double", "00 00 00 00 00 00 d0 bf")).isEqualTo(-0.25);
        assertThat(one("decimal(5,2)", "05 2d 31 2e 35 30")).isEqualTo(new BigDecimal("-1.50"));
        assertThat(one("varchar(9)", "03 61 c3 a4")).isEqualTo("a\u00e4");
        assertThat(one("varchar(9)", "00")).isEqualTo("");
        assertThat(one("blob", "02 00 ff")).isEqualTo(new byte[] {0, -1});
    }

    @Test
    void readsDatesOneAfterTheOther() {
        RowDecoder decoder = decoder("date", "datetime(6)");
        long day = LocalDate.of(2024, 2, 29).toEpochDay();

        assertThat(decode(decoder, "00 00  04 e8 07 02 1d  04 e8 07 02 1d"))
                .containsExactly(day, day * DAY_MICROS);
        assertThat(decode(decoder, "00 00  04 e8 07 03 01  07 e8 07 02 1d 17 3b 3b"))
                .containsExactly(day + 1, day * DAY_MICROS + 86_399_000_000L);
        assertThat(decode(decoder, "00 00  00  0b e8 07 02 1d 00 00 00 01 00 00 00"))
                .containsExactly(ZeroDate.ZERO_DATE, day * DAY_MICROS + 1);
        assertThat(decode(decoder, "00 00  04 e8 07 00 0f  04 00 00 00 00"))
                .containsExactly(ZeroDate.ZERO_DATE, ZeroDate.ZERO_DATE);
        assertThat(decode(decoder, "00 00  04 e8 07 02 1e  00"))
                .containsExactly(ZeroDate.ZERO_DATE, ZeroDate.ZERO_DATE);
        assertThat(decode(decoder, "00 00  04 e8 07 02 1d  07 e8 07 03 01 00 00 01"))
                .containsExactly(day, (day + 1) * DAY_MICROS + 1_000_000L);
    }

    @Test
    void leavesNullsOut() {
        String[] declared = IntStream.range(0, 15).mapToObj(i -> "tinyint").toArray(String[]::new);

        // Two bits are left out: the first byte has those of columns 0 to 5.
        assertThat(decode(decoder(declared), "00  84 01 01   01 02 03 04 07 08 09 0a 0b 0c 0d"))
                .containsExactly(
                        null, 1L, 2L, 3L, 4L, null, null, 7L, 8L, 9L, 10L, 11L, 12L, 13L, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 250, 251, 65_535, 65_536, 16_777_216})
    void readsTextsOfAnyLength(int length) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(packet("00 00"));
        if (length < 251) {
            packet.write(length);
        } else {
            int bytes = length < 1 << 16 ? 2 : length < 1 << 24 ? 3 : 8;
            packet.write(bytes == 2 ? 0xfc : bytes == 3 ? 0xfd : 0xfe);
            for (int i = 0; i < bytes; i++) {
                packet.write((int) ((long) length >>> (8 * i)));
            }
        }
        packet.writeBytes("x".repeat(length).getBytes(US_ASCII));
        packet.write(7);
        byte[] bytes = packet.toByteArray();

        assertThat(decoder("longtext", "tinyint").decode(bytes, 0, bytes.length))
                .containsExactly("x".repeat(length), 7L);
    }

    @Test
    void readsRowsOutOfTheirMiddle() {
        RowPackets rows = new RowPackets(1, 4);
        rows.add(packet("00 00 05 99 99"), 3);
        rows.add(packet("00 04"), 2);
        rows.add(packet("00 00 06"), 3);
        RowDecoder decoder = decoder("tinyint");

        assertThat(rows.rows()).isEqualTo(3);
        assertThat(rows.bytes()).isEqualTo(8);
        assertThat(decoder.decode(rows, 0)).containsExactly(5L);
        assertThat(decoder.decode(rows, 1)).containsExactly((Object) null);
        assertThat(decoder.decode(rows, 2)).containsExactly(6L);
    }

    @Test
    void doesNotReadARowOfAnotherLayout() {
        assertThatThrownBy(() -> decode(decoder("int"), "00 00 05 00 00 00 00 00 00 00"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a row of 10 bytes was read to 6");
    }

    @Test
    void refusesTypesThatCannotBeRead() {
        assertThatThrownBy(() -> decoder("geometry"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("GEOMETRY cannot be read");
    }
}
