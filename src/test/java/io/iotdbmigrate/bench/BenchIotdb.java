package io.iotdbmigrate.bench;

import io.iotdbmigrate.testkit.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.isession.SessionConfig;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.iotdb.session.TableSessionBuilder;
import org.apache.tsfile.read.common.Field;

/** IoTDB as the benchmarks use it: the client alone, nothing of this program. */
final class BenchIotdb {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Planning a query over all of them at once takes more memory than a small server has. */
    private static final int DEVICES_A_QUERY = 1_000;

    private static final String SYSTEM = "root.__";

    /** The table model's own. */
    private static final String SYSTEM_TABLES = "information_schema";

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

    /** Opens a session of the table model that is in no database. */
    static ITableSession openTables() throws IoTDBConnectionException {
        return openTables(SessionConfig.DEFAULT_FETCH_SIZE);
    }

    /** Opens one whose questions are answered in pieces of so many rows. */
    static ITableSession openTables(int fetchRows) throws IoTDBConnectionException {
        Servers servers = Servers.get();
        return new TableSessionBuilder()
                .nodeUrls(List.of(servers.iotdbHost() + ":" + servers.iotdbPort()))
                .username(servers.iotdbUser())
                .password(servers.iotdbPassword())
                .enableRedirection(false)
                .enableAutoFetch(false)
                .fetchSize(fetchRows)
                .build();
    }

    /** Drops every database but the server's own, the tool's journal included, of both models. */
    static void dropDatabases() throws IoTDBConnectionException, StatementExecutionException {
        dropTables();
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

    private static void dropTables() throws IoTDBConnectionException, StatementExecutionException {
        try (ITableSession session = openTables()) {
            List<String> databases = new ArrayList<>();
            try (SessionDataSet rows = session.executeQueryStatement("SHOW DATABASES")) {
                while (rows.hasNext()) {
                    databases.add(rows.next().getFields().get(0).getStringValue());
                }
            }
            for (String database : databases) {
                if (!database.equals(SYSTEM_TABLES)) {
                    session.executeNonQueryStatement("DROP DATABASE \"" + database + "\"");
                }
            }
        }
    }

    /** Counts all values of the copy. */
    static long countPoints(Readings readings)
            throws IoTDBConnectionException, StatementExecutionException {
        return switch (readings.model()) {
            case TREE -> countPointsOfTree(readings);
            case TABLE -> countPointsOfTable(readings);
        };
    }

    private static long countPointsOfTable(Readings readings)
            throws IoTDBConnectionException, StatementExecutionException {
        String counts =
                ReadingTablets.COLUMNS.stream()
                        .map(column -> "count(" + column + ")")
                        .collect(Collectors.joining(", ", "SELECT '', ", " FROM "));
        try (ITableSession session = openTables()) {
            return sum(
                    session.executeQueryStatement(
                            counts + readings.database() + "." + readings.table(),
                            PATIENCE.toMillis()));
        }
    }

    /** Asks for those of each series. */
    private static long countPointsOfTree(Readings readings)
            throws IoTDBConnectionException, StatementExecutionException {
        long points = 0;
        try (Session session = open()) {
            for (int from = 0; from < readings.devices(); from += DEVICES_A_QUERY) {
                int to = Math.min(from + DEVICES_A_QUERY, readings.devices());
                String paths =
                        IntStream.range(from, to)
                                .mapToObj(readings::path)
                                .collect(Collectors.joining(", "));
                points +=
                        sum(
                                session.executeQueryStatement(
                                        "SELECT count(*) FROM " + paths + " ALIGN BY DEVICE",
                                        PATIENCE.toMillis()));
            }
        }
        return points;
    }

    /** Adds up all columns but the first. */
    private static long sum(SessionDataSet answer)
            throws IoTDBConnectionException, StatementExecutionException {
        long sum = 0;
        try (answer) {
            while (answer.hasNext()) {
                List<Field> fields = answer.next().getFields();
                for (Field count : fields.subList(1, fields.size())) {
                    sum += count.getLongV();
                }
            }
        }
        return sum;
    }

    /** Counts devices of the copy. */
    static long countDevices(Readings readings)
            throws IoTDBConnectionException, StatementExecutionException {
        if (readings.model() == BenchModel.TABLE) {
            try (ITableSession session = openTables();
                    SessionDataSet count =
                            session.executeQueryStatement(
                                    "COUNT DEVICES FROM %s.%s"
                                            .formatted(readings.database(), readings.table()))) {
                return count.next().getFields().get(0).getLongV();
            }
        }
        try (Session session = open();
                SessionDataSet count =
                        session.executeQueryStatement("COUNT DEVICES " + readings.path() + ".**")) {
            return count.next().getFields().get(0).getLongV();
        }
    }

    /** Says how the first device of a copy in the tree is made: aligned or not, and its types. */
    static String series(Readings readings)
            throws IoTDBConnectionException, StatementExecutionException {
        String device = readings.path(0);
        SortedMap<String, String> types = new TreeMap<>();
        try (Session session = open()) {
            try (SessionDataSet series =
                    session.executeQueryStatement("SHOW TIMESERIES " + device + ".*")) {
                while (series.hasNext()) {
                    List<Field> fields = series.next().getFields();
                    String name = fields.get(0).getStringValue().substring(device.length() + 1);
                    types.put(name, fields.get(3).getStringValue());
                }
            }
            try (SessionDataSet devices = session.executeQueryStatement("SHOW DEVICES " + device)) {
                boolean aligned =
                        Boolean.parseBoolean(devices.next().getFields().get(1).getStringValue());
                return types.entrySet().stream()
                        .map(type -> type.getKey() + " " + type.getValue())
                        .collect(
                                Collectors.joining(
                                        ", ", aligned ? "aligned: " : "not aligned: ", ""));
            }
        }
    }

    static String version() throws IoTDBConnectionException, StatementExecutionException {
        try (Session session = open();
                SessionDataSet version = session.executeQueryStatement("SHOW VERSION")) {
            return version.next().getFields().get(0).getStringValue();
        }
    }
}
