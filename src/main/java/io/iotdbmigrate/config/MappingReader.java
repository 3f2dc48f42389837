package io.iotdbmigrate.config;

import io.iotdbmigrate.config.IotdbPath.IllegalPathException;
import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.where.IllegalConditionException;
import io.iotdbmigrate.config.where.WhereConfig;
import io.iotdbmigrate.config.yaml.Scalars;
import io.iotdbmigrate.config.yaml.YamlMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One entry of {@code iotdb.mappings}. */
final class MappingReader {
    static final String[] KEYS = {
        "table",
        "tables",
        "device_field",
        "timestamp_field",
        "timestamp_unit",
        "timestamp_format",
        "where",
        "device_template",
        "aligned",
        "append_only",
        "on_update",
        "on_delete",
        "on_partition_drop",
        "on_cascade",
        "on_duplicate",
        "measurements",
        "tags",
        "attributes",
        "target_table",
        "pivot"
    };

    private final YamlMap mapping;

    private final List<IotdbPath> databases;
    private final boolean tableModel;

    /**
     * @param tableModel whether rows go to IoTDB's table model
     */
    MappingReader(YamlMap mapping, List<IotdbPath> databases, boolean tableModel) {
        this.mapping = mapping;
        this.databases = databases;
        this.tableModel = tableModel;
    }

    MappingConfig read() {
        TablesReader tablesReader = new TablesReader(mapping);
        TablesConfig tables = tablesReader.read();
        String table =
                mapping.has("tables")
                        ? ""
                        : mapping.required("table", "the name of the MySQL table to copy");
        TimeConfig time = new TimeReader(mapping).read();
        String deviceField = mapping.text("device_field", "the column that names the device");
        boolean pivot = tableModel && mapping.bool("pivot", false);
        TargetTableConfig target = tableModel ? TableModelReader.target(mapping, pivot) : null;
        String template = tableModel ? "" : template(deviceField, tables, tablesReader);
        boolean appendOnly = mapping.bool("append_only", false);
        OnUpdate onUpdate = onUpdate(appendOnly);
        OnDelete onDelete = onDelete(appendOnly);
        MeasurementReader measurementReader = new MeasurementReader(mapping, tableModel, pivot);
        if (!mapping.has("measurements")) {
            mapping.problem("measurements", "is missing; list the columns to copy, or write all");
        }
        List<MeasurementConfig> measurements =
                mapping.has("measurements") ? measurementReader.read() : List.of();
        if (onDelete == OnDelete.MARK) {
            checkDeletedMark(measurements);
        }
        RowPolicies policies =
                new RowPolicies(
                        onUpdate,
                        onDelete,
                        mapping.choice("on_partition_drop", OnPartitionDrop.FAIL),
                        onCascade(onUpdate, onDelete),
                        mapping.choice("on_duplicate", OnDuplicate.LAST));
        if (pivot && target != null) {
            new PivotReader(mapping).check(target, measurements, policies);
        }
        return new MappingConfig(
                table,
                tables,
                deviceField,
                time,
                where(),
                template,
                mapping.bool("aligned", !TallReader.isTall(measurements)),
                policies,
                measurementReader.isAll(),
                measurements,
                target);
    }

    private String template(
            @Nullable String deviceField,
            @Nullable TablesConfig tables,
            TablesReader tablesReader) {
        TableModelReader.refuseInTree(mapping, "tags", "attributes", "target_table", "pivot");
        String template =
                mapping.required(
                        "device_template", "the path of a device, such as root.plant.{deviceId}");
        if (!template.isEmpty()) {
            checkTemplate(template, deviceField)
                    .ifPresent(path -> tablesReader.checkGroups(tables, path.columns()));
        }
        return template;
    }

    private @Nullable WhereConfig where() {
        String text =
                mapping.text("where", "a condition on the table's columns, such as quality = 192");
        if (text == null) {
            return null;
        }
        try {
            return WhereConfig.parse(text);
        } catch (IllegalConditionException e) {
            mapping.problem("where", "\"" + text.strip() + "\" " + e.getMessage());
            return null;
        }
    }

    private OnCascade onCascade(OnUpdate onUpdate, OnDelete onDelete) {
        OnCascade onCascade = mapping.choice("on_cascade", OnCascade.FAIL);
        boolean follows = onUpdate == OnUpdate.OVERWRITE && onDelete == OnDelete.DELETE;
        if (onCascade == OnCascade.REREAD && !follows) {
            mapping.problem(
                    "on_cascade",
                    "reread has IoTDB follow MySQL's rows; it needs on_update: overwrite and"
                            + " on_delete: delete, so set these, or on_cascade: fail");
        }
        return onCascade;
    }

    private Optional<IotdbPath> checkTemplate(String template, @Nullable String deviceField) {
        IotdbPath path;
        try {
            path = IotdbPath.parse(template);
        } catch (IllegalPathException e) {
            mapping.problem("device_template", "\"" + template + "\" " + e.getMessage());
            return Optional.empty();
        }
        if (deviceField != null && !path.columns().contains(deviceField)) {
            mapping.problem(
                    "device_template",
                    String.format(
                            "\"%s\" does not contain {%s}, so rows of different devices would"
                                    + " collapse into one; add {%s} or remove device_field",
                            template, deviceField, deviceField));
        }
        if (!databases.isEmpty() && databases.stream().noneMatch(path::canLieUnder)) {
            mapping.problem(
                    "device_template",
                    "\""
                            + template
                            + "\" lies under none of iotdb.storage_groups; "
                            + remedy(path));
        }
        return Optional.of(path);
    }

    private static String remedy(IotdbPath path) {
        IotdbPath.Node first = path.nodes().get(1);
        return first.columns().isEmpty()
                ? "add root." + first.name() + " there or correct the template"
                : "add its databases there or leave out storage_groups";
    }

    private OnUpdate onUpdate(boolean appendOnly) {
        OnUpdate given = mapping.choice("on_update", OnUpdate.class);
        if (appendOnly) {
            checkAppendOnly("on_update", given, OnUpdate.FAIL);
            return OnUpdate.FAIL;
        }
        return given == null ? OnUpdate.OVERWRITE : given;
    }

    private OnDelete onDelete(boolean appendOnly) {
        OnDelete given = mapping.choice("on_delete", OnDelete.class);
        if (appendOnly) {
            checkAppendOnly("on_delete", given, OnDelete.FAIL);
            return OnDelete.FAIL;
        }
        return given == null ? OnDelete.DELETE : given;
    }

    private <E extends Enum<E>> void checkAppendOnly(String key, @Nullable E given, E implied) {
        if (given != null && given != implied) {
            mapping.problem(
                    key,
                    String.format(
                            "\"%s\" contradicts append_only: true, which means %s: fail; remove"
                                    + " one of the two",
                            Scalars.lowerCase(given), key));
        }
    }

    private void checkDeletedMark(List<MeasurementConfig> measurements) {
        for (MeasurementConfig measurement : measurements) {
            String marking = measurement.rowName().orElse("") + MappingConfig.DELETED;
            if (measurement.name().equals(marking)) {
                mapping.problem(
                        "measurements",
                        "has a measurement "
                                + marking
                                + ", which on_delete: mark writes itself; give it another name");
            }
        }
    }
}
