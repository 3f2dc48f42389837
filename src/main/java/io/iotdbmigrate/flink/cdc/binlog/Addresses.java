package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.model.MySqlType.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A speller of the types of MariaDB that are some bytes in the binlog, UUID, INET4 and INET6, as
 * MariaDB spells them in a SELECT.
 */
final class Addresses {
    private static final int INET4_BYTES = 4;
    private static final int BYTES = 16;
    private static final int WORDS = 8;

    /** Where the IPv4 address stands in an IPv6 address that has one, in words. */
    private static final int MAPPED_AT = 6;

    private static final int MAPPED_MARK = 0xffff;

    private Addresses() {}

    /**
     * Returns the text of a value.
     *
     * @param stored as the binlog has it, which leaves out zeros at the end
     */
    static String text(Kind kind, byte[] stored) {
        return switch (kind) {
            case UUID -> uuid(Arrays.copyOf(stored, BYTES));
            case INET4 -> inet4(Arrays.copyOf(stored, INET4_BYTES), 0);
            case INET6 -> inet6(Arrays.copyOf(stored, BYTES));
            default -> throw new IllegalArgumentException(kind + " is no address");
        };
    }

    private static String uuid(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        return new UUID(
                        Long.parseUnsignedLong(hex, 0, BYTES, BYTES),
                        Long.parseUnsignedLong(hex, BYTES, hex.length(), BYTES))
                .toString();
    }

    private static String inet4(byte[] bytes, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + INET4_BYTES; i++) {
            text.append(i == from ? "" : ".").append(bytes[i] & 0xFF);
        }
        return text.toString();
    }

    /** Leaves out the first of the longest runs of zeros, also one of a single word. */
    private static String inet6(byte[] bytes) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = (bytes[2 * i] & 0xFF) << Byte.SIZE | (bytes[2 * i + 1] & 0xFF);
        }
        int gap = -1;
        int length = 0;
        for (int i = 0; i < WORDS; i++) {
            int run = zeros(words, i);
            if (run > length) {
                gap = i;
                length = run;
            }
        }
        boolean mapped =
                gap == 0
                        && (length == MAPPED_AT
                                || (length == MAPPED_AT - 1
                                        && words[MAPPED_AT - 1] == MAPPED_MARK));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            if (i == gap) {
                text.append(i == 0 ? "::" : ":");
                i += length - 1;
            } else if (i == MAPPED_AT && mapped) {
                return text.append(inet4(bytes, 2 * MAPPED_AT)).toString();
            } else {
                text.append(Integer.toHexString(words[i])).append(i + 1 < WORDS ? ":" : "");
            }
        }
        return text.toString();
    }

    private static int zeros(int[] words, int from) {
        int end = from;
        while (end < words.length && words[end] == 0) {
            end++;
        }
        return end - from;
    }
}
