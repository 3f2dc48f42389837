package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.connector.mysql.MySqlConnection;
import io.debezium.connector.mysql.MySqlPartition;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.BinlogMark;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.mysql.binlog.SameBinlog;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.cdc.connectors.mysql.debezium.DebeziumUtils;
import org.apache.flink.cdc.connectors.mysql.source.assigners.MySqlBinlogSplitAssigner;
import org.apache.flink.cdc.connectors.mysql.source.config.MySqlSourceConfig;
import org.apache.flink.cdc.connectors.mysql.source.reader.MySqlSourceReaderContext;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;
import org.apache.flink.cdc.connectors.mysql.source.split.SourceRecords;
import org.apache.flink.cdc.connectors.mysql.source.utils.TableDiscoveryUtils;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.source.SourceRecord;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reader of the binlog makes of each kind of event, without a job around it. */
@ExtendWith(ServersExtension.class)
class BinlogWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestDatabase database;

    @TempDir Path state;

    BinlogWatchIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS m, side, child, parent, old, x",
                "CREATE TABLE m (dev INT, t BIGINT, a DOUBLE, l VARCHAR(20) CHARACTER SET latin1,"
                        + " e ENUM('é'), j JSON, spare INT, b TEXT, PRIMARY KEY (dev, t)) PARTITION BY"
                        + " RANGE (t) (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS"
                        + " THAN MAXVALUE)",
                "CREATE TABLE side LIKE m",
                "ALTER TABLE side REMOVE PARTITIONING",
                "CREATE TABLE x (id INT PRIMARY KEY, v INT, j JSON)",
                "INSERT INTO x VALUES (1, 1, '{\"k\": 1}')",
                "INSERT INTO m VALUES (1, 1, 1, 'a', 'é', '{\"k\": 1}', 1, 'b'), (1, 11, 2, 'b', 'é',"
                        + " '{}', 2, 'b')");
    }

    /** The statements, and two pieces of the sentence. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ALTER TABLE m DROP PARTITION p1 | takes away the rows of a partition of | on_partition_drop
            ALTER TABLE m TRUNCATE PARTITION ALL | takes away the rows of a partition of | on_partition_drop
            ALTER TABLE m /*!50100 DROP PARTITION p1 */ | takes away the rows of a partition of | on_partition_drop
            ALTER TABLE m EXCHANGE PARTITION p1 WITH TABLE side | exchanges rows of | backfill --restart
            ALTER TABLE m DISCARD PARTITION p1 TABLESPACE | replaces the file | backfill --restart
            SET SESSION binlog_format = STATEMENT; UPDATE m SET a = -1 | was logged without | binlog_format
            SET SESSION binlog_format = MIXED; DELETE FROM m WHERE dev = 1 | was logged without | binlog_format
            SET SESSION binlog_row_value_options = PARTIAL_JSON; UPDATE m SET j = JSON_SET(j, '$.k', 2) | parts of JSON | PARTIAL_JSON
            SET SESSION binlog_transaction_compression = ON; UPDATE m SET a = -1 | are compressed | compress
            SET SESSION binlog_row_image = MINIMAL; UPDATE m SET a = -1 | of its 8 columns | binlog_row_image
            SET SESSION binlog_row_image = NOBLOB; DELETE FROM m | of its 8 columns | binlog_row_image
            ALTER TABLE m CONVERT TO CHARACTER SET utf8mb4; INSERT INTO m VALUES (1, 2, 1, 'é', NULL, NULL, 1, 'b') | column l in utf8mb4 | CONVERT TO
            RENAME TABLE side TO side2, m TO side, side2 TO m | takes away the name of | backfill --restart
            CREATE DATABASE DB_o; ALTER TABLE m RENAME DB_o.m; DROP DATABASE DB_o | takes away the name of | backfill --restart
            DROP TABLES IF EXISTS x, m | takes away all rows of | backfill --restart
            -- Rows go%NTRUNCATE m | takes away all rows of | backfill --restart
            ALTER TABLE m DROP COLUMN a, ADD COLUMN a DOUBLE | takes away column a | backfill --restart
            ALTER TABLE m CHANGE a old DOUBLE, ADD COLUMN a DOUBLE | takes away column a | backfill --restart
            ALTER TABLE m DROP PRIMARY KEY | takes away key PRIMARY | backfill --restart
            ALTER TABLE m MODIFY a DOUBLE(10,1) | may change values of column a | backfill --restart
            SET sql_mode = ''; ALTER TABLE m MODIFY l VARCHAR(9) CHARACTER SET latin1 | without a strict sql_mode | backfill --restart
            CREATE DATABASE DB_o; CREATE VIEW DB_o.v AS SELECT * FROM m; USE DB_o; SET SESSION binlog_format = STATEMENT; UPDATE v SET a = -1; DROP DATABASE DB_o; USE DB | was logged without | binlog_format
            DROP DATABASE DB; CREATE DATABASE DB; USE DB | takes away all rows of | backfill --restart
            """)
    void stops(String sql, String said, String remedy) throws Exception {
        try (BinlogServer server = new BinlogServer(config().mysql())) {
            BinlogPosition begin = server.head();
            CountedTables tables = CdcSpecs.counted(config());
            try (Reader reader = new Reader(config(), server, begin)) {
                List<String> all = new ArrayList<>(List.of(sql.split(";")));
                all.add("CREATE TABLE IF NOT EXISTS m (dev INT PRIMARY KEY)");
                execute(all);
                assertThatThrownBy(() -> reader.readUntil(Kind.XA_ROLLED_BACK))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining(said)
                        .hasMessageContaining(remedy)
                        .hasMessageContaining("of " + database.name() + ".m")
                        .hasMessageContaining("at binlog.");
            }
            assertThat(server.lag().eventsBehind(at(begin), tables, 1)).as("lag").isPositive();
        }
    }

    /** File, offset and GTIDs may be there again. */
    @Test
    void stopsInABinlogThatWasBegunAnew() throws Exception {
        try (BinlogServer server = new BinlogServer(config().mysql())) {
            BinlogPosition place = server.head();
            Instant begun = new SameBinlog(server).begun(place.file()).orElseThrow();
            execute(List.of("DELETE FROM m"));
            try (Reader reader =
                    new Reader(config(), server, new CdcStart.At(place, Map.of(), begun))) {
                execute(
                        List.of(
                                "XA START 'x'",
                                "INSERT INTO m (dev, t) VALUES (1, 1)",
                                "XA END 'x'",
                                "XA PREPARE 'x'",
                                "XA ROLLBACK 'x'"));
                reader.readUntil(Kind.XA_ROLLED_BACK);
            }
            try (Reader reader =
                    new Reader(
                            config(),
                            server,
                            new CdcStart.At(place, Map.of(), begun.minusSeconds(1)))) {
                assertThatThrownBy(() -> reader.readUntil(Kind.XA_ROLLED_BACK))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining("was begun anew")
                        .hasMessageContaining(place.file())
                        .hasMessageContaining("nothing of it was applied");
            }
        }
    }

    /**
     * MySQL says so where a change of a table without transactions does not fit into the cache of
     * the binlog.
     */
    @Test
    void stopsWhereMySqlLostEvents() throws Exception {
        try (BinlogServer server = new BinlogServer(config().mysql())) {
            BinlogPosition begin = server.head();
            try (Reader reader = new Reader(config(), server, begin)) {
                execute(
                        List.of(
                                "CREATE TABLE old (v VARCHAR(200)) ENGINE = MyISAM",
                                "SET GLOBAL max_binlog_stmt_cache_size = 4096"));
                assertThatThrownBy(
                                () ->
                                        execute(
                                                List.of(
                                                        "INSERT INTO old SELECT REPEAT('x', 200)"
                                                                + " FROM information_schema.columns"
                                                                + " LIMIT 200")))
                        .hasMessageContaining("max_binlog_stmt_cache_size");
                assertThatThrownBy(() -> reader.readUntil(Kind.XA_ROLLED_BACK))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining("the binlog says that MySQL lost events at binlog.")
                        .hasMessageContaining("backfill --restart");
            } finally {
                execute(List.of("SET GLOBAL max_binlog_stmt_cache_size = DEFAULT"));
            }
            assertThat(server.lag().eventsBehind(at(begin), CdcSpecs.counted(config()), 1))
                    .as("lag")
                    .isPositive();
        }
    }

    /** The child, which is mapped, changes with its parent, and the parent with the eldest. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DELETE FROM parent WHERE id = 1 | parent | were deleted | to_parent (ON DELETE SET NULL ON UPDATE CASCADE)
            UPDATE parent SET id = 7 WHERE id = 1 | parent | were updated | to_parent (ON DELETE SET NULL ON UPDATE CASCADE)
            SET SESSION binlog_row_image = MINIMAL; UPDATE parent SET name = 'n' | parent | were updated | to_parent
            DELETE FROM old | old | were deleted | to_old (ON DELETE CASCADE) MySQL changes rows of DB.child with them, by way of DB.parent
            ALTER TABLE child ADD CONSTRAINT to_x FOREIGN KEY (id) REFERENCES x (id) ON DELETE CASCADE; DELETE FROM x | x | were deleted | to_x (ON DELETE CASCADE)
            ALTER TABLE child ADD CONSTRAINT gone FOREIGN KEY (id) REFERENCES x (id) ON DELETE CASCADE; DELETE FROM x; ALTER TABLE child DROP FOREIGN KEY gone | x | were deleted | gone (ON DELETE CASCADE)
            ALTER TABLE parent ADD COLUMN first INT FIRST; UPDATE parent SET id = 7 WHERE id = 1; ALTER TABLE parent DROP COLUMN first | parent | were updated | to_parent
            CREATE DATABASE DB_o; CREATE TABLE DB_o.p (id INT PRIMARY KEY); INSERT INTO DB_o.p VALUES (1), (2); ALTER TABLE child ADD CONSTRAINT far FOREIGN KEY (id) REFERENCES DB_o.p (id) ON DELETE CASCADE; USE DB_o; SET SESSION binlog_format = STATEMENT; DELETE FROM p; USE DB; ALTER TABLE child DROP FOREIGN KEY far; DROP DATABASE DB_o | | was logged without | binlog_format
            """)
    void stopsWhereAForeignKeyChangesRows(String sql, String table, String what, String key)
            throws Exception {
        createFamily();
        try (BinlogServer server = new BinlogServer(child().mysql())) {
            BinlogPosition begin = server.head();
            try (Reader reader = new Reader(child(), server, begin)) {
                execute(List.of(sql.split(";")));
                assertThatThrownBy(() -> reader.readUntil(Kind.XA_ROLLED_BACK))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining(
                                table == null
                                        ? " at binlog."
                                        : "of " + database.name() + "." + table + " at binlog.")
                        .hasMessageContaining(what)
                        .hasMessageContaining(key.replace("DB", database.name()))
                        .hasMessageContaining("backfill --restart");
            }
            assertThat(server.lag().eventsBehind(at(begin), CdcSpecs.counted(child()), 1))
                    .as("lag")
                    .isPositive();
        }
    }

    @Test
    void goesOnWhereAForeignKeyChangesNothing() throws Exception {
        createFamily();
        try (BinlogServer server = new BinlogServer(child().mysql());
                Reader reader = new Reader(child(), server, server.head())) {
            execute(
                    List.of(
                            "INSERT INTO old VALUES (5), (6)",
                            "INSERT INTO parent VALUES (5, 5, 'e')",
                            "UPDATE parent SET name = 'f'",
                            "UPDATE old SET id = 7 WHERE id = 6",
                            "INSERT INTO child VALUES (5, 1, 1, 5)",
                            "UPDATE child SET ref = NULL",
                            "DELETE FROM child WHERE id = 5",
                            "XA START 'end'",
                            "INSERT INTO child VALUES (6, 1, 1, 5)",
                            "XA END 'end'",
                            "XA PREPARE 'end'",
                            "XA ROLLBACK 'end'"));
            assertThat(reader.readUntil(Kind.XA_ROLLED_BACK))
                    .containsSubsequence("PASSED ", "row", "row", "XA_ROLLED_BACK X'656e64',X'',1");
        }
    }

    @Test
    void stopsAtRowsWithAKeyThatMySqlHides() throws Exception {
        String hides = "SET GLOBAL show_gipk_in_create_table_and_information_schema = ";
        database.execute(
                "SET SESSION sql_generate_invisible_primary_key = ON",
                "CREATE TABLE child (id INT, t BIGINT, a DOUBLE, ref INT)",
                hides + "OFF");
        try (BinlogServer server = new BinlogServer(child().mysql());
                Reader reader = new Reader(child(), server, server.head())) {
            database.execute("INSERT INTO child VALUES (1, 1, 1, 1)");
            assertThatThrownBy(() -> reader.readUntil(Kind.XA_ROLLED_BACK))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("have 5 columns, and the table is known with 4");
        } finally {
            database.execute(hides + "ON");
        }
    }

    private void createFamily() throws SQLException {
        database.execute(
                "CREATE TABLE old (id INT PRIMARY KEY)",
                "CREATE TABLE parent (id INT PRIMARY KEY, old INT, name VARCHAR(9), CONSTRAINT to_old"
                        + " FOREIGN KEY (old) REFERENCES old (id) ON DELETE CASCADE ON UPDATE"
                        + " RESTRICT)",
                "CREATE TABLE child (id INT PRIMARY KEY, t BIGINT, a DOUBLE, ref INT, CONSTRAINT"
                        + " to_parent FOREIGN KEY (ref) REFERENCES parent (id) ON DELETE SET NULL ON"
                        + " UPDATE CASCADE)",
                "INSERT INTO old VALUES (1), (2)",
                "INSERT INTO parent VALUES (1, 1, 'a'), (2, 2, 'b')",
                "INSERT INTO x VALUES (2, 2, NULL)",
                "INSERT INTO child VALUES (1, 1, 1, 1), (2, 2, 2, 2)");
    }

    private MigrationConfig child() {
        return new Migration(
                        database,
                        state,
                        """
                        - table: child
                          timestamp_field: t
                          timestamp_unit: ms
                          device_template: DB.c{id}
                          measurements: [{name: a}, {name: ref}]
                        """,
                        "")
                .config();
    }

    private static io.iotdbmigrate.model.ChangePosition at(BinlogPosition begin) {
        return new io.iotdbmigrate.model.ChangePosition(
                begin.file(), begin.offset(), begin.offset(), -1, 0);
    }

    /** The first transaction behind the beginning is an XA one. */
    @Test
    void goesOn() throws Exception {
        try (BinlogServer server = new BinlogServer(config().mysql())) {
            try (Reader reader = new Reader(config(), server, server.head())) {
                execute(
                        List.of(
                                "XA START 'a', 'b', 3",
                                "UPDATE m SET a = 5 WHERE t = 1",
                                "XA END 'a', 'b', 3",
                                "XA PREPARE 'a', 'b', 3",
                                "XA COMMIT 'a', 'b', 3",
                                "XA START 'one'",
                                "UPDATE m SET a = 6 WHERE t = 1",
                                "XA END 'one'",
                                "XA COMMIT 'one' ONE PHASE",
                                "ALTER TABLE m REORGANIZE PARTITION p2 INTO (PARTITION p2 VALUES"
                                        + " LESS THAN (20), PARTITION p3 VALUES LESS THAN MAXVALUE)",
                                "ALTER TABLE m REBUILD PARTITION ALL",
                                "ALTER TABLE m DROP PRIMARY KEY, ADD PRIMARY KEY (t, dev)",
                                "ALTER TABLE m ADD UNIQUE u (dev, t), DROP PRIMARY KEY",
                                "ALTER TABLE m OPTIMIZE PARTITION p2",
                                "ALTER TABLE m ALTER COLUMN spare SET INVISIBLE",
                                "ALTER TABLE m ALTER spare SET VISIBLE",
                                "ALTER TABLE m MODIFY l VARCHAR(30) CHARACTER SET latin1 COMMENT 'AS (x)',"
                                        + " MODIFY b TEXT FIRST, RENAME COLUMN spare TO extra",
                                "ALTER TABLE m ADD CHECK (dev > 0) NOT ENFORCED",
                                "ALTER DATABASE CHARACTER SET latin2",
                                "ALTER DATABASE CHARACTER SET utf8mb4",
                                "ALTER TABLE x CONVERT TO CHARACTER SET latin2",
                                "SET SESSION binlog_row_value_options = PARTIAL_JSON",
                                "UPDATE x SET j = JSON_SET(j, '$.k', 2)",
                                "SET SESSION binlog_row_value_options = '',"
                                        + " binlog_transaction_compression = ON",
                                "UPDATE x SET v = 3",
                                "SET SESSION binlog_transaction_compression = OFF,"
                                        + " binlog_row_image = MINIMAL",
                                "UPDATE x SET v = 4",
                                "SET SESSION binlog_row_image = FULL",
                                "UPDATE m SET a = 7, l = 'é' WHERE t = 1",
                                "XA START 'end'",
                                "UPDATE m SET a = 8 WHERE t = 1",
                                "XA END 'end'",
                                "XA PREPARE 'end'",
                                "XA ROLLBACK 'end'"));
                List<Object> seen = reader.readUntil(Kind.XA_ROLLED_BACK);
                assertThat(seen)
                        .containsSubsequence(
                                "XA_BEGINS X'61',X'62',3",
                                "row",
                                "XA_PREPARED X'61',X'62',3",
                                "XA_COMMITTED X'61',X'62',3",
                                "XA_BEGINS X'6f6e65',X'',1",
                                "row",
                                "XA_ONE_PHASE X'6f6e65',X'',1",
                                "PASSED ",
                                "row",
                                "XA_ROLLED_BACK X'656e64',X'',1");
            }
        }
    }

    private MigrationConfig config() {
        return new Migration(
                        database,
                        state,
                        """
                        - table: m
                          device_field: dev
                          timestamp_field: t
                          timestamp_unit: ms
                          device_template: DB.m{dev}
                          measurements: [{name: a}, {name: l}, {name: e}, {name: j}]
                        """,
                        "")
                .config();
    }

    private void execute(List<String> statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each.strip().replace("DB", database.name()).replace("%N", "\n"));
            }
        }
    }

    /** The reader of a job, from a position on. */
    private static final class Reader implements AutoCloseable {
        private final WatchedSplitReader reader;

        Reader(MigrationConfig config, BinlogServer server, BinlogPosition begin) throws Exception {
            this(config, server, new CdcStart.At(begin, Map.of()));
        }

        Reader(MigrationConfig config, BinlogServer server, CdcStart.At begin) throws Exception {
            CdcSpec spec =
                    CdcSpecs.of(config, MigrationPlan.of(config, List.of()), server, begin, "");
            MySqlSourceConfig source =
                    BinlogSource.connector(spec)
                            .getConfigFactory()
                            .jdbcProperties(BinlogSource.jdbc(spec))
                            .createConfig(0);
            reader =
                    new WatchedSplitReader(
                            source, 0, new MySqlSourceReaderContext(null), spec, Kept.of(spec));
            MySqlBinlogSplitAssigner assigner = new MySqlBinlogSplitAssigner(source);
            assigner.open();
            MySqlBinlogSplit split = assigner.getNext().orElseThrow().asBinlogSplit();
            try (MySqlConnection connection = DebeziumUtils.createMySqlConnection(source)) {
                reader.handleSplitsChanges(
                        new SplitsAddition<>(
                                List.of(
                                        MySqlBinlogSplit.fillTableSchemas(
                                                split,
                                                TableDiscoveryUtils.discoverSchemaForCapturedTables(
                                                        new MySqlPartition(
                                                                source.getMySqlConnectorConfig()
                                                                        .getLogicalName()),
                                                        source,
                                                        connection)))));
            }
        }

        /** What is read up to and including a mark, in short words. */
        List<Object> readUntil(Kind last) throws Exception {
            List<Object> seen = new ArrayList<>();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                RecordsWithSplitIds<SourceRecords> batch = reader.fetch();
                batch.nextSplit();
                SourceRecords records = batch.nextRecordFromSplit();
                while (records != null) {
                    for (SourceRecord record : (Iterable<SourceRecord>) records::iterator) {
                        if (record instanceof BinlogSignal signal) {
                            if (signal.unfilled() != null
                                    || signal.keys() != null
                                    || signal.unique() != null) {
                                continue;
                            }
                            BinlogMark mark = signal.mark();
                            seen.add(mark.kind() + " " + mark.name());
                            if (mark.kind() == last) {
                                return seen;
                            }
                        } else if (record.valueSchema().field("op") != null) {
                            seen.add("row");
                        }
                    }
                    records = batch.nextRecordFromSplit();
                }
            }
            throw new AssertionError("not within " + PATIENCE + "; seen: " + seen);
        }

        @Override
        public void close() throws Exception {
            // It waits seconds for a thread of the client that may have come and gone by now.
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("binlog-reader"))
                    .forEach(Thread::interrupt);
            reader.close();
        }
    }
}
