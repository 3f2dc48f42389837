package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the table model has a database of a name that the tree is to have, too. */
final class TableDatabases {
    private static final Logger LOG = LoggerFactory.getLogger(TableDatabases.class);

    private TableDatabases() {}

    /**
     * Asks the server; one without a table model has none.
     *
     * @param databases of the tree, to be created if absent
     */
    static List<Finding> check(
            IotdbConfig config, List<String> databases, List<DeviceTemplate> templates) {
        Set<String> names = new LinkedHashSet<>();
        databases.forEach(database -> names.add(name(database)));
        if (databases.isEmpty()) {
            templates.forEach(template -> names.add(name(template.fixedPrefix())));
        }
        Set<String> found = ofTables(config);
        List<Finding> findings = new ArrayList<>();
        for (String name : names) {
            if (found.contains(name)) {
                findings.add(
                        Finding.error(
                                ExitCode.IOTDB,
                                "root." + name,
                                "has the name of a database of IoTDB's table model: dropping this"
                                        + " one can make the tables of that one unreadable",
                                "choose another name behind root"));
            }
        }
        return findings;
    }

    private static String name(String path) {
        List<String> nodes = TreePath.split(path);
        return nodes.size() < 2 ? "" : nodes.get(1).toLowerCase(Locale.ROOT);
    }

    private static Set<String> ofTables(IotdbConfig config) {
        Set<String> found = new HashSet<>();
        IotdbConfig tables =
                new IotdbConfig(
                        config.nodes(),
                        config.user(),
                        config.password(),
                        config.tls(),
                        "information_schema");
        try (Session session = IotdbSessions.open(tables)) {
            ServerQuery.each(
                    session,
                    "SHOW DATABASES",
                    row -> found.add(String.valueOf(row.get("Database")).toLowerCase(Locale.ROOT)));
        } catch (IoTDBConnectionException | StatementExecutionException e) {
            LOG.info("the server does not list databases of a table model", e);
        }
        return found;
    }
}
