package io.iotdbmigrate.flink.source.binlog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A TIME in a row of the binlog. Debezium 1.9.8 reads a negative one without a fraction wrongly: a
 * TIME(6) of -838:59:59 as -838:59:59.048576.
 */
final class BinlogTime {
    private static final int WHOLE_BYTES = 3;
    private static final long ZERO = 0x800000;
    private static final int[] MICROS = {1_000_000, 10_000, 100, 1};

    private BinlogTime() {}

    /**
     * Reads three bytes of hours, minutes and seconds, and up to three of the fraction, which is
     * one number, moved up so that it is never negative.
     *
     * @param digits of the fraction, 0 to 6
     */
    static Duration read(int digits, InputStream in) throws IOException {
        int fractionBytes = (digits + 1) / 2;
        long moved = 0;
        for (byte next : in.readNBytes(WHOLE_BYTES + fractionBytes)) {
            moved = moved << 8 | (next & 0xFF);
        }
        int fractionBits = 8 * fractionBytes;
        long signed = moved - (ZERO << fractionBits);
        long size = Math.abs(signed);
        long whole = size >> fractionBits;
        long fraction = size - (whole << fractionBits);
        Duration time =
                Duration.ofHours(whole >> 12 & 0x3FF)
                        .plusMinutes(whole >> 6 & 0x3F)
                        .plusSeconds(whole & 0x3F)
                        .plusNanos(fraction * MICROS[fractionBytes] * 1_000);
        return signed < 0 ? time.negated() : time;
    }
}
