package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.Binlog;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Counts row events of mapped tables by {@code SHOW BINLOG EVENTS}, which needs REPLICATION SLAVE.
 * The server unpacks compressed transactions for it. Meant for the little that is written after a
 * pause: it lists all events after the position.
 */
public final class MappedEvents implements Binlog {
    private static final Pattern TABLE_MAP =
            Pattern.compile("table_id: (\\d+) \\((.*?)\\)(?:\\s.*)?", Pattern.DOTALL);
    private static final Pattern ROWS =
            Pattern.compile("table_id: (\\d+)(?:\\s.*)?", Pattern.DOTALL);

    private final GateConnections connections;
    private final Set<String> names;

    /**
     * @param tables mapped ones, unquoted, of the config's database
     */
    public MappedEvents(MySqlConfig config, String migration, List<String> tables) {
        this.connections = new GateConnections(config, migration);
        this.names =
                tables.stream()
                        .map(table -> fold(config.database() + "." + table))
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public BinlogPosition position() throws SQLException {
        try (Connection connection = connections.open()) {
            return BinlogPositions.current(connection)
                    .orElseThrow(
                            () ->
                                    new UserException(
                                            ExitCode.MYSQL,
                                            "MySQL at "
                                                    + connections.config().address()
                                                    + " writes no binlog; start mysqld with"
                                                    + " --log-bin"));
        }
    }

    @Override
    public long mappedEventsAfter(BinlogPosition position) throws SQLException {
        try (Connection connection = connections.open()) {
            long events = 0;
            for (String file : filesFrom(connection, position.file())) {
                long from = file.equals(position.file()) ? position.offset() : 4;
                events += count(connection, file, from);
            }
            return events;
        }
    }

    private static List<String> filesFrom(Connection connection, String first) throws SQLException {
        List<String> files = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW BINARY LOGS")) {
            while (row.next()) {
                String file = row.getString(1);
                if (file.equals(first) || !files.isEmpty()) {
                    files.add(file);
                }
            }
        }
        if (files.isEmpty()) {
            throw new SQLException("MySQL has no binlog " + first + " any more");
        }
        return files;
    }

    private long count(Connection connection, String file, long from) throws SQLException {
        Set<String> mapped = new HashSet<>();
        long events = 0;
        String sql = "SHOW BINLOG EVENTS IN '" + file + "' FROM " + from;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                String type = row.getString("Event_type");
                String info = row.getString("Info");
                if (type.equals("Table_map")) {
                    note(info, mapped);
                } else if (type.contains("_rows") && isOf(info, mapped)) {
                    events++;
                }
            }
        }
        return events;
    }

    private void note(String info, Set<String> mapped) {
        Matcher map = TABLE_MAP.matcher(info);
        if (map.matches()) {
            if (names.contains(fold(map.group(2)))) {
                mapped.add(map.group(1));
            } else {
                mapped.remove(map.group(1));
            }
        }
    }

    private static boolean isOf(String info, Set<String> mapped) {
        Matcher rows = ROWS.matcher(info);
        return rows.matches() && mapped.contains(rows.group(1));
    }

    /**
     * Two tables whose names differ by case only are taken for one: better too much than too
     * little.
     */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
