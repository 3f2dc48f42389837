package io.iotdbmigrate.model;

import java.io.Serializable;
import java.util.Locale;

/**
 * A MySQL column type, and with it the Java form ("canonical value") in which both the backfill and
 * the binlog hand a value on. A null is a null; otherwise:
 *
 * <ul>
 *   <li>integers, YEAR, BIT: {@link Long}; {@link java.math.BigInteger} above 2^63-1
 *   <li>FLOAT: {@link Float}; DOUBLE: {@link Double}; DECIMAL: {@link java.math.BigDecimal}
 *   <li>CHAR, VARCHAR, TEXT, ENUM, SET, UUID, INET4, INET6: {@link String}; JSON: {@link String} as
 *       MySQL wrote it
 *   <li>BINARY, VARBINARY, BLOB: {@code byte[]}
 *   <li>DATE: {@link Long}, days since 1970-01-01
 *   <li>DATETIME: {@link Long}, microseconds since 1970-01-01T00:00 on the wall clock, in no zone
 *   <li>TIMESTAMP: {@link Long}, microseconds since the epoch in UTC
 *   <li>TIME: {@link Long}, microseconds, signed
 *   <li>a date that no calendar has (0000-00-00, 2024-00-15): {@link ZeroDate}
 * </ul>
 *
 * @param length characters, bytes, or bits of BIT; DECIMAL: its digits; fraction digits of a
 *     temporal type
 * @param scale DECIMAL: digits after the point, else 0
 * @param declared as {@code information_schema.columns.column_type} writes it
 */
public record MySqlType(Kind kind, long length, int scale, boolean unsigned, String declared)
        implements Serializable {

    /** What a column holds, widths aside. */
    public enum Kind {
        TINYINT,
        SMALLINT,
        MEDIUMINT,
        INT,
        BIGINT,
        BIT,
        YEAR,
        FLOAT,
        DOUBLE,
        DECIMAL,
        CHAR,
        VARCHAR,
        TEXT,
        ENUM,
        SET,
        JSON,
        BINARY,
        VARBINARY,
        BLOB,
        DATE,
        DATETIME,
        TIMESTAMP,
        TIME,
        /** MariaDB's; the binlog has 16 bytes. */
        UUID,
        /** MariaDB's; the binlog has 4 bytes. */
        INET4,
        /** MariaDB's; the binlog has 16 bytes. */
        INET6,
        /** GEOMETRY, VECTOR and whatever a later MySQL brings. */
        UNSUPPORTED;

        public boolean isInteger() {
            return this == TINYINT
                    || this == SMALLINT
                    || this == MEDIUMINT
                    || this == INT
                    || this == BIGINT;
        }

        public boolean isText() {
            return this == CHAR
                    || this == VARCHAR
                    || this == TEXT
                    || this == ENUM
                    || this == SET
                    || isAddress();
        }

        /** Tells whether it is a text for a reader, and some bytes in the binlog. */
        public boolean isAddress() {
            return this == UUID || this == INET4 || this == INET6;
        }

        public boolean isBinary() {
            return this == BINARY || this == VARBINARY || this == BLOB;
        }
    }

    /**
     * Tells whether it is a truth value: {@code BOOL} and {@code TINYINT(1)} are the same type to
     * MySQL; BIT(1) is used alike.
     */
    public boolean isBoolean() {
        return (kind == Kind.TINYINT && declared.startsWith("tinyint(1)"))
                || (kind == Kind.BIT && length == 1);
    }

    /**
     * Returns how many bits of a signed integer hold every value of this integer, BIT or YEAR type.
     */
    public int signedBits() {
        int bits =
                switch (kind) {
                    case TINYINT -> 8;
                    case SMALLINT -> 16;
                    case MEDIUMINT -> 24;
                    case INT, YEAR -> 32;
                    case BIGINT -> 64;
                    case BIT -> (int) length + 1;
                    default -> throw new IllegalStateException(declared + " is no integer");
                };
        return unsigned && kind.isInteger() ? bits + 1 : bits;
    }

    @Override
    public String toString() {
        return declared.toUpperCase(Locale.ROOT);
    }
}
