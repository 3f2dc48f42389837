package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies;
import io.iotdbmigrate.flink.cdc.CdcSpec.Growth;
import io.iotdbmigrate.flink.cdc.CdcSpec.Table;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The tables that earlier jobs of a run have followed. One of a pattern that was dropped while no
 * job ran may have rows in the binlog that none has read: with what it was, they are read still.
 */
public final class EarlierTables {
    /** How a file ends that has the tables with which a job has begun. */
    private static final String STARTED = ".started";

    /** Where no job has followed any. */
    public static final EarlierTables NONE = new EarlierTables(Map.of(), List.of());

    private final Map<TableId, List<Table>> tables;
    private final List<Table> started;

    private EarlierTables(Map<TableId, List<Table>> tables, List<Table> started) {
        this.tables = tables;
        this.started = started;
    }

    /**
     * Reads what the jobs of a run have noted. Tables of which only another version of this tool
     * has told are not known.
     */
    public static EarlierTables of(String workDir) throws IOException {
        TableFiles files = new TableFiles(workDir);
        Map<Instant, List<String>> names = new TreeMap<>(Comparator.reverseOrder());
        List<String> noted = new ArrayList<>(files.names("", STARTED));
        noted.addAll(last(files.names("", TableFiles.TABLES)));
        for (String name : noted) {
            names.computeIfAbsent(files.written(name), at -> new ArrayList<>()).add(name);
        }
        Map<TableId, List<Table>> found = new HashMap<>();
        List<Table> started = new ArrayList<>();
        for (String newestFirst : names.values().stream().flatMap(List::stream).toList()) {
            List<Table> tables = read(files, newestFirst);
            if (newestFirst.endsWith(STARTED) && started.isEmpty()) {
                started.addAll(tables);
            }
            tables.stream()
                    .collect(Collectors.groupingBy(t -> t.mapping().table()))
                    .forEach(found::putIfAbsent);
        }
        return new EarlierTables(found, started);
    }

    /** Chooses the last of each job: it has all tables of those before it. */
    private static Collection<String> last(List<String> names) {
        Map<String, String> byJob = new HashMap<>();
        Comparator<String> bySize =
                Comparator.comparingInt(String::length).thenComparing(name -> name);
        for (String name : names) {
            byJob.merge(
                    name.substring(0, name.lastIndexOf('-')), name, BinaryOperator.maxBy(bySize));
        }
        return byJob.values();
    }

    private static List<Table> read(TableFiles files, String name) throws IOException {
        try {
            return files.tables(name);
        } catch (ClassNotFoundException | ObjectStreamException ofAnotherVersion) {
            return List.of();
        }
    }

    /**
     * Notes the tables with which a job begins, if a later one may miss some of them.
     *
     * @throws UserException exit code 3, if they cannot be written
     */
    public static void note(CdcSpec spec) {
        Growth growth = spec.growth();
        if (growth == null
                || spec.mappings().stream().noneMatch(m -> m.patternOf(m.table()).isPresent())) {
            return;
        }
        TableFiles files = new TableFiles(spec.workDir());
        try {
            List<String> before = files.names("", STARTED);
            files.write(growth.id() + STARTED, spec.tables());
            for (String name : before) {
                files.delete(name);
            }
        } catch (IOException e) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "cannot note the tables in "
                            + spec.workDir()
                            + " ("
                            + e.getMessage()
                            + "); let the user who starts cdc write there",
                    e);
        }
    }

    /** Returns the shapes of those of the last start, see {@link MappingFingerprints}. */
    public Map<String, String> startedShapes() {
        return MappingFingerprints.of(started.stream().map(Table::mapping).toList());
    }

    /** Tells whether a table is known. */
    public boolean has(TableId table) {
        return tables.containsKey(table);
    }

    /**
     * Returns the spec with tables of patterns that MySQL has no more, each behind those of its
     * pattern whose names come before its own.
     */
    public CdcSpec into(CdcSpec spec, Collection<TableId> gone) {
        if (gone.isEmpty()) {
            return spec;
        }
        List<Table> all = new ArrayList<>(spec.tables());
        for (TableId table : gone) {
            for (Table earlier : tables.get(table)) {
                put(earlier, all);
            }
        }
        CdcSpecs.requireReadableNames(
                all.stream().map(t -> t.mapping().table()).distinct().toList());
        return spec.withTables(Table.together(all));
    }

    private static void put(Table earlier, List<Table> all) {
        TableId gone = earlier.mapping().table();
        int at = all.size();
        Optional<RowPolicies> policies = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            TableMapping other = all.get(i).mapping();
            if (other.patternOf(gone).isPresent()) {
                boolean first = policies.isEmpty();
                policies = Optional.of(other.policies());
                boolean before = other.table().toString().compareTo(gone.toString()) <= 0;
                at = before ? i + 1 : first ? i : at;
            }
        }
        TableMapping mapping = earlier.mapping();
        all.add(
                at,
                new Table(
                        policies.map(mapping::withPolicies).orElse(mapping),
                        earlier.keys(),
                        earlier.unique(),
                        earlier.numbered(),
                        earlier.alone(),
                        earlier.last()));
    }
}
