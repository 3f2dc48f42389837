package io.iotdbmigrate.plan;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.config.yaml.NearestName;
import io.iotdbmigrate.mapping.DeviceNaming;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.MappingPlan;
import io.iotdbmigrate.mapping.MappingPlanner;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TallNames;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.Lookups;
import io.iotdbmigrate.mysql.SchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A planner that reads the live schema of each mapped table and plans its mapping. */
public final class TablePlans {
    private TablePlans() {}

    /**
     * @param onlyTables names given on the command line; empty means all
     * @throws UserException exit code 3, for a name that no mapping has
     */
    public static void requireMapped(MigrationConfig config, List<String> onlyTables) {
        List<String> mapped = config.mappedTables();
        for (String table : onlyTables) {
            if (!mapped.contains(table)) {
                throw new UserException(
                        ExitCode.CONFIG,
                        "--table "
                                + table
                                + " is in no entry of iotdb.mappings; "
                                + didYouMean(table, mapped));
            }
        }
    }

    /**
     * Plans every mapping of the wanted tables, and of those that write the same series, in the
     * order of the config.
     *
     * @param lookups which read by the connection
     */
    public static List<TablePlan> read(
            MigrationConfig config,
            List<String> onlyTables,
            Connection connection,
            Lookups lookups,
            TargetFacts target)
            throws SQLException {
        SchemaReader schemas = new SchemaReader(connection);
        List<TablePlan> plans = new ArrayList<>();
        for (int index : mayMatter(config.mappings(), onlyTables)) {
            plans.add(read(config, index, schemas, lookups, target));
        }
        List<TablePlan> told = named(plans);
        return onlyTables.isEmpty() ? told : inUnits(told, onlyTables);
    }

    /** Returns the plans in which tall tables know what others call their measurements. */
    private static List<TablePlan> named(List<TablePlan> plans) {
        List<TablePlan> mapped = plans.stream().filter(p -> p.mapping() != null).toList();
        Iterator<TableMapping> told =
                TallNames.among(mapped.stream().map(TablePlan::mapping).toList()).iterator();
        return plans.stream()
                .map(p -> p.mapping() == null ? p : p.withMapping(told.next()))
                .toList();
    }

    /**
     * Returns the wanted ones and those whose templates may give one of their devices, and so on.
     */
    private static SortedSet<Integer> mayMatter(
            List<MappingConfig> mappings, List<String> onlyTables) {
        List<DeviceNaming> devices = mappings.stream().map(TablePlans::devices).toList();
        SortedSet<Integer> found = new TreeSet<>();
        Deque<Integer> left = new ArrayDeque<>();
        for (int i = 0; i < mappings.size(); i++) {
            if (onlyTables.isEmpty() || onlyTables.contains(mappings.get(i).table())) {
                left.add(i);
            }
        }
        while (!left.isEmpty()) {
            int next = left.remove();
            if (found.add(next)) {
                IntStream.range(0, mappings.size())
                        .filter(i -> !found.contains(i))
                        .filter(i -> devices.get(i).overlaps(devices.get(next)))
                        .forEach(left::add);
            }
        }
        return found;
    }

    /** Returns what names the devices of a mapping, as far as the config alone tells. */
    private static DeviceNaming devices(MappingConfig mapping) {
        TargetTableConfig target = mapping.target();
        if (target == null) {
            return DeviceTemplate.parse(mapping.deviceTemplate());
        }
        String own = mapping.table().substring(mapping.table().indexOf('.') + 1);
        return new TagNaming(
                target.name() == null ? own.toLowerCase(Locale.ROOT) : target.name(), List.of());
    }

    private static List<TablePlan> inUnits(List<TablePlan> plans, List<String> onlyTables) {
        List<TablePlan> mapped = plans.stream().filter(p -> p.mapping() != null).toList();
        Set<TablePlan> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        plans.stream().filter(p -> onlyTables.contains(p.config().table())).forEach(wanted::add);
        List<TableMapping> mappings = mapped.stream().map(TablePlan::mapping).toList();
        for (TargetUnit unit : TargetUnit.of(mappings)) {
            List<TablePlan> together = unit.mappings().stream().map(mapped::get).toList();
            if (together.stream().anyMatch(wanted::contains)) {
                wanted.addAll(together);
            }
        }
        return plans.stream().filter(wanted::contains).toList();
    }

    private static TablePlan read(
            MigrationConfig config,
            int index,
            SchemaReader schemas,
            Lookups lookups,
            TargetFacts target)
            throws SQLException {
        MappingConfig mapping = config.mappings().get(index);
        TableId id = TableId.named(mapping.table(), config.mysql().database());
        Optional<TableSchema> schema = schemas.read(id);
        if (schema.isEmpty()) {
            return new TablePlan(mapping, null, null, List.of(missing(config, id, schemas)));
        }
        Map<String, Lookup> named = new HashMap<>();
        for (String reference : mapping.references()) {
            Optional<Lookup> found = lookups.of(reference);
            if (found.isPresent()) {
                named.put(reference, found.get());
            }
        }
        MappingPlan plan =
                MappingPlanner.plan(
                        index,
                        mapping,
                        schema.get(),
                        config.mysql().timeZone(),
                        target,
                        named::get);
        return new TablePlan(mapping, schema.get(), plan.mapping(), plan.findings());
    }

    private static Finding missing(MigrationConfig config, TableId id, SchemaReader schemas)
            throws SQLException {
        List<String> existing = schemas.tables(id.database());
        if (existing.contains(id.table())) {
            return Finding.error(
                    ExitCode.CONFIG,
                    id.table(),
                    "MySQL tells no columns of it: it is a view of tables or columns that are gone",
                    "mend the view, or map the tables that hold the rows");
        }
        return Finding.error(
                ExitCode.CONFIG,
                id.table(),
                "database "
                        + id.database()
                        + " has no such table, or user "
                        + config.mysql().user()
                        + " has no grant on it",
                looksLikePattern(id.table())
                        ? "table: is the name of one table; write tables: for a pattern, which"
                                + " stands for all that match"
                        : "correct table: in iotdb.mappings; " + didYouMean(id.table(), existing));
    }

    private static boolean looksLikePattern(String table) {
        return table.chars().anyMatch(c -> "*+?()[]|\\%".indexOf(c) >= 0);
    }

    private static String didYouMean(String name, List<String> existing) {
        return NearestName.find(name, existing)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse(
                        existing.isEmpty()
                                ? "it has none that this user may see"
                                : "the tables there are " + String.join(", ", existing));
    }
}
