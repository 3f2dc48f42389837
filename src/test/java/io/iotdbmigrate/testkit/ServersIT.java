package io.iotdbmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
class ServersIT {
    @Test
    void mysqlIsAChangeSource(TestDatabase database) throws Exception {
        assertThat(single(database, "SELECT @@log_bin")).isEqualTo("1");
        assertThat(single(database, "SELECT @@binlog_format")).isEqualTo("ROW");
        assertThat(single(database, "SELECT @@binlog_row_image")).isEqualTo("FULL");
        assertThat(single(database, "SELECT @@gtid_mode")).isEqualTo("ON");
    }

    @Test
    void closingLeavesNothingBehind(Servers servers) throws Exception {
        TestDatabase database = TestDatabase.create(servers);
        database.execute("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        try (Session session = database.session()) {
            session.executeNonQueryStatement("create database " + database.iotdbDatabase());
        }

        database.close();

        try (TestDatabase other = TestDatabase.create(servers);
                Session session = other.session();
                SessionDataSet left =
                        session.executeQueryStatement(
                                "show databases " + database.iotdbDatabase())) {
            assertThat(left.hasNext()).isFalse();
            assertThat(single(other, "SHOW DATABASES LIKE '" + database.name() + "'")).isEmpty();
        }
    }

    @Test
    void killedServersComeBackWithTheirData(Servers servers, TestDatabase database)
            throws Exception {
        database.execute("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (7)");
        String path = database.iotdbDatabase() + ".d";
        try (Session session = database.session()) {
            session.executeNonQueryStatement("insert into " + path + "(time, x) values (1, 7)");
            session.executeNonQueryStatement("flush");
        }

        servers.killMysql();
        servers.killIotdb();
        servers.startMysql();
        servers.startIotdb();

        assertThat(single(database, "SELECT id FROM t")).isEqualTo("7");
        try (Session session = database.session();
                SessionDataSet rows = session.executeQueryStatement("select x from " + path)) {
            assertThat(rows.next().getFields().get(0).getStringValue()).startsWith("7");
        }
    }

    /** First column of the first row, empty if there is none. */
    private static String single(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
