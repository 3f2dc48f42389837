package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.RowPolicies;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.TagNaming.Tag;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A planner that decides which columns become TAGs of which table of IoTDB. */
final class TagPlanner {
    private static final String TIME = "time";

    private final MappingConfig config;
    private final TargetTableConfig target;
    private final TableSchema schema;
    private final SchemaFindings findings;

    TagPlanner(
            MappingConfig config,
            TargetTableConfig target,
            TableSchema schema,
            SchemaFindings findings) {
        this.config = config;
        this.target = target;
        this.schema = schema;
        this.findings = findings;
    }

    TagNaming plan() {
        String table = target.name() == null ? lower(schema.id().table()) : target.name();
        if (!TargetTableConfig.isName(table)) {
            findings.tableError(
                    "gives the table \"" + table + "\" in IoTDB, which tablets cannot name",
                    "set target_table: to a name of the letters a to z, digits and _");
        }
        List<Tag> tags = new ArrayList<>();
        for (String name : columns()) {
            Optional<Column> column = findings.find("tags", name);
            column.ifPresent(c -> tags.add(new Tag(lower(c.name()), c.name())));
            column.ifPresent(this::check);
        }
        return new TagNaming(table, tags);
    }

    private List<String> columns() {
        if (target.tags() != null) {
            return target.tags();
        }
        Optional<TableKey> key =
                schema.keys().stream()
                        .filter(TableKey::rowsAreUnique)
                        .filter(k -> k.columns().stream().anyMatch(c -> config.time().has(c)))
                        .min(Comparator.comparingInt(k -> k.columns().size()));
        if (key.isEmpty()) {
            findings.tableError(
                    "has no unique key of NOT NULL columns with the time in it, so which columns"
                            + " name the device is not known",
                    "list them under tags, or write tags: [] if all rows are of one device");
            return List.of();
        }
        return key.get().columns().stream().filter(c -> !config.time().has(c)).toList();
    }

    private void check(Column column) {
        if (config.time().has(column.name())) {
            findings.error(
                    column.name(), "is the time and a TAG", "take it out of tags of this mapping");
        } else if (lower(column.name()).equals(TIME)) {
            findings.error(
                    column.name(),
                    "cannot be a TAG of this name: IoTDB's own column is called time",
                    "map a VIRTUAL generated column of another name");
        }
        switch (column.type().kind()) {
            case UNSUPPORTED, FLOAT, DOUBLE, JSON ->
                    findings.error(
                            column.name(),
                            column.type() + " cannot name a device",
                            "use integer or character columns in tags");
            default -> {
                // Every other type has one text per value.
            }
        }
    }

    /** Reports FIELDs that become one with each other, with a TAG or with the time. */
    void checkFields(TagNaming naming, List<String> fields) {
        Set<String> taken = new HashSet<>(naming.names());
        taken.add(TIME);
        if (config.onDelete() == RowPolicies.OnDelete.MARK) {
            taken.add(MappingConfig.DELETED);
        }
        for (String field : fields) {
            if (field.indexOf('{') >= 0 || field.indexOf('}') >= 0) {
                findings.error(
                        field,
                        "cannot be a FIELD of this name: braces stand for columns",
                        "give it a name without braces under measurements");
            }
            if (!taken.add(lower(field))) {
                findings.error(
                        field,
                        "and another column are one in IoTDB, which compares names in lower case"
                                + " and has a column time of its own",
                        "give it another name: {name: "
                                + lower(field)
                                + "_value, field: "
                                + field
                                + "}");
            }
        }
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
