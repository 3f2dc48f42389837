package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.iotdb.ServerCapabilities.PrivilegeNames;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether IoTDB's user may do what a migration does. */
public final class PrivilegePreflight {
    private static final String SUBJECT = "IoTDB grants";

    /** To write implies to read, on 2.0.1 and 2.0.10. */
    private static final List<String> NEEDED = List.of("WRITE_DATA", "WRITE_SCHEMA");

    private PrivilegePreflight() {}

    /** Finds everything that the user lacks, with the statement that this server takes. */
    public static List<Finding> check(
            ServerCapabilities server, String user, List<DeviceTemplate> templates) {
        List<Finding> findings = new ArrayList<>();
        if (server.grants().isPresent()) {
            for (String prefix : prefixes(templates)) {
                List<String> missing =
                        NEEDED.stream().filter(p -> !server.grants(p, prefix)).toList();
                if (!missing.isEmpty()) {
                    findings.add(missing(user, missing, prefix + ".**"));
                }
            }
            String creates = server.privileges().name();
            if (!server.grants(creates, "root")) {
                findings.add(missing(user, List.of(creates), "root.**"));
            }
        } else if (server.flushRefusal().isPresent()) {
            findings.add(Finding.warning(SUBJECT, "cannot be listed by user " + user, "ask root"));
        }
        if (server.flushRefusal().isPresent()
                && server.privileges() == PrivilegeNames.MANAGE_DATABASE) {
            findings.add(
                    Finding.error(
                            ExitCode.IOTDB,
                            SUBJECT,
                            user
                                    + " may not run FLUSH, which makes rows durable before they"
                                    + " count as copied: IoTDB lets only root do so",
                            "set connections.iotdb.user to root"));
        }
        return findings;
    }

    /**
     * Makes sure that what the server says of its series can be believed: without the privilege it
     * answers that there are none.
     *
     * @throws UserException exit code 5, if the user may not see the series of a template
     */
    public static void requireSight(
            ServerCapabilities server, String user, List<DeviceTemplate> templates) {
        for (String prefix : prefixes(templates)) {
            if (!server.seesSeries(prefix)) {
                throw new UserException(
                        ExitCode.IOTDB,
                        missing(user, NEEDED, prefix + ".**").sentence()
                                + " (without them IoTDB answers that it has no series)");
            }
        }
    }

    private static Set<String> prefixes(List<DeviceTemplate> templates) {
        Set<String> prefixes = new LinkedHashSet<>();
        templates.forEach(t -> prefixes.add(t.fixedPrefix()));
        prefixes.add(JournalDatabase.PATH);
        return prefixes;
    }

    private static Finding missing(String user, List<String> privileges, String path) {
        String list = String.join(", ", privileges);
        return Finding.error(
                ExitCode.IOTDB,
                SUBJECT,
                user + " lacks " + list + " on " + path,
                "run GRANT " + list + " ON " + path + " TO USER " + user + " as root");
    }
}
