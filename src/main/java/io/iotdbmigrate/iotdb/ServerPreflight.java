package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TimePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** A look at the server itself, whichever model rows go to: its version and whether it writes. */
public final class ServerPreflight {
    private static final String SERVER = "IoTDB";

    /**
     * Versions from before apache/iotdb#16799 was mended (November 2025): a deletion that comes
     * while a settle compaction runs may be lost. Seen with 2.0.1-beta alone: 4 of 57,000 single
     * deletions within four minutes, each in the last 20 ms of such a compaction.
     */
    private static final Pattern LOSES_DELETIONS = Pattern.compile("2\\.0\\.[1-5](\\D.*)?");

    /** The types came with 1.3.3. */
    private static final Pattern LACKS_TYPES =
            Pattern.compile("(0\\.\\d+|1\\.[0-2]|1\\.3\\.[0-2])(\\D.*)?");

    /** Versions from before apache/iotdb#18634 was mended (September 2026), as far as known. */
    private static final Pattern DAMAGES_ROWS = Pattern.compile("2\\.0\\.([1-9]|10)(\\D.*)?");

    private final Session session;
    private final ServerCapabilities server;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param session of the tree model
     */
    public ServerPreflight(Session session, ServerCapabilities server) {
        this.session = session;
        this.server = server;
    }

    /**
     * Looks.
     *
     * @param deletes whether replication will delete
     */
    public List<Finding> check(boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException {
        version(deletes);
        status();
        return List.copyOf(findings);
    }

    /**
     * Looks as {@link #check} does, for the table model.
     *
     * @param deletes whether replication will delete
     */
    public List<Finding> checkTables(boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException {
        List<Finding> found = new ArrayList<>(check(false));
        ServerQuery.each(
                session,
                "SHOW VERSION",
                row -> {
                    String version = String.valueOf(row.get("Version"));
                    if (deletes && damagesRows(version)) {
                        found.add(
                                Finding.ok(
                                        SERVER,
                                        "version "
                                                + version
                                                + " may damage other rows when one is deleted that"
                                                + " is still in its memory (apache/iotdb#18634);"
                                                + " cdc runs FLUSH before it deletes such a row"));
                    }
                    if (deletes && LOSES_DELETIONS.matcher(version).matches()) {
                        found.add(losesRows(version));
                    }
                    return false;
                });
        return found;
    }

    /** Tells whether a version is known from before that was mended. */
    static boolean damagesRows(String version) {
        return DAMAGES_ROWS.matcher(version).matches();
    }

    private void version(boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException {
        ServerQuery.each(
                session,
                "SHOW VERSION",
                row -> {
                    String version = String.valueOf(row.get("Version"));
                    findings.add(version(version, server.precision()));
                    if (deletes && LOSES_DELETIONS.matcher(version).matches()) {
                        findings.add(losesDeletions(version));
                    }
                    return false;
                });
    }

    /** Says what a version means for a migration. */
    public static Finding version(String version, TimePrecision precision) {
        String message =
                "version "
                        + version
                        + ", timestamps in "
                        + precision.name().toLowerCase(Locale.ROOT);
        if (LACKS_TYPES.matcher(version).matches()) {
            return Finding.error(
                    ExitCode.IOTDB,
                    SERVER,
                    message + "; it lacks the types STRING, BLOB, DATE and TIMESTAMP",
                    "upgrade IoTDB to 1.3.3 or later");
        }
        return version.startsWith("2.")
                ? Finding.ok(SERVER, message)
                : Finding.warning(
                        SERVER,
                        message + "; this version is not tested",
                        "migrate a small table first and run verify");
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

    /** Warns of any compaction: one may end while a statement deletes many rows of a table. */
    private static Finding losesRows(String version) {
        return Finding.warning(
                SERVER,
                "version "
                        + version
                        + " can lose deletions that cdc makes while IoTDB compacts files, and"
                        + " those rows are back (apache/iotdb#16799); verify finds them",
                "while cdc runs, switch compaction off: run SET CONFIGURATION"
                        + " \"enable_seq_space_compaction\"=\"false\", and the same for"
                        + " \"enable_unseq_space_compaction\" and \"enable_cross_space_compaction\","
                        + " which needs no restart, or take a newer IoTDB");
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
}
