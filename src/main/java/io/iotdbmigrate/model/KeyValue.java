package io.iotdbmigrate.model;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The value of a key column as a chunk's boundary.
 *
 * @param kind how it is written in SQL
 * @param text digits, text, or bytes in hex
 */
public record KeyValue(Kind kind, String text) implements Serializable {

    /** How a value is written in SQL. */
    public enum Kind {
        NUMBER,
        TEXT,
        BYTES
    }

    public KeyValue {
        if (kind == Kind.NUMBER) {
            new BigDecimal(text);
        }
        if (kind == Kind.BYTES) {
            HexFormat.of().parseHex(text);
        }
    }

    /**
     * Spells it as a constant in SQL. Text is converted to the column's own character set and
     * collation, so that MySQL compares with it in the order of the column's index and can use that
     * index.
     */
    public String literal(Column column) {
        return switch (kind) {
            case NUMBER -> text;
            case BYTES -> "x'" + text + "'";
            case TEXT -> {
                String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
                String utf8 = "_utf8mb4 x'" + hex + "'";
                yield column.charset() == null
                        ? utf8
                        : "CONVERT("
                                + utf8
                                + " USING "
                                + column.charset()
                                + ") COLLATE "
                                + column.collation();
            }
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
