package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.mapping.CanonicalText;
import io.iotdbmigrate.mapping.RowCondition;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL that has MySQL decide which rows a mapping takes, just as {@link RowCondition} does: texts by
 * their characters in Unicode, and a date that no calendar has as a null.
 */
public final class FilterSql {
    private final List<Column> columns;

    private FilterSql(List<Column> columns) {
        this.columns = columns;
    }

    /** Returns the rows that a mapping takes, as the source of a query. */
    public static String source(TableMapping mapping) {
        if (mapping.filter().isEveryRow()) {
            return mapping.table().quoted();
        }
        return "(SELECT "
                + mapping.columns().stream()
                        .map(c -> SqlName.quote(c.name()))
                        .collect(Collectors.joining(", "))
                + " FROM "
                + mapping.table().quoted()
                + " WHERE "
                + of(mapping)
                + ") AS mapped";
    }

    /**
     * Returns what follows the name of the table in a query: a condition, and that of the mapping.
     *
     * @param condition empty: none but the mapping's
     */
    public static String where(TableMapping mapping, String condition) {
        if (mapping.filter().isEveryRow()) {
            return condition.isEmpty() ? "" : " WHERE " + condition;
        }
        return condition.isEmpty()
                ? " WHERE " + of(mapping)
                : " WHERE (" + condition + ") AND " + of(mapping);
    }

    /** Writes the condition of a date that no calendar has. */
    public static String isZeroDate(Column column) {
        String name = SqlName.quote(column.name());
        return "(MONTH(" + name + ") = 0 OR DAYOFMONTH(" + name + ") = 0)";
    }

    private static String of(TableMapping mapping) {
        return new FilterSql(mapping.columns()).sql(mapping.filter().condition());
    }

    private String sql(RowCondition condition) {
        if (condition instanceof RowCondition.All all) {
            return joined(all.conditions(), " AND ", "TRUE");
        }
        if (condition instanceof RowCondition.Any any) {
            return joined(any.conditions(), " OR ", "FALSE");
        }
        if (condition instanceof RowCondition.Not not) {
            return "(NOT " + sql(not.condition()) + ")";
        }
        if (condition instanceof RowCondition.IsNull isNull) {
            return "(" + value(columns.get(isNull.column())) + " IS NULL)";
        }
        if (condition instanceof RowCondition.CompareNumber compare) {
            return comparison(
                    value(columns.get(compare.column())),
                    compare.operator().sql(),
                    compare.number().toPlainString());
        }
        if (condition instanceof RowCondition.CompareColumns compare) {
            return comparison(
                    value(columns.get(compare.column())),
                    compare.operator().sql(),
                    value(columns.get(compare.other())));
        }
        if (condition instanceof RowCondition.CompareText compare) {
            String text = "CONVERT(" + value(columns.get(compare.column())) + " USING utf8mb4)";
            String hex = "x'" + HexFormat.of().formatHex(compare.text().getBytes(UTF_8)) + "'";
            return compare.padded()
                    ? comparison(
                            text + " COLLATE utf8mb4_bin",
                            compare.operator().sql(),
                            "_utf8mb4 " + hex)
                    : comparison(
                            "CAST(" + text + " AS BINARY)",
                            compare.operator().sql(),
                            "_binary " + hex);
        }
        RowCondition.CompareMoment compare = (RowCondition.CompareMoment) condition;
        Column column = columns.get(compare.column());
        return comparison(value(column), compare.operator().sql(), moment(column, compare));
    }

    private String joined(List<RowCondition> conditions, String word, String none) {
        return conditions.isEmpty()
                ? none
                : conditions.stream().map(this::sql).collect(Collectors.joining(word, "(", ")"));
    }

    private static String comparison(String left, String operator, String right) {
        return "(" + left + " " + operator + " " + right + ")";
    }

    private static String value(Column column) {
        String name = SqlName.quote(column.name());
        return switch (column.type().kind()) {
            case DATE, DATETIME, TIMESTAMP ->
                    "(CASE WHEN " + isZeroDate(column) + " THEN NULL ELSE " + name + " END)";
            case BIT -> "(" + name + " + 0)";
            default -> name;
        };
    }

    private static String moment(Column column, RowCondition.CompareMoment compare) {
        String text = CanonicalText.of(compare.moment(), column.type()).replace("Z", "");
        Kind kind = column.type().kind();
        String word = kind == Kind.DATE || kind == Kind.TIME ? kind.name() : "TIMESTAMP";
        return word + "'" + text + "'";
    }
}
