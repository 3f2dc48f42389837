package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.RowPolicies;
import io.iotdbmigrate.config.TagConfig;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A planner that decides what becomes TAGs of which table of IoTDB. */
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

    /**
     * Plans.
     *
     * @param lookups of a TAG's field; null if it is the name of a column
     */
    TagNaming plan(Function<String, @Nullable Lookup> lookups) {
        String table = target.name() == null ? lower(schema.id().table()) : target.name();
        if (!TargetTableConfig.isName(table)) {
            findings.tableError(
                    "gives the table \"" + table + "\" in IoTDB, which tablets cannot name",
                    "set target_table: to a name of the letters a to z, digits and _");
        }
        List<Tag> tags = new ArrayList<>();
        for (TagConfig tag : configured()) {
            checkVersion(tag);
            if (tag.isOfTable()) {
                if (tag.tag().equals(TIME)) {
                    findings.tableError(
                            "has a TAG called time, which is the name of IoTDB's own column",
                            "give it another name: {name: ..., field: '" + tag.field() + "'}");
                }
                tags.add(new Tag(tag.tag(), null, null, textOf(tag)));
                continue;
            }
            Lookup lookup = lookups.apply(tag.field());
            String name = lookup == null ? tag.field() : LookupColumn.root(tag.field());
            findings.find("tags", name)
                    .ifPresent(
                            column -> {
                                tags.add(new Tag(tag.tag(), column.name(), lookup, null));
                                check(column, tag);
                            });
        }
        if (versions()) {
            tags.add(TagNaming.VERSION);
        }
        pivot(lookups).ifPresent(tags::add);
        TagNaming naming = new TagNaming(table, tags, target.pivot());
        new LookupChecks(findings).check(naming);
        return naming;
    }

    /** Returns what names the columns; empty if the FIELDs have one name for all rows. */
    private Optional<Tag> pivot(Function<String, @Nullable Lookup> lookups) {
        if (!target.pivot()) {
            return Optional.empty();
        }
        String field = pivotField();
        Lookup lookup = lookups.apply(field);
        String name = lookup == null ? field : LookupColumn.root(field);
        Optional<Column> found = findings.find("the name of a measurement", name);
        found.ifPresent(column -> checkNaming(column, "a column", "in the braces"));
        return found.map(column -> new Tag(TagNaming.NAME, column.name(), lookup, null));
    }

    private String pivotField() {
        return config.rowName().map(row -> row.substring(1, row.length() - 1)).orElse("");
    }

    private boolean versions() {
        return config.onUpdate() == RowPolicies.OnUpdate.VERSION;
    }

    private boolean isVersion(String name) {
        return versions() && lower(name).equals(TagNaming.VERSION.name());
    }

    private void checkVersion(TagConfig tag) {
        if (isVersion(tag.tag())) {
            findings.tableError(
                    "has a TAG called " + tag.tag() + ", which on_update: version writes itself",
                    "give it another name: {name: ..., field: '" + tag.field() + "'}");
        }
    }

    private String textOf(TagConfig tag) {
        if (tag.text() == null) {
            findings.tableError(
                    "has the TAG " + tag.field() + ", and the pattern of tables has no such group",
                    "put a part of the pattern into parentheses for each, or correct the number");
            return "";
        }
        return tag.text();
    }

    private List<TagConfig> configured() {
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
        return key.get().columns().stream()
                .filter(c -> !config.time().has(c))
                .filter(c -> !target.pivot() || !c.equalsIgnoreCase(pivotField()))
                .map(TagConfig::of)
                .toList();
    }

    private void check(Column column, TagConfig tag) {
        if (config.time().has(column.name())) {
            findings.error(
                    column.name(), "is the time and a TAG", "take it out of tags of this mapping");
        } else if (tag.tag().equals(TIME)) {
            findings.error(
                    column.name(),
                    "cannot be a TAG of this name: IoTDB's own column is called time",
                    "give it another name: {name: ..., field: " + tag.field() + "}");
        }
        checkNaming(column, "a device", "in tags");
    }

    private void checkNaming(Column column, String what, String where) {
        switch (column.type().kind()) {
            case UNSUPPORTED, FLOAT, DOUBLE, JSON ->
                    findings.error(
                            column.name(),
                            column.type() + " cannot name " + what,
                            "use integer or character columns " + where);
            default -> {
                // Every other type has one text per value.
            }
        }
    }

    /**
     * Reports ATTRIBUTEs and FIELDs that become one with each other, with a TAG or with the time.
     */
    void checkFields(TagNaming naming, List<String> attributes, List<String> fields) {
        Set<String> taken = new HashSet<>(naming.names());
        taken.add(TIME);
        if (config.onDelete() == RowPolicies.OnDelete.MARK) {
            taken.add(MappingConfig.DELETED);
        }
        for (String attribute : attributes) {
            if (!taken.add(attribute)) {
                findings.error(
                        attribute,
                        "is an attribute, and a TAG or IoTDB's own column has that name",
                        "give it another name: {name: ..., field: ...}");
            }
        }
        for (String field : fields) {
            if (field.indexOf('{') >= 0 || field.indexOf('}') >= 0) {
                findings.error(
                        field,
                        "cannot be a FIELD of this name: braces stand for columns",
                        "give it a name without braces under measurements");
            }
            if (isVersion(field)) {
                findings.error(
                        field,
                        "cannot be a FIELD of this name: on_update: version writes a TAG "
                                + TagNaming.VERSION.name(),
                        "give it another name: {name: ..., field: " + field + "}");
            } else if (!taken.add(lower(field))) {
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
