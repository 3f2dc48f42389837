package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.OneServer;
import io.iotdbmigrate.mysql.binlog.ReadOnlySource;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Network;
import io.iotdbmigrate.testkit.OnMySql;
import io.iotdbmigrate.testkit.Rehearsal;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica of the MySQL of all other tests: rows from it and the binlog from its source, or in its
 * place.
 */
@ExtendWith(ServersExtension.class)
@OnMySql(value = "8.0", options = "server_id=77")
class ReplicaIT {
    private TestDatabase replica;
    private TestDatabase origin;

    @TempDir Path folder;

    @BeforeEach
    void follow(TestDatabase own) throws Exception {
        replica = own;
        Servers of = Servers.get();
        origin = TestDatabase.create(of);
        replica.execute(
                "RESET MASTER",
                "SET GLOBAL gtid_purged = '" + gtids(origin) + "'",
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '"
                        + of.mysqlHost()
                        + "', SOURCE_PORT = "
                        + of.mysqlPort()
                        + ", SOURCE_USER = '"
                        + of.mysqlUser()
                        + "', SOURCE_PASSWORD = '"
                        + of.mysqlPassword()
                        + "', GET_SOURCE_PUBLIC_KEY = 1, SOURCE_AUTO_POSITION = 1",
                "CREATE DATABASE IF NOT EXISTS " + origin.name(),
                "RESET MASTER",
                "SET GLOBAL gtid_purged = '" + gtids(origin) + "'",
                "START REPLICA");
        origin.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " UNIQUE (dev, ts))",
                "INSERT INTO t VALUES (1, 1, 1, 1), (2, 1, 2, 2)");
        awaitReplica();
    }

    @AfterEach
    void end() throws Exception {
        replica.execute(
                "STOP REPLICA", "RESET REPLICA ALL", "DROP DATABASE IF EXISTS " + origin.name());
        origin.close();
    }

    private static String gtids(TestDatabase database) throws SQLException {
        return answer(database, "SELECT @@GLOBAL.gtid_executed").replace("\n", "");
    }

    private static String answer(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void awaitReplica() throws SQLException {
        assertThat(
                        answer(
                                replica,
                                "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + gtids(origin) + "', 60)"))
                .isEqualTo("0");
    }

    /** By GTIDs; the former source has lost what was written since, and is refused. */
    @Test
    void theReplicaMayAnswerAtTheAddressOfItsSource() throws Exception {
        Servers source = origin.servers();
        Servers promoted = replica.servers();
        try (Network address = new Network(source.mysqlHost(), source.mysqlPort())) {
            TestDatabase behind =
                    new TestDatabase(
                            source.withMysqlPort(address.port()),
                            origin.name(),
                            origin.iotdbDatabase());
            Migration migration = migration(behind);
            migration.restart();
            try (Replication cdc = migration.replicate()) {
                behind.execute("INSERT INTO t VALUES (3, 1, 3, 3)");
                cdc.awaitApplied();
                cdc.stop();
            }
            behind.execute("UPDATE t SET v = 9 WHERE id = 1");
            awaitReplica();
            replica.execute("STOP REPLICA");
            address.leadTo(promoted.mysqlHost(), promoted.mysqlPort());
            try (Replication cdc = migration.replicate()) {
                behind.execute("INSERT INTO t VALUES (4, 1, 4, 4)", "DELETE FROM t WHERE id = 2");
                cdc.awaitApplied();
                assertThat(migration.contents()).isEqualTo(migration.expected());
                assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
                CutoverReport rehearsed = Rehearsal.of(migration);
                assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
                cdc.stop();
            }
            address.leadTo(source.mysqlHost(), source.mysqlPort());
            assertRefused(ExitCode.MYSQL, () -> migration.replicate().result())
                    .hasMessageContaining(" lacks transactions that count as read: ");
        }
    }

    private Migration migration(TestDatabase database) {
        return new Migration(
                database,
                folder,
                Mappings.deviceTable("t", "DB.d{dev}", "v"),
                "flink: {checkpoint_interval: 200ms, restart: {initial_backoff: 200ms}}");
    }

    private Migration migration() {
        return migration(origin)
                .connecting(
                        "host: " + replica.servers().mysqlHost(),
                        "port: " + replica.servers().mysqlPort(),
                        "binlog_host: " + origin.servers().mysqlHost(),
                        "binlog_port: " + origin.servers().mysqlPort());
    }

    @Test
    void whatTheReplicaHadNotAppliedComesFromTheBinlog() throws Exception {
        Migration migration = migration();
        MySqlConfig mysql = migration.config().mysql();
        AtomicInteger opened = new AtomicInteger();
        assertThat(
                        OneServer.problem(
                                mysql,
                                () ->
                                        (opened.getAndIncrement() % 2 == 0 ? origin : replica)
                                                .connection()))
                .get()
                .extracting(UserException::getMessage)
                .asString()
                .contains("several servers answer at ", "ProxySQL");
        assertRefused(
                        ExitCode.MYSQL,
                        () -> migration.connecting("binlog_port: 1").replicate().result())
                .hasMessageContaining("check connections.mysql.binlog_host and binlog_port");
        replica.execute("STOP REPLICA SQL_THREAD");
        origin.execute("INSERT INTO t VALUES (3, 1, 3, 3)", "UPDATE t SET v = 9 WHERE id = 1");
        assertThat(Check.run(migration.config(), true, List.of()).findings())
                .filteredOn(f -> f.subject().equals("connections.mysql.binlog_host"))
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Finding.Severity.OK);

        migration.restart();

        assertThat(migration.contents().size()).isEqualTo(2);
        assertRefused(
                        ExitCode.MYSQL,
                        () -> new ReadOnlySource(mysql).awaitCaughtUp(Duration.ofSeconds(1)))
                .hasMessageContaining("has not caught up with its source");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            origin.execute("INSERT INTO t VALUES (4, 1, 4, 4)", "DELETE FROM t WHERE id = 2");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            replica.execute("START REPLICA SQL_THREAD");
            assertThat(Verification.run(migration, Verification.options(5)).equal()).isTrue();
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        awaitReplica();
        replica.execute("CREATE DATABASE " + origin.name() + "_errant");
        replica.execute("DROP DATABASE " + origin.name() + "_errant");
        assertRefused(ExitCode.MYSQL, migration::restart)
                .hasMessageContaining(" has transactions that its source ")
                .hasMessageContaining("make the replica anew");
    }
}
