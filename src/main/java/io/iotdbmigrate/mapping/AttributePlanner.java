package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A planner that decides what becomes ATTRIBUTEs of a table of IoTDB. */
final class AttributePlanner {
    private final MappingConfig config;
    private final TargetTableConfig target;
    private final SchemaFindings findings;

    AttributePlanner(MappingConfig config, TargetTableConfig target, SchemaFindings findings) {
        this.config = config;
        this.target = target;
        this.findings = findings;
    }

    /**
     * An attribute that can be.
     *
     * @param column that has the value, or the key of the look-up
     */
    record Decision(String name, Column column, @Nullable Lookup lookup) {
        /** Returns the attribute where these columns are read. */
        TableMapping.Measurement in(List<Column> read) {
            return new TableMapping.Measurement(
                    name,
                    read.indexOf(column),
                    TargetType.STRING,
                    null,
                    null,
                    OnInvalid.SKIP,
                    lookup);
        }
    }

    /**
     * Plans.
     *
     * @param lookups of an attribute's field; null if it is the name of a column
     */
    List<Decision> decide(TagNaming tags, Function<String, @Nullable Lookup> lookups) {
        if (!target.attributes().isEmpty()) {
            checkWithOthers(tags);
        }
        List<Decision> decisions = new ArrayList<>();
        for (TagConfig attribute : target.attributes()) {
            Lookup lookup = lookups.apply(attribute.field());
            String name = lookup == null ? attribute.field() : LookupColumn.root(attribute.field());
            findings.find("attributes", name)
                    .ifPresent(
                            column -> {
                                decisions.add(new Decision(attribute.tag(), column, lookup));
                                check(column, attribute, tags, lookup != null);
                            });
        }
        return decisions;
    }

    /** Reports what keeps a replication from telling which row of a device is the last. */
    private void checkWithOthers(TagNaming tags) {
        tags.tags().stream()
                .filter(tag -> tag.lookup() != null)
                .findFirst()
                .ifPresent(
                        tag ->
                                findings.tableError(
                                        "has attributes and the TAG "
                                                + tag.name()
                                                + " of the look-up "
                                                + tag.lookup()
                                                + ", from which cdc cannot tell what rows MySQL"
                                                + " has of a device",
                                        "leave out attributes, or make the column a TAG and the"
                                                + " look-up an attribute"));
        if (config.onUpdate() == OnUpdate.VERSION) {
            findings.tableError(
                    "has attributes and on_update: version, whose corrections are devices of their"
                            + " own in IoTDB",
                    "leave out attributes, or set on_update: overwrite");
        }
        if (config.onCascade() == OnCascade.REREAD) {
            findings.tableError(
                    "has attributes and on_cascade: reread, which writes rows without them",
                    "leave out attributes, or set on_cascade: fail");
        }
        if (config.onPartitionDrop() == OnPartitionDrop.DELETE) {
            findings.tableError(
                    "has attributes and on_partition_drop: delete, which does not set those of the"
                            + " rows that are the last ones then",
                    "leave out attributes, or set on_partition_drop: fail or ignore");
        }
    }

    private void check(Column column, TagConfig attribute, TagNaming tags, boolean lookedUp) {
        if (lookedUp && !tags.hasInNodeOfItsOwn(column.name())) {
            findings.error(
                    column.name(),
                    "is the key of the attribute "
                            + attribute.field()
                            + " and no TAG, so which devices a changed name is of could not be"
                            + " told",
                    "add " + column.name() + " to tags, or look the name up in tags");
        } else if (!lookedUp && tags.hasInNodeOfItsOwn(column.name())) {
            findings.error(
                    column.name(), "is a TAG and an attribute", "take it out of one of the two");
        } else if (!lookedUp && config.time().has(column.name())) {
            findings.error(
                    column.name(), "is the time and an attribute", "take it out of attributes");
        }
        switch (column.type().kind()) {
            case UNSUPPORTED, BINARY, VARBINARY, BLOB ->
                    findings.error(
                            column.name(),
                            column.type() + " cannot be an attribute, which is a text",
                            "take it out of attributes");
            default -> findings.ok(column, attribute.field() + " -> ATTRIBUTE " + attribute.tag());
        }
    }
}
