package io.iotdbmigrate.plan;

import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The mappings that may write the same series of the same device. That is a warning: month tables
 * are made so, every command keeps the declared order, and whether rows do meet only the data tell.
 * It is an error where no order could be kept.
 */
public final class SharedSeries {
    private static final int NAMED = 3;

    private SharedSeries() {}

    public static List<Finding> findings(List<TablePlan> plans) {
        List<Finding> tables = SharedTables.of(plans);
        return tables.isEmpty()
                ? of(plans.stream().map(TablePlan::mapping).filter(Objects::nonNull).toList())
                : tables;
    }

    static List<Finding> of(List<TableMapping> mappings) {
        List<Finding> findings = new ArrayList<>(corrections(mappings));
        for (TargetUnit unit : TargetUnit.of(mappings)) {
            if (unit.isShared()) {
                findings.add(finding(unit.mappings().stream().map(mappings::get).toList()));
            }
        }
        return findings;
    }

    private static Finding finding(List<TableMapping> unit) {
        String last = name(unit.get(unit.size() - 1));
        String what =
                "writes the same "
                        + (unit.get(0).keepsWholeRows() ? "table as " : "series as ")
                        + names(unit.subList(0, unit.size() - 1))
                        + example(unit);
        if (unit.stream().anyMatch(m -> m.onUpdate() == OnUpdate.VERSION)) {
            return Finding.error(
                    ExitCode.CONFIG,
                    last,
                    what + ", and on_update: version cannot tell their corrections apart",
                    "choose another on_update, or a "
                            + (unit.get(0).keepsWholeRows() ? "target_table" : "device_template")
                            + " of its own for each table");
        }
        for (Map.Entry<String, Function<TableMapping, Object>> policy : policies().entrySet()) {
            Set<Object> values = unit.stream().map(policy.getValue()).collect(Collectors.toSet());
            if (values.size() > 1) {
                return Finding.error(
                        ExitCode.CONFIG,
                        last,
                        what + ", and their mappings differ in " + policy.getKey(),
                        "give all of them the same " + policy.getKey());
            }
        }
        String otherTypes = otherTypes(unit);
        boolean meant =
                unit.stream().map(TableMapping::tables).distinct().count() == 1
                        && unit.get(0).tables() != null;
        if (meant && otherTypes.isEmpty()) {
            return Finding.ok(last, what + ": they are compared as one");
        }
        return Finding.warning(
                last,
                what + otherTypes,
                "nothing, if so meant: they are compared together, and of rows of one device and"
                        + " time in two tables the one whose mapping stands last in the config"
                        + " stands, "
                        + last
                        + " before all");
    }

    private static String example(List<TableMapping> unit) {
        TableMapping last = unit.get(unit.size() - 1);
        return last.keepsWholeRows()
                ? ", " + last.device().pattern()
                : ", such as " + example(last, sharing(unit));
    }

    private static String example(TableMapping last, TableMapping other) {
        String shared = TargetUnit.sharedSeries(last, other).get(0);
        String series =
                last.measurements().stream()
                        .filter(m -> m.name().equals(shared))
                        .map(last::shown)
                        .findFirst()
                        .orElse(shared);
        return series + " of " + last.holder().pattern();
    }

    /** Returns the first that shares a series with the last one directly. */
    private static TableMapping sharing(List<TableMapping> unit) {
        TableMapping last = unit.get(unit.size() - 1);
        return unit.stream()
                .filter(m -> m.device().overlaps(last.device()))
                .filter(m -> !TargetUnit.sharedSeries(last, m).isEmpty())
                .findFirst()
                .orElse(last);
    }

    private static Map<String, Function<TableMapping, Object>> policies() {
        Map<String, Function<TableMapping, Object>> policies = new LinkedHashMap<>();
        policies.put("on_update", TableMapping::onUpdate);
        policies.put("on_delete", TableMapping::onDelete);
        policies.put("on_partition_drop", TableMapping::onPartitionDrop);
        policies.put("on_cascade", TableMapping::onCascade);
        policies.put("on_duplicate", TableMapping::onDuplicate);
        policies.put("aligned", TableMapping::aligned);
        return policies;
    }

    private static String otherTypes(List<TableMapping> unit) {
        Map<String, TargetType> types = new LinkedHashMap<>();
        for (TableMapping mapping : unit) {
            for (Measurement measurement : mapping.measurements()) {
                TargetType before = types.putIfAbsent(measurement.name(), measurement.type());
                if (before != null && before != measurement.type()) {
                    return "; "
                            + mapping.shown(measurement)
                            + " is "
                            + before
                            + " of one table and "
                            + measurement.type()
                            + " of another, so IoTDB refuses a device that is in both";
                }
            }
        }
        return "";
    }

    /**
     * Warns of series that corrections share. Corrections go to {@code <device>.v1}, which may be a
     * device of another mapping.
     */
    private static List<Finding> corrections(List<TableMapping> mappings) {
        List<Finding> findings = new ArrayList<>();
        for (TableMapping versioned : mappings) {
            if (versioned.onUpdate() != OnUpdate.VERSION || versioned.keepsWholeRows()) {
                continue;
            }
            for (TableMapping other : mappings) {
                if (versioned.template().withNode("v", "k").overlaps(other.device())) {
                    findings.add(
                            Finding.error(
                                    ExitCode.CONFIG,
                                    name(versioned),
                                    "keeps corrections under "
                                            + versioned.device().pattern()
                                            + ".v1 and so on, where devices of "
                                            + name(other)
                                            + " may be",
                                    "choose another device_template for one of them"));
                }
            }
        }
        return findings;
    }

    private static String names(List<TableMapping> mappings) {
        String names =
                mappings.stream()
                        .limit(NAMED)
                        .map(SharedSeries::name)
                        .collect(Collectors.joining(", "));
        return mappings.size() > NAMED
                ? names + " and " + (mappings.size() - NAMED) + " more"
                : names;
    }

    private static String name(TableMapping mapping) {
        return mapping.name();
    }
}
