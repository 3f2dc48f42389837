package io.iotdbmigrate.config;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.yaml.YamlMap;
import java.util.List;
import java.util.regex.Pattern;

/** {@code pivot: true} of one mapping, which makes columns of the names in a tall table's rows. */
final class PivotReader {
    private static final Pattern NAME = Pattern.compile("\\{([^{}/ ]+)}");
    private static final String REMEDY =
            "; write measurements: [{name: '{column}', field: value}] for the columns of the name"
                    + " and of the value";

    private final YamlMap mapping;

    PivotReader(YamlMap mapping) {
        this.mapping = mapping;
    }

    /** Reports what does not go together with it. */
    void check(
            TargetTableConfig target, List<MeasurementConfig> measurements, RowPolicies policies) {
        if (measurements.size() != 1) {
            mapping.problem(
                    "pivot", "true needs one measurement, whose name is in braces" + REMEDY);
            return;
        }
        MeasurementConfig measurement = measurements.get(0);
        if (!NAME.matcher(measurement.name()).matches()) {
            mapping.problem(
                    "pivot",
                    "true needs the name of one column in braces, and \""
                            + measurement.name()
                            + "\" is something else"
                            + REMEDY);
            return;
        }
        if (measurement.field().equals(measurement.name())) {
            mapping.problem(
                    "pivot",
                    "true needs the column of the value, and "
                            + measurement.name()
                            + " has no field"
                            + REMEDY);
        }
        String named = measurement.name().substring(1, measurement.name().length() - 1);
        List<TagConfig> tags = target.tags();
        if (tags == null && named.indexOf('.') >= 0) {
            mapping.problem(
                    "tags",
                    "is missing, and the names come from a look-up; list what names the device"
                            + " besides, or write tags: []");
        }
        if (tags != null && tags.stream().anyMatch(tag -> tag.field().equalsIgnoreCase(named))) {
            mapping.problem(
                    "tags",
                    "has "
                            + named
                            + ", of which pivot: true makes columns; leave it out of one of both");
        }
        refuse(
                !target.attributes().isEmpty(),
                "attributes",
                "are not there with pivot: true; leave them out, or make the names a TAG");
        refuse(
                policies.onUpdate() == OnUpdate.VERSION,
                "on_update",
                "\"version\" is not there with pivot: true; write overwrite, ignore or fail");
        refuse(
                policies.onDelete() == OnDelete.IGNORE || policies.onDelete() == OnDelete.MARK,
                "on_delete",
                "keeps deleted rows, and with pivot: true a row of MySQL is a value of a row in"
                        + " IoTDB; write delete or fail");
        refuse(
                policies.onCascade() == OnCascade.REREAD,
                "on_cascade",
                "\"reread\" is not there with pivot: true; write fail");
    }

    private void refuse(boolean given, String key, String problem) {
        if (given) {
            mapping.problem(key, problem);
        }
    }
}
