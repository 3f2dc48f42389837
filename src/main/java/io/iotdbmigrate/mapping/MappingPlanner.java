package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.TargetTableConfig;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        this.findings = new SchemaFindings(config.table(), schema);
    }

    /**
     * @param index position of {@code config} among the mappings
     * @param zone of DATETIME columns
     * @param target the IoTDB server
     */
    public static MappingPlan plan(
            int index, MappingConfig config, TableSchema schema, ZoneId zone, TargetFacts target) {
        return plan(index, config, schema, zone, target, reference -> null);
    }

    /**
     * Plans with look-ups.
     *
     * @param index position of {@code config} among the mappings
     * @param zone of DATETIME columns
     * @param target the IoTDB server
     * @param lookups of a name in braces; null if it is the name of a column
     */
    public static MappingPlan plan(
            int index,
            MappingConfig config,
            TableSchema schema,
            ZoneId zone,
            TargetFacts target,
            Function<String, @Nullable Lookup> lookups) {
        return new MappingPlanner(config, schema, target).plan(index, zone, lookups);
    }

    private MappingPlan plan(int index, ZoneId zone, Function<String, @Nullable Lookup> lookups) {
        TargetTableConfig table = config.target();
        TagPlanner tags = table == null ? null : new TagPlanner(config, table, schema, findings);
        DeviceNaming device = tags == null ? template(lookups) : tags.plan(lookups);
        Set<Column> read = new LinkedHashSet<>();
        device.columns().forEach(name -> schema.column(name).ifPresent(read::add));
        TimePlanner times = new TimePlanner(config.time(), target.precision(), findings);
        List<Column> timeColumns = times.columns();
        read.addAll(timeColumns);
        List<Decision> decisions =
                new MeasurementPlanner(config, schema, target.precision(), findings).decide(device);
        List<AttributePlanner.Decision> attributes = List.of();
        if (device instanceof TagNaming naming && tags != null) {
            attributes = new AttributePlanner(config, table, findings).decide(naming, lookups);
            tags.checkFields(
                    naming,
                    attributes.stream().map(AttributePlanner.Decision::name).toList(),
                    naming.pivot()
                            ? List.of()
                            : decisions.stream().map(d -> d.config().name()).toList());
        }
        decisions.forEach(d -> read.add(d.column()));
        attributes.forEach(d -> read.add(d.column()));
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
                                device,
                                all,
                                time.get(),
                                filter,
                                decisions,
                                attributes.stream().map(a -> a.in(all)).toList(),
                                keyColumns),
                findings.list());
    }

    private TableMapping mapping(
            int index,
            ZoneId zone,
            DeviceNaming device,
            List<Column> read,
            RowTime time,
            RowFilter filter,
            List<Decision> decisions,
            List<TableMapping.Measurement> attributes,
            List<String> keyColumns) {
        List<String> names = read.stream().map(c -> lower(c.name())).toList();
        List<String> measurements =
                decisions.stream().map(d -> config.nameInRow(d.config())).toList();
        return new TableMapping(
                index,
                config.table(),
                schema.id(),
                config.tables(),
                read,
                device,
                config.isTall() && config.target() == null ? tall(measurements) : null,
                time,
                filter,
                decisions.stream()
                        .map(
                                d ->
                                        new TableMapping.Measurement(
                                                device instanceof TagNaming naming
                                                        ? lower(
                                                                naming.pivot()
                                                                        ? d.config().field()
                                                                        : d.config().name())
                                                        : PathNode.quote(
                                                                config.nameInRow(d.config())),
                                                read.indexOf(d.column()),
                                                d.target(),
                                                d.config().encoding(),
                                                d.config().compression(),
                                                d.config().onInvalid()))
                        .toList(),
                attributes,
                keyColumns.stream().map(k -> names.indexOf(lower(k))).toList(),
                config.aligned(),
                config.policies(),
                zone,
                target.precision(),
                config.allMeasurements(),
                target.longestRow());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private DeviceTemplate template(Function<String, @Nullable Lookup> lookups) {
        DeviceTemplate holder = DeviceTemplate.parse(config.deviceTemplate()).withLookups(lookups);
        checkFixedNodes(holder);
        holder.columns().forEach(name -> namingColumn("device", name));
        Optional<String> row = config.rowName();
        DeviceTemplate template =
                row.map(r -> holder.withRow(r).withLookups(lookups)).orElse(holder);
        if (row.isPresent()) {
            template.last().columnNames().forEach(name -> namingColumn("measurement", name));
        }
        checkSeparators(template);
        new LookupChecks(findings).check(template);
        return template;
    }

    /** Requires that a device tells where its nodes come from. */
    private void checkSeparators(DeviceTemplate template) {
        List<TemplateNode> split = template.nodes().stream().filter(TemplateNode::splits).toList();
        if (split.size() > 1 || split.stream().anyMatch(node -> node.parts().size() > 1)) {
            findings.tableError(
                    "device_template "
                            + config.deviceTemplate()
                            + " makes several nodes of "
                            + (split.size() > 1 ? "more than one value" : "a part of a node"),
                    "put a separator into the braces once, as in {path/}, between two dots");
        } else if (!split.isEmpty() && config.onUpdate() == OnUpdate.VERSION) {
            findings.tableError(
                    "on_update: version adds a node to devices, and "
                            + split.get(0).spelled()
                            + " has nodes of any number",
                    "choose another on_update, or leave out the separator");
        }
    }

    private void checkFixedNodes(DeviceTemplate template) {
        template.nodes().stream()
                .skip(1)
                .filter(TemplateNode::isFixed)
                .flatMap(node -> PathNode.problem(node.fixedText()).stream())
                .forEach(
                        problem ->
                                findings.tableError(
                                        "device_template "
                                                + config.deviceTemplate()
                                                + " cannot be a path: "
                                                + problem,
                                        "choose another name there"));
    }

    private TallNames tall(List<String> measurements) {
        List<NamePattern> own = measurements.stream().map(NamePattern::of).toList();
        TallNames names = TallNames.of(own);
        return config.onDelete() == OnDelete.MARK ? names.withMark() : names;
    }

    /**
     * Finds a column that names something.
     *
     * @param what device or measurement
     */
    private void namingColumn(String what, String name) {
        findings.find(what.equals("device") ? "device_template" : "the name of a measurement", name)
                .ifPresent(column -> checkNamingColumn(what, column));
    }

    private void checkNamingColumn(String what, Column column) {
        if (column.nullable()) {
            findings.warning(
                    column,
                    "names the " + what + " and may be null",
                    "rows with a null there are rejected");
        }
        switch (column.type().kind()) {
            case UNSUPPORTED, FLOAT, DOUBLE, JSON ->
                    findings.error(
                            column.name(),
                            column.type() + " cannot name a " + what,
                            "use an integer or character column "
                                    + (what.equals("device")
                                            ? "in device_template"
                                            : "in the braces"));
            default -> {
                // Every other type has one text per value.
            }
        }
    }
}
