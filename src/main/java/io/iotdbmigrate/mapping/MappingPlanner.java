package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.mapping.MeasurementPlanner.Decision;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A planner that decides how the rows of one table become points, or says why they cannot. */
public final class MappingPlanner {
    private final MappingConfig config;
    private final TableSchema schema;
    private final TargetFacts target;
    private final SchemaFindings findings;

    private MappingPlanner(MappingConfig config, TableSchema schema, TargetFacts target) {
        this.config = config;
        this.schema = schema;
        this.target = target;
        this.findings = new SchemaFindings(schema);
    }

    /**
     * @param index position of {@code config} among the mappings
     * @param zone of DATETIME columns
     * @param target the IoTDB server
     */
    public static MappingPlan plan(
            int index, MappingConfig config, TableSchema schema, ZoneId zone, TargetFacts target) {
        return new MappingPlanner(config, schema, target).plan(index, zone);
    }

    private MappingPlan plan(int index, ZoneId zone) {
        DeviceTemplate template = DeviceTemplate.parse(config.deviceTemplate());
        checkFixedNodes(template);
        Set<Column> read = new LinkedHashSet<>();
        template.columns().forEach(name -> deviceColumn(name).ifPresent(read::add));
        TimePlanner times = new TimePlanner(config.time(), target.precision(), findings);
        List<Column> timeColumns = times.columns();
        read.addAll(timeColumns);
        List<Decision> decisions =
                new MeasurementPlanner(config, schema, target.precision(), findings)
                        .decide(template);
        decisions.forEach(d -> read.add(d.column()));
        List<String> keyColumns = schema.primaryKey().map(TableKey::columns).orElse(List.of());
        keyColumns.forEach(name -> schema.column(name).ifPresent(read::add));
        FilterPlanner filters = new FilterPlanner(config.where(), zone, findings);
        read.addAll(filters.columns());
        List<Column> all = List.copyOf(read);
        Optional<RowTime> time = times.plan(timeColumns, all);
        RowFilter filter = filters.plan(all);
        return new MappingPlan(
                findings.hasErrors() || time.isEmpty()
                        ? null
                        : mapping(
                                index,
                                zone,
                                template,
                                all,
                                time.get(),
                                filter,
                                decisions,
                                keyColumns),
                findings.list());
    }

    private TableMapping mapping(
            int index,
            ZoneId zone,
            DeviceTemplate template,
            List<Column> read,
            RowTime time,
            RowFilter filter,
            List<Decision> decisions,
            List<String> keyColumns) {
        List<String> names = read.stream().map(c -> lower(c.name())).toList();
        return new TableMapping(
                index,
                config.table(),
                schema.id(),
                config.tables(),
                read,
                template,
                time,
                filter,
                decisions.stream()
                        .map(
                                d ->
                                        new TableMapping.Measurement(
                                                PathNode.quote(d.config().name()),
                                                read.indexOf(d.column()),
                                                d.target(),
                                                d.config().encoding(),
                                                d.config().compression(),
                                                d.config().onInvalid()))
                        .toList(),
                keyColumns.stream().map(k -> names.indexOf(lower(k))).toList(),
                config.aligned(),
                config.onUpdate(),
                config.onDelete(),
                config.onPartitionDrop(),
                config.onCascade(),
                config.onDuplicate(),
                zone,
                target.precision(),
                target.longestRow());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void checkFixedNodes(DeviceTemplate template) {
        template.nodes().stream()
                .skip(1)
                .filter(DeviceTemplate.Node::isFixed)
                .flatMap(node -> PathNode.problem(node.parts().get(0).text()).stream())
                .forEach(
                        problem ->
                                findings.tableError(
                                        "device_template "
                                                + config.deviceTemplate()
                                                + " cannot be a path: "
                                                + problem,
                                        "choose another name there"));
    }

    private Optional<Column> deviceColumn(String name) {
        Optional<Column> found = findings.find("device_template", name);
        found.ifPresent(this::checkDeviceColumn);
        return found;
    }

    private void checkDeviceColumn(Column column) {
        if (column.nullable()) {
            findings.warning(
                    column,
                    "names the device and may be null",
                    "rows with a null there are rejected");
        }
        switch (column.type().kind()) {
            case UNSUPPORTED, FLOAT, DOUBLE, JSON ->
                    findings.error(
                            column.name(),
                            column.type() + " cannot name a device",
                            "use an integer or character column in device_template");
            default -> {
                // Every other type has one text per value.
            }
        }
    }
}
