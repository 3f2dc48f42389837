package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** Whether IoTDB's user may do what a migration does. */
final class PrivilegePreflight {
    private static final String SUPERUSER = "root";
    private static final String JOURNAL = "root.iotdb_migrate";
    private static final List<String> NEEDED =
            List.of("READ_DATA", "WRITE_DATA", "READ_SCHEMA", "WRITE_SCHEMA");

    private PrivilegePreflight() {}

    private record Grant(List<String> path, boolean below, String privilege) {}

    static List<Finding> check(Session session, String user, List<DeviceTemplate> templates)
            throws IoTDBConnectionException {
        if (user.equals(SUPERUSER)) {
            return List.of();
        }
        List<Grant> grants;
        try {
            grants = grants(session, user);
        } catch (StatementExecutionException e) {
            return List.of(Finding.ok("IoTDB grants", "cannot be listed by user " + user));
        }
        Set<String> prefixes = new LinkedHashSet<>();
        templates.forEach(t -> prefixes.add(t.fixedPrefix()));
        prefixes.add(JOURNAL);
        List<Finding> findings = new ArrayList<>();
        for (String prefix : prefixes) {
            List<String> missing =
                    NEEDED.stream().filter(p -> !isGranted(grants, p, prefix)).toList();
            if (!missing.isEmpty()) {
                findings.add(missing(user, missing, prefix + ".**"));
            }
        }
        if (!isGranted(grants, "MANAGE_DATABASE", "root")) {
            findings.add(missing(user, List.of("MANAGE_DATABASE"), "root.**"));
        }
        findings.add(
                Finding.error(
                        ExitCode.IOTDB,
                        "IoTDB grants",
                        user
                                + " may not run FLUSH, which makes rows durable before they count as"
                                + " copied: IoTDB lets only "
                                + SUPERUSER
                                + " do so",
                        "set connections.iotdb.user to " + SUPERUSER));
        return findings;
    }

    private static Finding missing(String user, List<String> privileges, String path) {
        String list = String.join(", ", privileges);
        return Finding.error(
                ExitCode.IOTDB,
                "IoTDB grants",
                user + " lacks " + list + " on " + path,
                "run GRANT " + list + " ON " + path + " TO USER " + user + " as root");
    }

    private static List<Grant> grants(Session session, String user)
            throws IoTDBConnectionException, StatementExecutionException {
        List<Grant> grants = new ArrayList<>();
        ServerQuery.each(
                session,
                "LIST PRIVILEGES OF USER " + PathNode.quote(user),
                row -> {
                    List<String> path = new ArrayList<>(PathNode.split(row.get("Path")));
                    boolean below = path.remove("**");
                    return grants.add(new Grant(path, below, row.get("Privileges")));
                });
        return grants;
    }

    private static boolean isGranted(List<Grant> grants, String privilege, String prefix) {
        List<String> nodes = PathNode.split(prefix);
        return grants.stream()
                .filter(g -> g.privilege().equals(privilege))
                .anyMatch(
                        g ->
                                g.path().isEmpty()
                                        || (g.below()
                                                && g.path().size() <= nodes.size()
                                                && nodes.subList(0, g.path().size())
                                                        .equals(g.path())));
    }
}
