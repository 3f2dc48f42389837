package io.iotdbmigrate.plan;

import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The mappings that write one table of IoTDB's table model. Rows are written as a whole there, so
 * all of them have to have the same TAGs and FIELDs, and somebody has to have said that they share.
 */
final class SharedTables {
    private SharedTables() {}

    static List<Finding> of(List<TablePlan> plans) {
        List<Finding> findings = new ArrayList<>();
        Map<String, TablePlan> firsts = new HashMap<>();
        for (TablePlan plan : plans) {
            TableMapping mapping = plan.mapping();
            if (mapping != null && mapping.keepsWholeRows()) {
                TablePlan first = firsts.putIfAbsent(mapping.tags().table(), plan);
                if (first != null) {
                    compare(first, plan, findings);
                }
            }
        }
        return findings;
    }

    private static void compare(TablePlan first, TablePlan plan, List<Finding> findings) {
        TableMapping one = Objects.requireNonNull(first.mapping());
        TableMapping other = Objects.requireNonNull(plan.mapping());
        String what = "goes to table " + other.tags().table() + " of IoTDB, as " + one.name();
        if (!isNamed(first.config().target()) || !isNamed(plan.config().target())) {
            findings.add(
                    error(
                            other,
                            what + " does, for names are compared in lower case there",
                            "set target_table: of both, to one name if they belong together"));
        } else if (one.isPivoted() || other.isPivoted()) {
            findings.add(
                    error(
                            other,
                            what + " does, and pivot: true needs a table for itself",
                            "give each a target_table of its own"));
        } else if (!one.tags().names().equals(other.tags().names())) {
            findings.add(
                    error(
                            other,
                            what
                                    + " does, and their TAGs differ: "
                                    + one.tags().pattern()
                                    + " and "
                                    + other.tags().pattern(),
                            "give both the same tags, or each a target_table of its own"));
        } else if (!attributes(one).equals(attributes(other))) {
            findings.add(
                    error(
                            other,
                            what
                                    + " does, and their ATTRIBUTEs differ: "
                                    + attributes(one)
                                    + " and "
                                    + attributes(other),
                            "give both the same attributes in the same order"));
        } else if (!fields(one).equals(fields(other))) {
            findings.add(
                    error(
                            other,
                            what
                                    + " does, and their FIELDs differ: "
                                    + fields(one)
                                    + " and "
                                    + fields(other),
                            "give both the same measurements and types, or each a target_table of"
                                    + " its own"));
        }
    }

    private static boolean isNamed(@Nullable TargetTableConfig target) {
        return target != null && target.name() != null;
    }

    private static Map<String, TargetType> fields(TableMapping mapping) {
        Map<String, TargetType> fields = new TreeMap<>();
        for (Measurement measurement : mapping.measurements()) {
            fields.put(measurement.name(), measurement.type());
        }
        return fields;
    }

    /**
     * Returns the attributes, and by which TAG a look-up gives them: a changed name is set for all
     * devices of the table that have the key there.
     */
    private static List<String> attributes(TableMapping mapping) {
        return mapping.attributes().stream()
                .map(
                        a ->
                                a.lookup() == null
                                        ? a.name()
                                        : a.name()
                                                + " by "
                                                + a.lookup()
                                                + " of TAG "
                                                + mapping.keyTag(a))
                .toList();
    }

    private static Finding error(TableMapping mapping, String what, String remedy) {
        return Finding.error(ExitCode.CONFIG, mapping.name(), what, remedy);
    }
}
