package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.yaml.NearestName;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that planning one mapping finds about the columns of its table. */
final class SchemaFindings {
    private final String table;
    private final TableSchema schema;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param table as the config names it
     */
    SchemaFindings(String table, TableSchema schema) {
        this.table = table;
        this.schema = schema;
    }

    /** Returns the column that a setting names; not finding it is an error. */
    Optional<Column> find(String setting, String name) {
        Optional<Column> column = schema.column(name);
        if (column.isEmpty()) {
            error(name, setting + " names a column that the table does not have", remedy(name));
        }
        return column;
    }

    private String remedy(String name) {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && schema.column(name.substring(0, name.indexOf('.'))).isPresent()) {
            return "for a name from another table, say of which one in iotdb.lookups: "
                    + name.substring(0, dot)
                    + ": {table: ..., key: ...}";
        }
        List<String> existing = schema.columns().stream().map(Column::name).toList();
        return NearestName.find(name, existing)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("its columns are " + String.join(", ", existing));
    }

    void ok(Column column, String message) {
        findings.add(Finding.ok(subject(column.name()), message));
    }

    void warning(Column column, String message, String remedy) {
        findings.add(Finding.warning(subject(column.name()), message, remedy));
    }

    void error(String column, String message, String remedy) {
        findings.add(Finding.error(ExitCode.CONFIG, subject(column), message, remedy));
    }

    void tableError(String message, String remedy) {
        findings.add(Finding.error(ExitCode.CONFIG, table, message, remedy));
    }

    void tableOk(String message) {
        findings.add(Finding.ok(table, message));
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    }

    List<Finding> list() {
        return findings;
    }

    private String subject(String column) {
        return table + "." + column;
    }
}
