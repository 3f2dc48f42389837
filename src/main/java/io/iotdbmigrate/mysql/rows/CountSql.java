package io.iotdbmigrate.mysql.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TemplateNode;
import io.iotdbmigrate.mapping.TextValues;
import io.iotdbmigrate.mapping.TypeRules;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.mysql.FilterSql;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** SQL conditions and identities as the mapping sees them: bytes, not collations. */
final class CountSql {
    private CountSql() {}

    /** Writes the condition of a date that no calendar has. */
    static String isZeroDate(Column column) {
        return FilterSql.isZeroDate(column);
    }

    static boolean isDated(MySqlType type) {
        return type.kind() == Kind.DATE
                || type.kind() == Kind.DATETIME
                || type.kind() == Kind.TIMESTAMP;
    }

    /**
     * Returns which values of a column a measurement cannot hold, so that their rows are rejected.
     */
    static Optional<String> rejects(Column column, TargetType target) {
        String name = SqlName.quote(column.name());
        if (TypeRules.readsText(column.type(), target)) {
            return Optional.of("NOT " + isReadable(name, target));
        }
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

    /** Tells whether a text is a number or truth value, but for the range of the type. */
    private static String isReadable(String name, TargetType target) {
        String text = "CONVERT(" + name + " USING utf8mb4)";
        if (target == TargetType.BOOLEAN) {
            return "(LOWER(TRIM("
                    + text
                    + ")) COLLATE utf8mb4_bin IN ("
                    + TextValues.BOOLEANS.keySet().stream()
                            .sorted()
                            .map(word -> "'" + word + "'")
                            .collect(Collectors.joining(", "))
                    + "))";
        }
        return "(CASE WHEN CHAR_LENGTH("
                + text
                + ") > "
                + TextValues.LONGEST
                + " THEN FALSE ELSE "
                + text
                + " REGEXP '"
                + TextValues.NUMBER
                + "' END)";
    }

    /** Writes the condition of a value that reaches IoTDB. A zero date becomes a null. */
    static String hasValue(TableMapping mapping, TableMapping.Measurement measurement) {
        Column column = mapping.columns().get(measurement.column());
        String there = SqlName.quote(column.name()) + " IS NOT NULL";
        if (isDated(column.type())) {
            return "(" + there + " AND NOT " + isZeroDate(column) + ")";
        }
        Optional<String> invalid =
                measurement.onInvalid() == OnInvalid.SKIP
                        ? rejects(column, measurement.type())
                        : Optional.empty();
        return invalid.map(i -> "(" + there + " AND NOT (" + i + "))").orElse(there);
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
        conditions.add(new TimeSql(mapping).isMissing());
        for (TableMapping.Measurement measurement : mapping.measurements()) {
            Column column = mapping.columns().get(measurement.column());
            if (measurement.onInvalid() == OnInvalid.REJECT) {
                rejects(column, measurement.type()).ifPresent(conditions::add);
            }
        }
        return "COALESCE((" + String.join(") OR (", conditions) + "), FALSE)";
    }

    /**
     * Returns the columns of the device in a form that keeps all bytes apart. A TAG may be null:
     * its form never is.
     */
    static List<String> deviceIdentity(TableMapping mapping) {
        return mapping.device().columns().stream()
                .map(c -> bytes(mapping, c))
                .map(
                        c ->
                                mapping.keepsWholeRows()
                                        ? "COALESCE(CONCAT('=', CAST(" + c + " AS BINARY)), '')"
                                        : c)
                .toList();
    }

    /** Returns columns in a form that keeps all bytes apart. */
    static List<String> identity(TableMapping mapping, List<String> columns) {
        return columns.stream().map(c -> bytes(mapping, c)).toList();
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
            boolean namesColumn =
                    mapping.device() instanceof TagNaming tags && column.equals(tags.pivotColumn());
            if (!mapping.keepsWholeRows() || namesColumn) {
                conditions.add(name + " IS NULL");
                if (found.type().kind().isText() || found.type().kind().isBinary()) {
                    conditions.add("LENGTH(" + name + ") = 0");
                }
            }
            if (isDated(found.type())) {
                conditions.add("COALESCE(" + isZeroDate(found) + ", FALSE)");
            }
        }
        return conditions.isEmpty() ? "FALSE" : "(" + String.join(" OR ", conditions) + ")";
    }

    /** Returns the name of a node that has columns, as text. */
    static String nodeName(TableMapping mapping, TemplateNode node) {
        List<String> parts = new ArrayList<>();
        for (TemplateNode.Part part : node.parts()) {
            parts.add(part.isColumn() ? text(mapping, part.text()) : literal(part.text()));
        }
        return "CONCAT(" + String.join(", ", parts) + ")";
    }

    /** Returns the value of a column as text, as a name has it. */
    static String text(TableMapping mapping, String column) {
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
