package io.iotdbmigrate.flink.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpec.Growth;
import io.iotdbmigrate.flink.cdc.CdcSpec.Table;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MatchedTables;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that a replication follows: those that it began with, and those that were created
 * since. The latter are in files in a folder that every part of the job reaches, and a part reads
 * them when it begins. A file that is there never changes; the one with the most tables counts.
 */
public final class FollowedTables {
    private static final String SHAPES = ".shapes";

    private final CdcSpec spec;
    private final TableFiles files;

    public FollowedTables(CdcSpec spec) {
        this.spec = spec;
        this.files = new TableFiles(spec.workDir());
    }

    /** The shapes of the tables that a job has come to follow, by {@code database.table}. */
    record Shapes(Map<String, String> shapes) {
        Shapes {
            shapes = Map.copyOf(shapes);
        }
    }

    /**
     * Returns the shapes of all tables that the jobs of a run have come to follow, see {@link
     * MappingFingerprints}.
     */
    public static Map<String, String> shapes(String workDir) throws IOException {
        Map<String, String> shapes = new HashMap<>();
        TableFiles files = new TableFiles(workDir);
        for (String name : files.names("", SHAPES)) {
            shapes.putAll(shapes(files, name));
        }
        return shapes;
    }

    /** Returns the shapes of all tables that a job followed when the last one had come to it. */
    public static Map<String, String> lastShapes(String workDir) throws IOException {
        TableFiles files = new TableFiles(workDir);
        Map<Instant, String> byTime = new TreeMap<>();
        for (String name : files.names("", SHAPES)) {
            byTime.put(files.written(name), name);
        }
        return byTime.isEmpty()
                ? Map.of()
                : shapes(files, byTime.values().stream().reduce("", (older, newer) -> newer));
    }

    private static Map<String, String> shapes(TableFiles files, String name) throws IOException {
        return StoredJson.fromText(new String(files.read(name), UTF_8), Shapes.class).shapes();
    }

    /** Tells whether tables may come to it. */
    public boolean grows() {
        return spec.growth() != null;
    }

    /**
     * Tells whether the job may restart now for a table that has appeared, see {@link
     * TableRestarts}.
     */
    public boolean mayRestart() throws IOException {
        Growth growth = spec.growth();
        if (growth == null) {
            return true;
        }
        List<Instant> before = new ArrayList<>();
        for (String name : files.names(growth.id(), TableFiles.TABLES)) {
            before.add(files.written(name));
        }
        return new TableRestarts(
                        before,
                        growth.config().flink().restart().attempts(),
                        FlinkSettings.restartsForgotten(growth.config().flink().restart()))
                .mayFollow(Instant.now());
    }

    /** Returns the spec with all tables that are followed by now. */
    public CdcSpec now() throws IOException {
        Growth growth = spec.growth();
        if (growth == null) {
            return spec;
        }
        List<String> names = files.names(growth.id(), TableFiles.TABLES);
        Optional<String> newest =
                names.stream().max(Comparator.comparingInt(String::length).thenComparing(n -> n));
        if (newest.isEmpty()) {
            return spec;
        }
        try {
            return spec.withTables(files.tables(newest.get()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a file of another version: " + newest.get(), e);
        }
    }

    /**
     * Follows a table that has appeared, and others of patterns that are there by now, from the
     * next restart of the job on: the spec is that of {@link #now}.
     *
     * @return the reason to restart
     * @throws UserException exit code 6, if it cannot be followed
     * @throws IOException if a server is away
     */
    public TablesAdded follow(TableAppeared appeared) throws IOException {
        Growth growth = spec.growth();
        if (growth == null) {
            throw appeared.stop(", which began while this compared. Start it again");
        }
        List<Table> all;
        List<Table> added;
        try {
            MigrationConfig now = MatchedTables.again(growth.config());
            added = planned(now, appeared);
            all = Table.together(inOrder(now, added));
            CdcSpecs.requireReadableNames(
                    all.stream().map(t -> t.mapping().table()).distinct().toList());
        } catch (UserException e) {
            if (e.exitCode() == ExitCode.MYSQL || e.exitCode() == ExitCode.IOTDB) {
                throw new AwayException(e.exitCode(), e.getMessage(), e);
            }
            throw appeared.stop(
                    ", and it cannot be followed: "
                            + e.getMessage()
                            + "; make the pattern narrower, so that it leaves the table out, or"
                            + " copy the tables as they are now with iotdb-migrate backfill"
                            + " --restart, then start cdc again");
        }
        requireSameTypes(all, added, appeared);
        String name = growth.id() + "-" + all.size();
        Shapes shapes =
                new Shapes(MappingFingerprints.of(all.stream().map(Table::mapping).toList()));
        files.write(name + SHAPES, StoredJson.toText(shapes).getBytes(UTF_8));
        files.write(name + TableFiles.TABLES, all);
        return new TablesAdded(
                appeared.getMessage()
                        + (added.size() > 1 ? ", and " + (added.size() - 1) + " more do" : "")
                        + ": cdc follows from there on");
    }

    private static void requireSameTypes(
            List<Table> all, List<Table> added, TableAppeared appeared) {
        Set<TableId> tables =
                added.stream().map(t -> t.mapping().table()).collect(Collectors.toSet());
        AddedTypes.problem(
                        all.stream().map(Table::mapping).toList(),
                        mapping -> tables.contains(mapping.table()))
                .ifPresent(
                        problem -> {
                            throw appeared.stop(", and " + problem + AddedTypes.REMEDY);
                        });
    }

    private List<Table> planned(MigrationConfig now, TableAppeared appeared) {
        Set<TableId> followed =
                spec.mappings().stream().map(TableMapping::table).collect(Collectors.toSet());
        List<MappingConfig> others =
                now.mappings().stream().filter(m -> !followed.contains(table(now, m))).toList();
        if (others.stream().noneMatch(m -> table(now, m).equals(appeared.table()))) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "MySQL has it no more under this name, so what its rows were is not known");
        }
        MigrationPlan plan = MigrationPlan.of(now.withMappings(others), List.of());
        try (BinlogServer server = new BinlogServer(spec.mysql())) {
            return CdcSpecs.tables(plan, server, List.of());
        }
    }

    private static TableId table(MigrationConfig config, MappingConfig mapping) {
        return TableId.named(mapping.table(), config.mysql().database());
    }

    /**
     * Puts tables where the config has them. One that MySQL has no more stays behind the one before
     * it.
     */
    private List<Table> inOrder(MigrationConfig now, List<Table> added) {
        Map<TableId, Deque<Table>> byName = new HashMap<>();
        Stream.concat(spec.tables().stream(), added.stream())
                .forEach(
                        t ->
                                byName.computeIfAbsent(
                                                t.mapping().table(), id -> new ArrayDeque<>())
                                        .add(t));
        List<Table> ordered = new ArrayList<>();
        for (MappingConfig mapping : now.mappings()) {
            ordered.add(byName.get(table(now, mapping)).remove());
        }
        int next = 0;
        for (Table table : spec.tables()) {
            int at = ordered.indexOf(table);
            if (at < 0) {
                ordered.add(next, table);
                at = next;
            }
            next = at + 1;
        }
        return ordered;
    }
}
