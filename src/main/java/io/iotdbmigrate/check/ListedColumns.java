package io.iotdbmigrate.check;

import io.iotdbmigrate.config.TableConfig;
import io.iotdbmigrate.config.TableConfig.ColumnConfig;
import io.iotdbmigrate.config.yaml.NearestName;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison of what {@code mysql.tables} says of a table with the table. Nothing depends on what
 * is listed, so a difference is a warning.
 */
final class ListedColumns {
    private static final Pattern INTEGER_WIDTH =
            Pattern.compile("\\b(tinyint|smallint|mediumint|int|bigint|year)\\s*\\(\\d+\\)");

    private ListedColumns() {}

    static List<Finding> compare(TableConfig listed, TableSchema schema) {
        List<Finding> findings = new ArrayList<>();
        List<String> primary = schema.primaryKey().map(TableKey::columns).orElse(List.of());
        for (ColumnConfig column : listed.columns()) {
            String subject = listed.name() + "." + column.name();
            Optional<Column> live = schema.column(column.name());
            if (live.isEmpty()) {
                findings.add(missing(subject, column, schema));
                continue;
            }
            if (!normal(column.type()).equals(normal(live.get().type().declared()))) {
                findings.add(
                        differs(
                                subject,
                                "is listed as " + column.type() + " and is " + live.get().type()));
            }
            boolean isPrimary = primary.stream().anyMatch(column.name()::equalsIgnoreCase);
            if (column.primary() && !isPrimary) {
                findings.add(
                        differs(
                                subject,
                                "is listed as primary, and the primary key is "
                                        + (primary.isEmpty()
                                                ? "missing"
                                                : String.join(", ", primary))));
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(
                            listed.name(),
                            "has all columns that mysql.tables lists, with their types"));
        }
        return findings;
    }

    private static Finding missing(String subject, ColumnConfig column, TableSchema schema) {
        List<String> existing = schema.columns().stream().map(Column::name).toList();
        String nearest =
                NearestName.find(column.name(), existing)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("");
        return differs(
                subject, "is listed in mysql.tables and the table does not have it" + nearest);
    }

    private static Finding differs(String subject, String message) {
        return Finding.warning(
                subject, message, "correct mysql.tables; the live schema is what counts");
    }

    /**
     * Returns the type in MySQL's own names, without display widths: {@code BOOL} is {@code
     * tinyint}.
     */
    static String normal(String type) {
        String text = type.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        text = text.replaceAll("\\s*\\(\\s*", "(").replaceAll("\\s*\\)", ")");
        text = text.replaceAll("\\s*,\\s*", ",");
        text = text.replaceFirst("^(bool|boolean)$", "tinyint");
        text = text.replaceFirst("^integer\\b", "int");
        text = text.replaceFirst("^(dec|numeric|fixed)\\b", "decimal");
        text = text.replaceFirst("^(double precision|real)\\b", "double");
        text = text.replaceFirst("^(datetime|timestamp|time)\\(0\\)", "$1");
        text = text.replaceFirst("^decimal$", "decimal(10,0)");
        text = text.replaceFirst("^decimal\\((\\d+)\\)", "decimal($1,0)");
        text = text.replaceFirst("^bit$", "bit(1)");
        text = text.replaceFirst("^(char|binary)$", "$1(1)");
        Matcher width = INTEGER_WIDTH.matcher(text);
        return width.replaceAll("$1").replace(" zerofill", "").replace(" signed", "");
    }
}
