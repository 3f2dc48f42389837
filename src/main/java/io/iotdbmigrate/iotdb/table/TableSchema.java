package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.iotdb.table.TableColumns.Column;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.model.TargetType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table that a mapping writes, as it has to be. Tablets would make tables and columns by
 * themselves, also those that somebody dropped, so it is created in so many words and compared.
 */
final class TableSchema {
    /** The FIELD of a table whose rows have none of their own: there is no row without one. */
    static final String PRESENT = "_present";

    private final String database;
    private final TagNaming tags;
    private final List<String> attributes;
    private final Map<String, TargetType> fields = new LinkedHashMap<>();

    /** Type of all FIELDs of a pivoted table; null for any other table. */
    private final @Nullable TargetType pivoted;

    TableSchema(String database, TableMapping mapping) {
        this.database = database;
        this.tags = mapping.tags();
        this.attributes = mapping.attributes().stream().map(Measurement::name).toList();
        this.pivoted = mapping.isPivoted() ? mapping.measurements().get(0).type() : null;
        if (pivoted != null) {
            return;
        }
        mapping.measurements().forEach(m -> fields.put(m.name(), m.type()));
        if (fields.isEmpty()) {
            fields.put(PRESENT, TargetType.BOOLEAN);
        }
        if (mapping.onDelete() == OnDelete.MARK) {
            fields.put(MappingConfig.DELETED, TargetType.BOOLEAN);
        }
    }

    /** Returns the statement that creates it; without a TTL, whatever that of the database is. */
    String create() {
        List<String> columns = new ArrayList<>();
        tags.names().forEach(tag -> columns.add(TableSql.name(tag) + " STRING TAG"));
        attributes.forEach(a -> columns.add(TableSql.name(a) + " STRING ATTRIBUTE"));
        fields.forEach((name, type) -> columns.add(TableSql.name(name) + " " + type + " FIELD"));
        return "CREATE TABLE IF NOT EXISTS "
                + TableSql.table(database, tags.table())
                + " ("
                + String.join(", ", columns)
                + ") WITH (TTL='INF')";
    }

    /** Returns what is wrong with a table that exists, and the remedy; empty if nothing is. */
    Optional<Problem> problem(TableColumns found) {
        if (tags.hasVersions() && lacksVersion(found)) {
            return Optional.of(
                    new Problem(
                            "lacks the TAG " + TagNaming.VERSION.name() + " of on_update: version",
                            "run ALTER TABLE "
                                    + tags.table()
                                    + " ADD COLUMN "
                                    + TableSql.name(TagNaming.VERSION.name())
                                    + " STRING TAG, or choose another target_table"));
        }
        if (!found.tags().equals(tags.names())) {
            return Optional.of(
                    new Problem(
                            "has the TAGs ("
                                    + String.join(", ", found.tags())
                                    + "), and the mapping's are ("
                                    + String.join(", ", tags.names())
                                    + ")",
                            "set tags: to what is there, or choose another target_table"));
        }
        for (String attribute : attributes) {
            if (!found.attributes().contains(attribute)) {
                return Optional.of(
                        new Problem(
                                "lacks the ATTRIBUTE " + attribute,
                                "run ALTER TABLE "
                                        + tags.table()
                                        + " ADD COLUMN "
                                        + TableSql.name(attribute)
                                        + " STRING ATTRIBUTE, and backfill --restart"));
            }
        }
        for (Map.Entry<String, TargetType> field : fields.entrySet()) {
            Optional<Column> column = found.field(field.getKey());
            if (column.isEmpty()) {
                return Optional.of(
                        new Problem(
                                "lacks the FIELD " + field.getKey(),
                                "if nobody dropped it by mistake, run ALTER TABLE "
                                        + tags.table()
                                        + " ADD COLUMN "
                                        + TableSql.name(field.getKey())
                                        + " "
                                        + field.getValue()
                                        + " FIELD"));
            }
            if (!column.get().type().equals(field.getValue().name())) {
                return Optional.of(
                        new Problem(
                                "has the FIELD "
                                        + field.getKey()
                                        + " as "
                                        + column.get().type()
                                        + ", and the mapping's is "
                                        + field.getValue(),
                                "set type: of this measurement to what is there, or choose another"
                                        + " target_table"));
            }
        }
        if (pivoted != null) {
            return pivotProblem(pivoted, found);
        }
        return found.fields().stream()
                .filter(column -> !fields.containsKey(column.name()))
                .findFirst()
                .map(
                        column ->
                                new Problem(
                                        "has a FIELD "
                                                + column.name()
                                                + " that the mapping does not write: its values"
                                                + " would go with each row that is written anew",
                                        "map it, drop it, or choose another target_table"));
    }

    private static Optional<Problem> pivotProblem(TargetType type, TableColumns found) {
        return found.fields().stream()
                .filter(column -> !column.type().equals(type.name()))
                .findFirst()
                .map(
                        column ->
                                new Problem(
                                        "has the FIELD "
                                                + column.name()
                                                + " as "
                                                + column.type()
                                                + ", and with pivot: true all are "
                                                + type,
                                        "set type: of the measurement to what is there, or choose"
                                                + " another target_table"));
    }

    private boolean lacksVersion(TableColumns found) {
        List<String> names = tags.names();
        return found.tags().equals(names.subList(0, names.size() - 1));
    }

    /**
     * What is wrong with a table.
     *
     * @param what reads on behind the table's name
     */
    record Problem(String what, String remedy) {}
}
