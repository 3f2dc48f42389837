package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.ServerCapabilities;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** What can be known of the IoTDB server before a row moves. */
final class IotdbPreflight {
    private static final String SERVER = "IoTDB";

    /**
     * Versions from before apache/iotdb#16799 was mended (November 2025): a deletion that comes
     * while a settle compaction runs may be lost. Seen with 2.0.1-beta alone: 4 of 57,000 single
     * deletions within four minutes, each in the last 20 ms of such a compaction.
     */
    private static final Pattern LOSES_DELETIONS = Pattern.compile("2\\.0\\.[1-5](\\D.*)?");

    private final Session session;
    private final ServerCapabilities server;
    private final List<Finding> findings = new ArrayList<>();

    IotdbPreflight(Session session, ServerCapabilities server) {
        this.session = session;
        this.server = server;
    }

    /**
     * @param databases to be created if absent
     * @param templates of all mappings
     * @param deletes whether replication will delete points
     */
    List<Finding> check(List<String> databases, List<DeviceTemplate> templates, boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException {
        version(deletes);
        status();
        Set<List<String>> existing = existingDatabases();
        databases.forEach(database -> database(database, existing));
        if (databases.isEmpty()) {
            new LinkedHashSet<>(templates.stream().map(DeviceTemplate::fixedPrefix).toList())
                    .forEach(prefix -> unnamedDatabase(prefix, existing));
        }
        return List.copyOf(findings);
    }

    private void version(boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException {
        ServerQuery.each(
                session,
                "SHOW VERSION",
                row -> {
                    String version = String.valueOf(row.get("Version"));
                    String unit = server.precision().name().toLowerCase(Locale.ROOT);
                    String message = "version " + version + ", timestamps in " + unit;
                    boolean known = version.startsWith("2.") || version.startsWith("1.3");
                    findings.add(
                            known
                                    ? Finding.ok(SERVER, message)
                                    : Finding.warning(
                                            SERVER,
                                            message + "; this version is not tested",
                                            "migrate a small table first and run verify"));
                    if (deletes && LOSES_DELETIONS.matcher(version).matches()) {
                        findings.add(losesDeletions(version));
                    }
                    return false;
                });
    }

    /** Tells whether the setting is set is not told to a client. */
    private static Finding losesDeletions(String version) {
        return Finding.warning(
                SERVER,
                "version "
                        + version
                        + " can lose a deletion that cdc makes just as a compaction for deletions"
                        + " ends (apache/iotdb#16799); verify finds the row that is left",
                "unless it is done, run SET CONFIGURATION"
                        + " \"inner_compaction_task_selection_mods_file_threshold\""
                        + "=\"9223372036854775807\", which needs no restart, or take a newer IoTDB");
    }

    /**
     * Checks what the ConfigNode last heard of its DataNodes, a few seconds old, and what this one
     * says itself.
     */
    private void status() throws IoTDBConnectionException, StatementExecutionException {
        List<String> readOnly = new ArrayList<>();
        List<String> away = new ArrayList<>();
        List<String> running = new ArrayList<>();
        try {
            ServerQuery.each(
                    session,
                    "SHOW CLUSTER",
                    row -> {
                        if ("DataNode".equals(row.get("NodeType"))) {
                            String status = String.valueOf(row.get("Status"));
                            String node = row.get("NodeID") + " at " + row.get("InternalAddress");
                            switch (status) {
                                case "Running" -> running.add(node);
                                case "ReadOnly" -> readOnly.add(node);
                                default -> away.add(node + " (" + status + ")");
                            }
                        }
                        return true;
                    });
        } catch (StatementExecutionException e) {
            findings.add(
                    server.readOnly()
                            ? readOnly("this node")
                            : Finding.ok(SERVER, "accepts writes"));
            return;
        }
        if (readOnly.isEmpty() && server.readOnly()) {
            findings.add(readOnly("this node"));
            return;
        }
        if (!readOnly.isEmpty()) {
            findings.add(readOnly("DataNode " + String.join(", ", readOnly)));
        }
        if (!away.isEmpty()) {
            findings.add(
                    Finding.warning(
                            SERVER,
                            "DataNode " + String.join(", ", away) + " does not run",
                            "start it, or remove it from the cluster"));
        }
        if (readOnly.isEmpty() && !running.isEmpty()) {
            findings.add(Finding.ok(SERVER, "accepts writes"));
        }
    }

    private static Finding readOnly(String nodes) {
        return Finding.error(
                ExitCode.IOTDB,
                SERVER,
                "does not accept writes: read-only is " + nodes,
                "free its disk if it is full, then run SET SYSTEM TO RUNNING");
    }

    private Set<List<String>> existingDatabases()
            throws IoTDBConnectionException, StatementExecutionException {
        Set<List<String>> existing = new LinkedHashSet<>();
        ServerQuery.each(
                session,
                "SHOW DATABASES",
                row -> existing.add(PathNode.split(String.valueOf(row.get("Database")))));
        return existing;
    }

    private void database(String database, Set<List<String>> existing) {
        List<String> wanted = PathNode.split(database);
        if (existing.contains(wanted)) {
            findings.add(Finding.ok(database, "the database exists"));
            return;
        }
        List<String> inTheWay =
                existing.stream()
                        .filter(e -> isBelow(e, wanted) || isBelow(wanted, e))
                        .map(DeviceTemplate::path)
                        .toList();
        findings.add(
                inTheWay.isEmpty()
                        ? Finding.ok(database, "the database will be created")
                        : Finding.error(
                                ExitCode.IOTDB,
                                database,
                                "cannot be created beside database "
                                        + inTheWay.get(0)
                                        + ": databases cannot lie in each other",
                                "put "
                                        + inTheWay.get(0)
                                        + " into iotdb.storage_groups instead, or choose another"
                                        + " path"));
    }

    /**
     * Warns of a database that is made by itself. Without storage_groups the server makes a
     * database of the first two nodes of a path.
     */
    private void unnamedDatabase(String prefix, Set<List<String>> existing) {
        List<String> nodes = PathNode.split(prefix);
        boolean exists = existing.stream().anyMatch(e -> e.equals(nodes) || isBelow(nodes, e));
        if (exists) {
            findings.add(Finding.ok(prefix, "lies in a database that exists"));
        } else if (nodes.size() == 1) {
            findings.add(
                    Finding.warning(
                            "iotdb.storage_groups",
                            "is empty and a device_template has a column right after root: IoTDB"
                                    + " would make every value of it a database of its own, each"
                                    + " with tens of megabytes of buffers, and refuses names with"
                                    + " blanks",
                            "begin device_template with a fixed name, such as root.plant"));
        } else {
            findings.add(
                    Finding.ok(
                            prefix,
                            "IoTDB will create database "
                                    + DeviceTemplate.path(nodes.subList(0, 2))
                                    + " by itself; iotdb.storage_groups can name another"));
        }
    }

    private static boolean isBelow(List<String> path, List<String> parent) {
        return path.size() > parent.size() && path.subList(0, parent.size()).equals(parent);
    }
}
