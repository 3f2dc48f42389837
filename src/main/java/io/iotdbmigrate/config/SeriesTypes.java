package io.iotdbmigrate.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What IoTDB 2.0.1 knows as type, encoding and compression of a series, and which encodings a type
 * may have. The table is that of {@code TSEncoding.TYPE_SUPPORTED_ENCODINGS} in {@code
 * org.apache.tsfile:tsfile:2.0.1}, by which the server's {@code SchemaUtils} refuses the others;
 * FREQ is in the list of encodings, yet allowed for no type.
 */
public final class SeriesTypes {
    static final List<String> TYPES =
            List.of(
                    "BOOLEAN",
                    "INT32",
                    "INT64",
                    "FLOAT",
                    "DOUBLE",
                    "TEXT",
                    "STRING",
                    "BLOB",
                    "DATE",
                    "TIMESTAMP");
    static final List<String> ENCODINGS =
            List.of(
                    "PLAIN",
                    "DICTIONARY",
                    "RLE",
                    "TS_2DIFF",
                    "GORILLA",
                    "ZIGZAG",
                    "FREQ",
                    "CHIMP",
                    "SPRINTZ",
                    "RLBE");
    static final List<String> COMPRESSIONS =
            List.of("UNCOMPRESSED", "SNAPPY", "GZIP", "LZ4", "ZSTD", "LZMA2");

    private static final List<String> WHOLE_NUMBERS =
            List.of("PLAIN", "RLE", "TS_2DIFF", "GORILLA", "ZIGZAG", "CHIMP", "SPRINTZ", "RLBE");
    private static final List<String> FRACTIONS =
            List.of("PLAIN", "RLE", "TS_2DIFF", "GORILLA", "CHIMP", "SPRINTZ", "RLBE");
    private static final List<String> TEXTS = List.of("PLAIN", "DICTIONARY");
    private static final Map<String, List<String>> ENCODINGS_OF =
            Map.of(
                    "BOOLEAN", List.of("PLAIN", "RLE"),
                    "INT32", WHOLE_NUMBERS,
                    "INT64", WHOLE_NUMBERS,
                    "DATE", WHOLE_NUMBERS,
                    "TIMESTAMP", WHOLE_NUMBERS,
                    "FLOAT", FRACTIONS,
                    "DOUBLE", FRACTIONS,
                    "TEXT", TEXTS,
                    "STRING", TEXTS,
                    "BLOB", List.of("PLAIN"));

    private SeriesTypes() {}

    /**
     * Returns the encodings the server accepts for one of {@link #TYPES}.
     *
     * @throws IllegalArgumentException for another type
     */
    public static List<String> encodingsOf(String type) {
        List<String> encodings = ENCODINGS_OF.get(type.toUpperCase(Locale.ROOT));
        if (encodings == null) {
            throw new IllegalArgumentException("no type of IoTDB: " + type);
        }
        return encodings;
    }

    /** Tells whether some type may have the encoding. */
    static boolean isOfAnyType(String encoding) {
        return ENCODINGS_OF.values().stream().anyMatch(allowed -> allowed.contains(encoding));
    }
}
