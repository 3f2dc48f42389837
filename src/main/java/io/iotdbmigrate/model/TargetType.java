package io.iotdbmigrate.model;

/**
 * IoTDB's data types, with the Java form of a value on its way there: BOOLEAN {@link Boolean},
 * INT32 {@link Integer}, INT64 and TIMESTAMP {@link Long}, FLOAT {@link Float}, DOUBLE {@link
 * Double}, TEXT and STRING and BLOB {@code byte[]} (UTF-8 for the first two), DATE {@link
 * java.time.LocalDate}.
 */
public enum TargetType {
    BOOLEAN,
    INT32,
    INT64,
    FLOAT,
    DOUBLE,
    TEXT,
    STRING,
    BLOB,
    DATE,
    TIMESTAMP;

    public boolean isBinary() {
        return this == TEXT || this == STRING || this == BLOB;
    }
}
