package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.ServerCapabilities;
import io.iotdbmigrate.iotdb.ServerPreflight;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** What can be known of the IoTDB server before a row moves. */
final class IotdbPreflight {
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
        findings.addAll(new ServerPreflight(session, server).check(deletes));
        Set<List<String>> existing = existingDatabases();
        databases.forEach(database -> database(database, existing));
        if (databases.isEmpty()) {
            new LinkedHashSet<>(templates.stream().map(DeviceTemplate::fixedPrefix).toList())
                    .forEach(prefix -> unnamedDatabase(prefix, existing));
        }
        return List.copyOf(findings);
    }

    private Set<List<String>> existingDatabases()
            throws IoTDBConnectionException, StatementExecutionException {
        Set<List<String>> existing = new LinkedHashSet<>();
        ServerQuery.each(
                session,
                "SHOW DATABASES",
                row -> existing.add(TreePath.split(String.valueOf(row.get("Database")))));
        return existing;
    }

    private void database(String database, Set<List<String>> existing) {
        List<String> wanted = TreePath.split(database);
        if (existing.contains(wanted)) {
            findings.add(Finding.ok(database, "the database exists"));
            return;
        }
        List<String> inTheWay =
                existing.stream()
                        .filter(e -> isBelow(e, wanted) || isBelow(wanted, e))
                        .map(TreePath::of)
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
        List<String> nodes = TreePath.split(prefix);
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
                                    + TreePath.of(nodes.subList(0, 2))
                                    + " by itself; iotdb.storage_groups can name another"));
        }
    }

    private static boolean isBelow(List<String> path, List<String> parent) {
        return path.size() > parent.size() && path.subList(0, parent.size()).equals(parent);
    }
}
