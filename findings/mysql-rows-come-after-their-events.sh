#!/usr/bin/env bash
# Expected: a change that is in the binlog is in the table: who reads an event and then asks MySQL for its row
# sees that change or a newer one, and a copy that begins behind a noted position has what stands before it.
# Seen: a transaction is written to the binlog, sent to readers and counted by SHOW MASTER STATUS, and only then
# committed. Between the two lies the wait for a semi-synchronous replica (AFTER_SYNC, its default), ten seconds
# if that is away, or binlog_group_commit_sync_delay with sync_binlog = 0. All that time a SELECT shows the old
# row. So a copy that notes the position and reads on at once lacks rows which nobody sends again, and an old row
# that was read for an event stays. The set of executed GTIDs does not run ahead, @@gtid_owned has what waits.
# Seldom believed (zendesk/maxwell#1581); block/spirit#820 and #1080 have met it without any such wait, under load.
# iotdb-migrate waits until what the binlog has is visible (VisibleCommits, src/docs/guarantees.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
start_mysql
jars reader com.zendesk:mysql-binlog-connector-java:0.30.1 com.mysql:mysql-connector-j:8.4.0
finding "MySQL $(mysql_sql -e 'SELECT VERSION()'), mysql-binlog-connector-java 0.30.1" \
    "behind an event, and behind SHOW MASTER STATUS, a SELECT sees the change" \
    "it sees the old row until the commit, which is later; executed GTIDs are right"
cat >"$work/$name.java" <<'JAVA'
import com.github.shyiko.mysql.binlog.*;
import com.github.shyiko.mysql.binlog.event.*;
import java.sql.*;
import java.util.Arrays;
import java.util.concurrent.*;
class Probe {
    static String ask(Connection connection, String sql, String column) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(column);
        }
    }
    static void update(String url) {
        try (Connection writer = DriverManager.getConnection(url); Statement statement = writer.createStatement()) {
            statement.execute("UPDATE m SET v = v + 10");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
    public static void main(String[] to) throws Exception {
        String url = "jdbc:mysql://127.0.0.1:%s/%s?user=finder&password=finder".formatted(to[0], to[1]);
        BlockingQueue<String> events = new ArrayBlockingQueue<>(10);
        BinaryLogClient client = new BinaryLogClient("127.0.0.1", Integer.parseInt(to[0]), "finder", "finder");
        client.registerEventListener(event -> {
            if (event.getData() instanceof UpdateRowsEventData update) {
                update.getRows().forEach(row -> events.add(
                        Arrays.toString(row.getKey()) + " to " + Arrays.toString(row.getValue())));
            }
        });
        try (Connection reader = DriverManager.getConnection(url)) {
            client.connect(10_000);
            long position = Long.parseLong(ask(reader, "SHOW MASTER STATUS", "Position"));
            String gtids = ask(reader, "SELECT @@gtid_executed AS x", "x");
            Thread writer = new Thread(() -> update(url));
            writer.start();
            System.out.println("event: " + events.poll(60, TimeUnit.SECONDS));
            System.out.println("SELECT: " + ask(reader, "SELECT v FROM m", "v"));
            boolean ahead = Long.parseLong(ask(reader, "SHOW MASTER STATUS", "Position")) > position;
            System.out.println("position behind it: " + ahead);
            System.out.println("GTID executed: " + !gtids.equals(ask(reader, "SELECT @@gtid_executed AS x", "x")));
            System.out.println("GTID owned: " + !ask(reader, "SELECT @@GLOBAL.gtid_owned AS x", "x").isEmpty());
            writer.join();
            System.out.println("SELECT when UPDATE has returned: " + ask(reader, "SELECT v FROM m", "v"));
        }
        client.disconnect();
    }
}
JAVA
early="event: [1, 10] to [1, 20]
SELECT: 10
position behind it: true
GTID executed: false
GTID owned: true
SELECT when UPDATE has returned: 20"
# as_seen SETTINGS: of an UPDATE of v from 10 to 20
as_seen() {
    mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; CREATE TABLE $db.m (id INT PRIMARY KEY, v INT);
        INSERT INTO $db.m VALUES (1, 10); $1"
    run_java reader "$work/$name.java" "$mysql_port" "$db"
}
seen=$(as_seen "SET GLOBAL binlog_group_commit_sync_delay = 1000000, sync_binlog = 0")
mysql_sql -e "SET GLOBAL binlog_group_commit_sync_delay = 0"
same "an UPDATE of 10 to 20 with binlog_group_commit_sync_delay" "$early" "$seen"
[[ $(mysql_sql -e "SELECT COUNT(*) FROM information_schema.plugins WHERE plugin_name = 'rpl_semi_sync_source'") == 1 ]] ||
    mysql_sql -e "INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so'"
seen=$(as_seen "SET GLOBAL sync_binlog = 1, rpl_semi_sync_source_timeout = 5000, rpl_semi_sync_source_enabled = ON")
mysql_sql -e "SET GLOBAL rpl_semi_sync_source_enabled = OFF, sync_binlog = 0"
same "the same with a semi-synchronous replica that is away" "$early" "$seen"
stands
