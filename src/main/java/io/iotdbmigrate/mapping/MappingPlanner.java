package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.model.ExitCode.CONFIG;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides how the rows of one table become points, or says why they cannot. */
public final class MappingPlanner {
    private final MappingConfig config;
    private final TableSchema schema;
    private final TimePrecision precision;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Column> columns = new LinkedHashMap<>();

    private MappingPlanner(MappingConfig config, TableSchema schema, TimePrecision precision) {
        this.config = config;
        this.schema = schema;
        this.precision = precision;
    }

    /**
     * @param index position of {@code config} among the mappings
     * @param zone of DATETIME columns
     * @param precision of the IoTDB server
     */
    public static MappingPlan plan(
            int index,
            MappingConfig config,
            TableSchema schema,
            ZoneId zone,
            TimePrecision precision) {
        return new MappingPlanner(config, schema, precision).plan(index, zone);
    }

    private MappingPlan plan(int index, ZoneId zone) {
        DeviceTemplate template = DeviceTemplate.parse(config.deviceTemplate());
        template.columns().forEach(this::deviceColumn);
        timeColumn();
        List<Decision> decisions = measurements(template);
        if (decisions.isEmpty()
                && config.allMeasurements()
                && findings.stream().noneMatch(MappingPlanner::isError)) {
            findings.add(
                    Finding.error(
                            CONFIG,
                            schema.id().table(),
                            "has no column besides device and time, so measurements: all is empty",
                            "list under measurements what is to be kept of a row"));
        }
        List<String> keyColumns =
                schema.primaryKey().map(TableKey::columns).orElse(List.of()).stream().toList();
        keyColumns.forEach(name -> schema.column(name).ifPresent(this::read));
        if (findings.stream().anyMatch(MappingPlanner::isError)) {
            return new MappingPlan(null, findings);
        }
        List<Column> read = List.copyOf(columns.values());
        List<String> names = read.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
        TableMapping mapping =
                new TableMapping(
                        index,
                        schema.id(),
                        read,
                        template,
                        names.indexOf(config.timestampField().toLowerCase(Locale.ROOT)),
                        config.timestampUnit(),
                        decisions.stream()
                                .map(
                                        d ->
                                                new TableMapping.Measurement(
                                                        PathNode.quote(d.config.name()),
                                                        read.indexOf(d.column),
                                                        d.target,
                                                        d.config.encoding(),
                                                        d.config.compression()))
                                .toList(),
                        keyColumns.stream()
                                .map(k -> names.indexOf(k.toLowerCase(Locale.ROOT)))
                                .toList(),
                        config.aligned(),
                        config.onUpdate(),
                        config.onDelete(),
                        config.onDuplicate(),
                        zone,
                        precision);
        return new MappingPlan(mapping, findings);
    }

    private static boolean isError(Finding finding) {
        return finding.severity() == Finding.Severity.ERROR;
    }

    private record Decision(MeasurementConfig config, Column column, TargetType target) {}

    private void deviceColumn(String name) {
        find("device_template", name)
                .ifPresent(
                        column -> {
                            read(column);
                            if (column.nullable()) {
                                findings.add(
                                        Finding.warning(
                                                subject(column.name()),
                                                "names the device and may be null",
                                                "rows with a null there are rejected"));
                            }
                            Kind kind = column.type().kind();
                            if (kind == Kind.UNSUPPORTED
                                    || kind == Kind.FLOAT
                                    || kind == Kind.DOUBLE
                                    || kind == Kind.JSON) {
                                error(
                                        column.name(),
                                        column.type() + " cannot name a device",
                                        "use an integer or character column in device_template");
                            }
                        });
    }

    private void timeColumn() {
        Optional<Column> found = find("timestamp_field", config.timestampField());
        if (found.isEmpty()) {
            return;
        }
        Column column = found.get();
        read(column);
        Kind kind = column.type().kind();
        boolean temporal = kind == Kind.DATETIME || kind == Kind.TIMESTAMP || kind == Kind.DATE;
        if (!temporal && !kind.isInteger()) {
            error(
                    column.name(),
                    column.type() + " cannot be the time",
                    "timestamp_field must be DATETIME, TIMESTAMP, DATE or an integer column");
            return;
        }
        if (temporal && config.timestampUnit() != null) {
            error(
                    column.name(),
                    "timestamp_unit is for integer columns and this is " + column.type(),
                    "remove timestamp_unit");
        }
        if (kind.isInteger() && config.timestampUnit() == null) {
            findings.add(
                    Finding.warning(
                            subject(column.name()),
                            "is an integer time without a unit",
                            "ms is assumed; set timestamp_unit to s, ms, us or ns"));
        }
        if (column.nullable()) {
            findings.add(
                    Finding.warning(
                            subject(column.name()),
                            "is the time and may be null",
                            "rows with a null there are rejected"));
        }
        TypeRules.loss(column.type(), TargetType.TIMESTAMP, precision)
                .ifPresent(
                        loss ->
                                findings.add(
                                        Finding.warning(
                                                subject(column.name()),
                                                loss,
                                                "rows of a device that then share a time collapse;"
                                                        + " use an IoTDB with timestamp_precision="
                                                        + "us if that must not be")));
    }

    private List<Decision> measurements(DeviceTemplate template) {
        List<Decision> decisions = new ArrayList<>();
        for (MeasurementConfig measurement : wanted(template)) {
            Optional<Column> found = find("measurement " + measurement.name(), measurement.field());
            found.flatMap(column -> decide(measurement, column)).ifPresent(decisions::add);
        }
        return decisions;
    }

    private List<MeasurementConfig> wanted(DeviceTemplate template) {
        if (!config.allMeasurements()) {
            return config.measurements();
        }
        return schema.columns().stream()
                .map(Column::name)
                .filter(name -> !name.equalsIgnoreCase(config.timestampField()))
                .filter(name -> template.columns().stream().noneMatch(name::equalsIgnoreCase))
                .map(name -> new MeasurementConfig(name, name, null, null, null))
                .toList();
    }

    private Optional<Decision> decide(MeasurementConfig measurement, Column column) {
        MySqlType type = column.type();
        Optional<TargetType> byDefault = TypeRules.defaultTarget(type);
        if (byDefault.isEmpty()) {
            error(
                    column.name(),
                    type + " is not supported",
                    "leave the column out of measurements, or convert it in MySQL first");
            return Optional.empty();
        }
        TargetType target =
                measurement.type() == null
                        ? byDefault.get()
                        : TargetType.valueOf(measurement.type());
        if (!TypeRules.targets(type).contains(target)) {
            error(
                    column.name(),
                    target + " cannot hold every " + type,
                    "set type: to one of "
                            + TypeRules.targets(type).stream()
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", ")));
            return Optional.empty();
        }
        read(column);
        Optional<String> loss = TypeRules.loss(type, target, precision);
        String arrow = type + " -> " + target;
        findings.add(
                loss.isPresent()
                        ? Finding.warning(
                                subject(column.name()),
                                arrow + ": " + loss.get(),
                                "set type: TEXT to keep every digit")
                        : Finding.ok(subject(column.name()), arrow));
        return Optional.of(new Decision(measurement, column, target));
    }

    private Optional<Column> find(String setting, String name) {
        Optional<Column> column = schema.column(name);
        if (column.isEmpty()) {
            findings.add(
                    Finding.error(
                            CONFIG,
                            subject(name),
                            setting + " names a column that the table does not have",
                            "its columns are "
                                    + schema.columns().stream()
                                            .map(Column::name)
                                            .collect(Collectors.joining(", "))));
        }
        return column;
    }

    private void read(Column column) {
        columns.putIfAbsent(column.name(), column);
    }

    private void error(String column, String message, String remedy) {
        findings.add(Finding.error(CONFIG, subject(column), message, remedy));
    }

    private String subject(String column) {
        return schema.id().table() + "." + column;
    }
}
