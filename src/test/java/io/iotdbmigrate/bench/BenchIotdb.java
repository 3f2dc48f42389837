package io.iotdbmigrate.bench;

import io.iotdbmigrate.testkit.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.read.common.Field;

/** IoTDB as the benchmarks use it: the client alone, nothing of this program. */
final class BenchIotdb {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Planning a query over all of them at once takes more memory than a small server has. */
    private static final int DEVICES_A_QUERY = 1_000;

    private static final String SYSTEM = "root.__";

    private BenchIotdb() {}

    static Session open() throws IoTDBConnectionException {
        Servers servers = Servers.get();
        Session session =
                new Session.Builder()
                        .host(servers.iotdbHost())
                        .port(servers.iotdbPort())
                        .username(servers.iotdbUser())
                        .password(servers.iotdbPassword())
                        .enableRedirection(false)
                        .enableAutoFetch(false)
                        .build();
        session.open();
        return session;
    }

    /** Drops every database but the server's own, the tool's journal included. */
    static void dropDatabases() throws IoTDBConnectionException, StatementExecutionException {
        try (Session session = open()) {
            List<String> databases = new ArrayList<>();
            try (SessionDataSet rows = session.executeQueryStatement("SHOW DATABASES")) {
                while (rows.hasNext()) {
                    databases.add(rows.next().getFields().get(0).getStringValue());
                }
            }
            for (String database : databases) {
                if (!database.startsWith(SYSTEM)) {
                    session.deleteDatabase(database);
                }
            }
        }
    }

    /** Counts all values of the table, by asking for those of each series. */
    static long countPoints(Readings readings)
            throws IoTDBConnectionException, StatementExecutionException {
        long points = 0;
        try (Session session = open()) {
            for (int from = 0; from < readings.devices(); from += DEVICES_A_QUERY) {
                int to = Math.min(from + DEVICES_A_QUERY, readings.devices());
                String paths =
                        IntStream.range(from, to)
                                .mapToObj(readings::path)
                                .collect(Collectors.joining(", "));
                points += sum(session, "SELECT count(*) FROM " + paths + " ALIGN BY DEVICE");
            }
        }
        return points;
    }

    private static long sum(Session session, String sql)
            throws IoTDBConnectionException, StatementExecutionException {
        long sum = 0;
        try (SessionDataSet rows = session.executeQueryStatement(sql, PATIENCE.toMillis())) {
            while (rows.hasNext()) {
                List<Field> fields = rows.next().getFields();
                for (Field count : fields.subList(1, fields.size())) {
                    sum += count.getLongV();
                }
            }
        }
        return sum;
    }

    static long countDevices(Readings readings)
            throws IoTDBConnectionException, StatementExecutionException {
        try (Session session = open();
                SessionDataSet count =
                        session.executeQueryStatement("COUNT DEVICES " + readings.path() + ".**")) {
            return count.next().getFields().get(0).getLongV();
        }
    }

    static String version() throws IoTDBConnectionException, StatementExecutionException {
        try (Session session = open();
                SessionDataSet version = session.executeQueryStatement("SHOW VERSION")) {
            return version.next().getFields().get(0).getStringValue();
        }
    }
}
