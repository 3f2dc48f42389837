package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.Scalars;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code mysql.tables} and {@code mysql.partitioning}. */
final class SourceReader {
    private final YamlMap mysql;

    SourceReader(YamlMap mysql) {
        this.mysql = mysql;
    }

    List<TableConfig> tables() {
        List<TableConfig> tables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlMap table : mysql.maps("tables", "a list of tables", "name", "columns")) {
            String name = table.required("name", "the name of the MySQL table");
            if (!name.isEmpty() && !names.add(name)) {
                table.problem("name", "\"" + name + "\" is listed twice; keep one of the two");
            }
            tables.add(new TableConfig(name, columns(table)));
        }
        return tables;
    }

    private static List<TableConfig.ColumnConfig> columns(YamlMap table) {
        List<TableConfig.ColumnConfig> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<YamlMap> items =
                table.maps(
                        "columns",
                        "a list of columns",
                        "name",
                        "type",
                        "primary",
                        "auto_increment");
        for (YamlMap column : items) {
            String name = column.required("name", "the name of the column");
            if (!name.isEmpty() && !names.add(name)) {
                column.problem("name", "\"" + name + "\" is listed twice; keep one of the two");
            }
            columns.add(
                    new TableConfig.ColumnConfig(
                            name,
                            column.required("type", "its MySQL type, such as DATETIME(3)"),
                            column.bool("primary", false),
                            column.bool("auto_increment", false)));
        }
        return columns;
    }

    @Nullable PartitioningConfig partitioning() {
        if (!mysql.has("partitioning")) {
            return null;
        }
        YamlMap hints =
                mysql.section("partitioning", "column", "lower_bound", "upper_bound", "num");
        String column = hints.required("column", "the column to split the table by");
        BigInteger lower = bound(hints, "lower_bound", "about the lowest value of the column");
        BigInteger upper = bound(hints, "upper_bound", "about the highest value of the column");
        if (lower.compareTo(upper) > 0 && hints.has("upper_bound")) {
            hints.problem(
                    "upper_bound", upper + " is below lower_bound " + lower + "; swap the two");
        }
        return new PartitioningConfig(
                column, lower, upper, hints.integer("num", 1, 1, Integer.MAX_VALUE));
    }

    private static BigInteger bound(YamlMap hints, String key, String meaning) {
        YamlValue value = hints.get(key);
        if (value == null) {
            hints.problem(key, "is missing; add " + meaning + ", or remove partitioning");
            return BigInteger.ZERO;
        }
        BigInteger number = Scalars.bigNumber(value);
        return number == null ? BigInteger.ZERO : number;
    }
}
