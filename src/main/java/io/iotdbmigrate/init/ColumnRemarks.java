package io.iotdbmigrate.init;

import io.iotdbmigrate.mapping.TypeRules;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TargetType;
import org.jspecify.annotations.Nullable;

/** What a person should know of a column before it becomes a measurement. */
final class ColumnRemarks {
    private static final int MILLIS_DIGITS = 3;

    private ColumnRemarks() {}

    static boolean isCopied(Column column) {
        return type(column) != null;
    }

    /** Returns the IoTDB type it becomes by default; null if there is none. */
    static @Nullable String type(Column column) {
        return TypeRules.defaultTarget(column.type()).map(TargetType::name).orElse(null);
    }

    /** Returns a remark; empty if there is nothing to say. */
    static String of(Column column) {
        MySqlType type = column.type();
        if (type.isBoolean()) {
            return type.kind() == Kind.TINYINT
                    ? "a value other than 0 and 1 is rejected; INT32 keeps it"
                    : "";
        }
        return switch (type.kind()) {
            case UNSUPPORTED -> type + " cannot be copied";
            case BIGINT ->
                    type.unsigned()
                            ? "above 9223372036854775807 a row is rejected; TEXT keeps it"
                            : "";
            case DECIMAL ->
                    TypeRules.defaultTarget(type).orElseThrow() == TargetType.TEXT
                            ? type + " has more digits than a DOUBLE keeps"
                            : "";
            case DATETIME, TIMESTAMP ->
                    type.length() > MILLIS_DIGITS
                            ? "an IoTDB that counts in milliseconds cuts finer fractions off"
                            : "";
            case TIME -> "in microseconds";
            case DATE -> "1000-01-01 to 9999-12-31; a zero date becomes no value";
            case JSON -> "blanks between its parts go";
            case TINYINT,
                            SMALLINT,
                            MEDIUMINT,
                            INT,
                            BIT,
                            YEAR,
                            FLOAT,
                            DOUBLE,
                            CHAR,
                            VARCHAR,
                            TEXT,
                            UUID,
                            INET4,
                            INET6,
                            ENUM,
                            SET,
                            BINARY,
                            VARBINARY,
                            BLOB ->
                    "";
        };
    }
}
