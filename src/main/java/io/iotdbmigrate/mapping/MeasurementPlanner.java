package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.SeriesTypes;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A planner that decides which columns become which measurements. */
final class MeasurementPlanner {
    private final MappingConfig config;
    private final TableSchema schema;
    private final TimePrecision precision;
    private final SchemaFindings findings;

    MeasurementPlanner(
            MappingConfig config,
            TableSchema schema,
            TimePrecision precision,
            SchemaFindings findings) {
        this.config = config;
        this.schema = schema;
        this.precision = precision;
        this.findings = findings;
    }

    /** A measurement that can be. */
    record Decision(MeasurementConfig config, Column column, TargetType target) {}

    List<Decision> decide(DeviceNaming device) {
        List<MeasurementConfig> wanted = wanted(device);
        if (wanted.isEmpty() && config.target() == null) {
            findings.tableError(
                    "has no column besides device and time, so measurements: all is empty",
                    "list under measurements what is to be kept of a row");
        }
        List<Decision> decisions = new ArrayList<>();
        for (MeasurementConfig measurement : wanted) {
            Optional<Column> found =
                    findings.find("measurement " + measurement.name(), measurement.field());
            found.flatMap(column -> decide(measurement, column)).ifPresent(decisions::add);
        }
        return decisions;
    }

    private List<MeasurementConfig> wanted(DeviceNaming device) {
        if (!config.allMeasurements()) {
            return config.measurements();
        }
        return schema.columns().stream()
                .map(Column::name)
                .filter(name -> !config.time().has(name))
                .filter(name -> device.columns().stream().noneMatch(name::equalsIgnoreCase))
                .filter(name -> !isAttribute(name))
                .map(name -> new MeasurementConfig(name, name, null, null, null))
                .toList();
    }

    private boolean isAttribute(String column) {
        return config.target() != null
                && config.target().attributes().stream()
                        .anyMatch(attribute -> attribute.field().equalsIgnoreCase(column));
    }

    private Optional<Decision> decide(MeasurementConfig measurement, Column column) {
        MySqlType type = column.type();
        Set<TargetType> targets = TypeRules.targets(type);
        Optional<TargetType> byDefault = TypeRules.defaultTarget(type);
        if (byDefault.isEmpty()) {
            findings.error(
                    column.name(),
                    type + " is not supported",
                    config.allMeasurements()
                            ? "list the columns to keep instead of measurements: all"
                            : "leave the column out of measurements, or convert it in MySQL first");
            return Optional.empty();
        }
        TargetType target =
                measurement.type() == null
                        ? byDefault.get()
                        : TargetType.valueOf(measurement.type());
        if (!targets.contains(target)) {
            findings.error(
                    column.name(),
                    target + " cannot hold every " + type,
                    "set type: to one of "
                            + targets.stream().map(Enum::name).collect(Collectors.joining(", "))
                            + ", or map a VIRTUAL generated column that converts it");
            return Optional.empty();
        }
        if (!nameIsLegal(measurement, column) || !encodingFits(measurement, column, target)) {
            return Optional.empty();
        }
        Optional<String> loss = TypeRules.loss(type, target, precision);
        String arrow = type + " -> " + target;
        if (loss.isPresent()) {
            findings.warning(
                    column, arrow + ": " + loss.get(), "set type: TEXT to keep every digit");
        } else {
            findings.ok(column, arrow);
        }
        return Optional.of(new Decision(measurement, column, target));
    }

    private boolean nameIsLegal(MeasurementConfig measurement, Column column) {
        if (config.target() != null) {
            return true;
        }
        Optional<String> problem = PathNode.problem(measurement.name());
        problem.ifPresent(
                p ->
                        findings.error(
                                column.name(),
                                "cannot be the measurement " + measurement.name() + ": " + p,
                                "give it another name: {name: "
                                        + column.name()
                                        + "_value, field: "
                                        + column.name()
                                        + "}"));
        return problem.isEmpty();
    }

    private boolean encodingFits(MeasurementConfig measurement, Column column, TargetType target) {
        List<String> encodings = SeriesTypes.encodingsOf(target.name());
        if (measurement.encoding() == null || encodings.contains(measurement.encoding())) {
            return true;
        }
        findings.error(
                column.name(),
                "encoding " + measurement.encoding() + " is not possible for " + target,
                "set encoding: to one of " + String.join(", ", encodings));
        return false;
    }
}
