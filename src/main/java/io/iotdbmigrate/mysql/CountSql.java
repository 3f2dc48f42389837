package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** SQL conditions and identities as the mapping sees them: bytes, not collations. */
final class CountSql {
    private CountSql() {}

    /** Writes the condition of a date that no calendar has. */
    static String isZeroDate(Column column) {
        String name = SqlName.quote(column.name());
        return "(MONTH(" + name + ") = 0 OR DAYOFMONTH(" + name + ") = 0)";
    }

    static boolean isDated(MySqlType type) {
        return type.kind() == Kind.DATE
                || type.kind() == Kind.DATETIME
                || type.kind() == Kind.TIMESTAMP;
    }

    /** Writes the time of a row; null where the row has no time. */
    static String time(TableMapping mapping) {
        Column column = mapping.columns().get(mapping.timeColumn());
        String name = SqlName.quote(column.name());
        return isDated(column.type())
                ? "(CASE WHEN " + isZeroDate(column) + " THEN NULL ELSE " + name + " END)"
                : name;
    }

    /**
     * Returns what two rows of one time in IoTDB share: the time, less the fraction that is cut
     * off.
     */
    static String timeIdentity(TableMapping mapping) {
        MySqlType type = mapping.columns().get(mapping.timeColumn()).type();
        String time = time(mapping);
        int digits = mapping.precision().fractionDigits();
        if (isDated(type)) {
            // Cut off, as rounding could make two times one that stay two.
            return type.length() > digits
                    ? "LEFT(CAST("
                            + time
                            + " AS CHAR), "
                            + ("yyyy-mm-dd hh:mm:ss.".length() + digits)
                            + ")"
                    : time;
        }
        long perUnit =
                mapping.timestampUnit() == null
                        ? 1
                        : switch (mapping.timestampUnit()) {
                            case S, MS -> 1;
                            case US -> mapping.precision() == TimePrecision.MS ? 1_000 : 1;
                            case NS ->
                                    switch (mapping.precision()) {
                                        case MS -> 1_000_000;
                                        case US -> 1_000;
                                        case NS -> 1;
                                    };
                        };
        return perUnit == 1 ? time : "FLOOR(" + time + " / " + perUnit + ")";
    }

    /**
     * Returns which values of a column a measurement cannot hold, so that their rows are rejected.
     */
    static Optional<String> rejects(Column column, TargetType target) {
        String name = SqlName.quote(column.name());
        return switch (target) {
            case BOOLEAN ->
                    column.type().kind() == Kind.BIT
                            ? Optional.empty()
                            : Optional.of(name + " NOT IN (0, 1)");
            case INT64 ->
                    canExceedLong(column.type())
                            ? Optional.of(name + " > 9223372036854775807")
                            : Optional.empty();
            case DATE -> Optional.of(name + " < '1000-01-01' AND NOT " + isZeroDate(column));
            default -> Optional.empty();
        };
    }

    private static boolean canExceedLong(MySqlType type) {
        return switch (type.kind()) {
            case BIGINT -> type.unsigned();
            case BIT -> type.length() == Long.SIZE;
            default -> false;
        };
    }

    /** Tells whether a row cannot be mapped, as far as SQL can tell; never null. */
    static String rejected(TableMapping mapping) {
        List<String> conditions = new ArrayList<>();
        conditions.add(hasNoDevice(mapping));
        conditions.add(time(mapping) + " IS NULL");
        Column time = mapping.columns().get(mapping.timeColumn());
        rejects(time, TargetType.INT64).ifPresent(conditions::add);
        for (TableMapping.Measurement measurement : mapping.measurements()) {
            Column column = mapping.columns().get(measurement.column());
            rejects(column, measurement.type()).ifPresent(conditions::add);
        }
        return "COALESCE((" + String.join(") OR (", conditions) + "), FALSE)";
    }

    /** Returns the columns of the template in a form that keeps all bytes apart. */
    static List<String> deviceIdentity(TableMapping mapping) {
        return mapping.device().columns().stream().map(c -> bytes(mapping, c)).toList();
    }

    private static String bytes(TableMapping mapping, String column) {
        Column found = mapping.columns().get(mapping.columnIndex(column));
        String name = SqlName.quote(found.name());
        return found.type().kind().isText() ? "CAST(" + name + " AS BINARY)" : name;
    }

    /** Tells whether a row has no name for its device. */
    static String hasNoDevice(TableMapping mapping) {
        List<String> conditions = new ArrayList<>();
        for (String column : mapping.device().columns()) {
            Column found = mapping.columns().get(mapping.columnIndex(column));
            String name = SqlName.quote(found.name());
            conditions.add(name + " IS NULL");
            if (found.type().kind().isText() || found.type().kind().isBinary()) {
                conditions.add("LENGTH(" + name + ") = 0");
            }
            if (isDated(found.type())) {
                conditions.add(isZeroDate(found));
            }
        }
        return conditions.isEmpty() ? "FALSE" : "(" + String.join(" OR ", conditions) + ")";
    }

    /** Returns the name of a node that has columns, as text. */
    static String nodeName(TableMapping mapping, DeviceTemplate.Node node) {
        List<String> parts = new ArrayList<>();
        for (DeviceTemplate.Part part : node.parts()) {
            parts.add(part.isColumn() ? text(mapping, part.text()) : literal(part.text()));
        }
        return "CONCAT(" + String.join(", ", parts) + ")";
    }

    private static String text(TableMapping mapping, String column) {
        Column found = mapping.columns().get(mapping.columnIndex(column));
        String name = SqlName.quote(found.name());
        return switch (found.type().kind()) {
            case BINARY, VARBINARY, BLOB -> "LOWER(HEX(" + name + "))";
            case BIT -> "CAST(" + name + " + 0 AS CHAR)";
            default -> "CONVERT(" + name + " USING utf8mb4)";
        };
    }

    private static String literal(String text) {
        return "_utf8mb4 x'" + HexFormat.of().formatHex(text.getBytes(UTF_8)) + "'";
    }
}
