package io.iotdbmigrate.flink.cdc.binlog;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.flink.cdc.TableAppeared;
import io.iotdbmigrate.flink.cdc.held.TableNews;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.WaysIn;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.QueryStatus;
import io.iotdbmigrate.mysql.dialect.MariaDb;
import io.iotdbmigrate.mysql.dialect.MySql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementWatchTest {
    private static final KnownTables KNOWN = new Known(true);

    /**
     * Tables that are known.
     *
     * @param defined whether mapped ones are there
     * @param generated whether MySQL computes their devices
     */
    private record Known(boolean defined, boolean generated) implements KnownTables {
        Known(boolean defined) {
            this(defined, false);
        }

        @Override
        public boolean hasColumn(TableId table, String column) {
            return column.equals("a");
        }

        @Override
        public Map<String, String> generated(TableId table) {
            return generated
                    ? Map.of("half", "(`raw` / 2)", "dev", "concat(`half`,_utf8mb4\\'`a`s\\')")
                    : Map.of();
        }

        @Override
        public boolean isDefined(TableId table) {
            return defined;
        }

        @Override
        public boolean isUnfilled(TableId table) {
            return table.table().equals("fresh");
        }

        @Override
        public boolean isGone(TableId table) {
            return table.table().endsWith("gone");
        }

        @Override
        public List<CascadingKeys.Key> cascades() {
            return List.of(
                    new CascadingKeys.Key(
                            new TableId("plant", "reading"),
                            "of_line",
                            new TableId("lines", "line"),
                            "CASCADE",
                            "RESTRICT",
                            Map.of(0, "dev"),
                            1));
        }

        @Override
        public Optional<WaysIn.Way> wayIn() {
            return Optional.of(WaysIn.Way.by("the view other.v"));
        }
    }

    private final StatementWatch watch =
            new StatementWatch(
                    List.of(
                            new MappingBuilder("root.plant.{dev}", "at")
                                    .measurement("a")
                                    .plan(
                                            TimePrecision.MS,
                                            column("dev", "int"),
                                            column("at", "bigint"),
                                            column("a", "int"))),
                    new MariaDb("11.8.2-MariaDB"),
                    KNOWN);

    /**
     * MySQL 8.0.33 was not seen to log one: with {@code binlog_format = ROW} the rows of a table
     * without transactions are a transaction of their own.
     */
    @Test
    void stopsAtARollbackBehindRowsOfAMappedTable() {
        assertThatThrownBy(
                        () ->
                                watch.look(
                                        "plant",
                                        "ROLLBACK",
                                        "binlog.000002:157",
                                        true,
                                        QueryStatus.UNKNOWN))
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.JOB_FAILED))
                .hasMessageContaining("\"ROLLBACK\" at binlog.000002:157 takes back changes")
                .hasMessageContaining("backfill --restart");
    }

    @Test
    void passesARollbackBehindRowsOfOtherTables() {
        assertThat(watch.look("plant", "ROLLBACK", "binlog.000002:157", false, QueryStatus.UNKNOWN))
                .isEqualTo(StatementWatch.Verdict.ITSELF);
    }

    @Test
    void aTemporaryTableIsNotTheOneWhosePlaceItHas() {
        for (String sql :
                List.of(
                        "CREATE TEMPORARY TABLE reading (b INT)",
                        "DROP /*!40005 TEMPORARY */ TABLE IF EXISTS `reading`")) {
            assertThat(watch.look("plant", sql, "binlog.000002:157", false, QueryStatus.UNKNOWN))
                    .isEqualTo(StatementWatch.Verdict.LEFT_OUT);
        }
    }

    @Test
    void stopsAtAStatementOfAnotherDatabaseThatChangedThisOne() {
        StatementWatch mysql = patterned();
        String sql = "INSERT INTO t VALUES (1)";
        QueryStatus both = new QueryStatus(Set.of("other", "plant"), false, false, 0);
        assertThatThrownBy(() -> mysql.look("other", sql, "binlog.000002:157", false, both))
                .hasMessageContaining("was logged without the rows that it changed");
        QueryStatus own = new QueryStatus(Set.of("other"), false, false, 0);
        assertThat(mysql.look("other", sql, "binlog.000002:157", false, own))
                .isEqualTo(StatementWatch.Verdict.PASSED);
    }

    @Test
    void tellsAStatementThatFindsItsTable() {
        assertThat(creates("CREATE TABLE IF NOT EXISTS Reading (b INT)")).isFalse();
        assertThat(creates("CREATE TABLE IF NOT EXISTS other (b INT)")).isTrue();
        assertThat(creates("CREATE TABLE reading (b INT)")).isTrue();
    }

    private boolean creates(String sql) {
        return !watch.createsNothing(BinlogStatement.parse("plant", sql));
    }

    @Test
    void stopsWhereAColumnMayHaveBeenThereAlready() {
        String sql = "ALTER TABLE reading ADD COLUMN IF NOT EXISTS %s INT FIRST";
        assertThat(
                        watch.look(
                                "plant",
                                sql.formatted("b"),
                                "binlog.000002:157",
                                false,
                                QueryStatus.UNKNOWN))
                .isEqualTo(StatementWatch.Verdict.PASSED);
        assertThatThrownBy(
                        () ->
                                watch.look(
                                        "plant",
                                        sql.formatted("a"),
                                        "binlog.000002:157",
                                        false,
                                        QueryStatus.UNKNOWN))
                .hasMessageContaining("only if it is missing, which is not known to be so");
    }

    @Test
    void stopsAtAConversionThatRowsDoNotTell() {
        String sql = "ALTER TABLE reading CONVERT TO CHARACTER SET latin1";
        assertThatThrownBy(
                        () ->
                                watch.look(
                                        "plant",
                                        sql,
                                        "binlog.000002:157",
                                        false,
                                        QueryStatus.UNKNOWN))
                .hasMessageContaining("changes the character set of a mapped table");
    }

    @Test
    void stopsAtAConversionThatMayLoseCharacters() {
        String sql = "ALTER TABLE reading CONVERT TO CHARACTER SET latin1";
        QueryStatus lenient = new QueryStatus(Set.of(), false, true, 0);
        assertThatThrownBy(
                        () -> patterned().look("plant", sql, "binlog.000002:157", false, lenient))
                .hasMessageContaining("without a strict sql_mode and may change texts");
        assertThat(patterned().look("plant", sql, "binlog.000002:157", false, QueryStatus.UNKNOWN))
                .isEqualTo(StatementWatch.Verdict.PASSED);
    }

    @Test
    void stopsWhereColumnsAreDefinedAnewOfWhichAMappedOneMayBeMade() {
        StatementWatch computed = patterned(new Known(true, true));
        for (String clause :
                List.of(
                        "MODIFY raw INT",
                        "CHANGE raw raw INT",
                        "CONVERT TO CHARACTER SET latin1")) {
            String sql = "ALTER TABLE reading " + clause;
            assertThatThrownBy(
                            () ->
                                    computed.look(
                                            "plant",
                                            sql,
                                            "binlog.000002:157",
                                            false,
                                            QueryStatus.UNKNOWN))
                    .hasMessageContaining("generated column dev of plant.reading");
        }
        for (String clause :
                List.of(
                        "ADD COLUMN raw INT",
                        "DROP COLUMN raw",
                        "ADD INDEX (raw)",
                        "MODIFY other INT",
                        "MODIFY aw VARCHAR(9) COMMENT 'raw'")) {
            assertThat(
                            computed.look(
                                    "plant",
                                    "ALTER TABLE reading " + clause,
                                    "binlog.000002:157",
                                    false,
                                    QueryStatus.UNKNOWN))
                    .isEqualTo(StatementWatch.Verdict.PASSED);
        }
    }

    @Test
    void aTableThatIsNotThereMayBeDropped() {
        String sql = "DROP TABLE IF EXISTS reading";
        StatementWatch before = patterned(new Known(false));
        assertThat(before.look("plant", sql, "binlog.000002:157", false, QueryStatus.UNKNOWN))
                .isEqualTo(StatementWatch.Verdict.LEFT_OUT);
        assertThatThrownBy(
                        () ->
                                patterned()
                                        .look(
                                                "plant",
                                                sql,
                                                "binlog.000002:157",
                                                false,
                                                QueryStatus.UNKNOWN))
                .hasMessageContaining("takes away all rows of plant.reading");
    }

    @Test
    void aDatabaseKeepsItsCase() {
        String sql = "CREATE TABLE reading_1 (a INT)";
        assertThat(BinlogStatement.parse("Plant", sql).naming().created())
                .contains(new TableId("Plant", "reading_1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DROP TABLE other, reading | false | reading |
            DROP TABLE IF EXISTS `READING` | false | reading |
            TRUNCATE reading | true | reading |
            TRUNCATE TABLE plant.reading | true | reading |
            CREATE TABLE reading LIKE other | false | | reading
            RENAME TABLE fresh TO reading | false | |
            """)
    void rowsOfATableGoWithItIfTheMappingSaysSo(
            String sql, boolean leftOut, String emptied, String created) {
        StatementWatch.Verdict verdict =
                patterned(KNOWN, OnPartitionDrop.DELETE, OnDelete.DELETE)
                        .look("plant", sql, "binlog.000002:157", false, QueryStatus.UNKNOWN);
        assertThat(verdict.mark()).isEqualTo(Kind.TABLES_CHANGED);
        assertThat(verdict.instead()).isEqualTo(leftOut ? "" : null);
        TableNews news = TableNews.of(verdict.xid());
        assertThat(news.emptied()).isEqualTo(tables(emptied));
        assertThat(news.created()).isEqualTo(tables(created));
        assertThat(news.renamed()).hasSize(sql.startsWith("RENAME") ? 1 : 0);
    }

    private static List<TableId> tables(String name) {
        return name == null ? List.of() : List.of(new TableId("plant", name));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, IGNORE, TRUNCATE reading",
        "DELETE, MARK, DROP TABLE reading",
        "IGNORE, DELETE, TRUNCATE reading",
        "FAIL, DELETE, DROP TABLE reading"
    })
    void otherwiseItStops(OnPartitionDrop drop, OnDelete delete, String sql) {
        assertThatThrownBy(
                        () ->
                                patterned(KNOWN, drop, delete)
                                        .look(
                                                "plant",
                                                sql,
                                                "binlog.000002:157",
                                                false,
                                                QueryStatus.UNKNOWN))
                .hasMessageContaining("takes away all rows of plant.reading");
    }

    private static StatementWatch patterned() {
        return patterned(KNOWN);
    }

    private static StatementWatch patterned(KnownTables known) {
        return patterned(known, OnPartitionDrop.FAIL, OnDelete.DELETE);
    }

    private static StatementWatch patterned(
            KnownTables known, OnPartitionDrop drop, OnDelete delete) {
        return new StatementWatch(
                List.of(
                        new MappingBuilder("root.plant.{dev}", "at")
                                .policies(drop, OnCascade.FAIL)
                                .policies(OnUpdate.OVERWRITE, delete)
                                .pattern("reading(_\\d)?")
                                .measurement("a")
                                .plan(
                                        TimePrecision.MS,
                                        column("dev", "int"),
                                        column("at", "bigint"),
                                        column("a", "int"))),
                new MySql("8.0.33"),
                known);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            CREATE TABLE reading_1 LIKE reading | reading_1
            CREATE TABLE IF NOT EXISTS `plant`.`reading_2` (a INT) | reading_2
            CREATE TABLE reading_3 AS SELECT * FROM reading | reading_3
            RENAME TABLE reading TO reading_4 | reading_4
            RENAME TABLE reading TO reading_5, fresh TO reading | reading_5
            RENAME TABLE fresh TO reading_6 | reading_6
            ALTER TABLE fresh RENAME TO plant.reading_7 | reading_7
            """)
    void aTableThatComesToMatchIsToBeFollowed(String sql, String table) {
        assertThatThrownBy(
                        () ->
                                patterned()
                                        .look(
                                                "plant",
                                                sql,
                                                "binlog.000002:157",
                                                false,
                                                QueryStatus.UNKNOWN))
                .isInstanceOf(TableAppeared.class)
                .hasMessageStartingWith(
                        "the statement \"%s\" at binlog.000002:157 brings plant.%s, which matches"
                                .formatted(sql, table));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            RENAME TABLE other TO reading_1 | names a table plant.reading_1, which matches tables
            RENAME TABLE reading TO old, other TO reading | takes away the name of plant.reading
            RENAME TABLE reading TO old, fresh TO reading | takes away the name of plant.reading
            RENAME TABLE reading TO swap, swap TO old | takes away the name of plant.reading
            ALTER TABLE reading RENAME old | takes away the name of plant.reading
            """)
    void rowsThatAreNotInTheBinlogStopIt(String sql, String problem) {
        assertThatThrownBy(
                        () ->
                                patterned()
                                        .look(
                                                "plant",
                                                sql,
                                                "binlog.000002:157",
                                                false,
                                                QueryStatus.UNKNOWN))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE IF NOT EXISTS reading LIKE old",
                "CREATE TABLE other LIKE reading",
                "RENAME TABLE other TO another",
                "RENAME TABLE reading TO swap, swap TO reading",
                "RENAME TABLE fresh TO reading",
            })
    void otherNamesPass(String sql) {
        assertThat(
                        patterned()
                                .look("plant", sql, "binlog.000002:157", false, QueryStatus.UNKNOWN)
                                .instead())
                .isNull();
    }

    /** MariaDB does not log which databases it changed, MySQL not what a foreign key does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            other | UPDATE v SET a = 1 | by the view other.v; nothing behind it was applied. Have all sessions write rows | binlog_format = ROW
            lines | DELETE FROM line | in the database of lines.line, which changes plant.reading by the foreign key of_line | binlog_format = ROW
            other | DELETE FROM lines.line | in the database of lines.line | binlog_format = ROW
            """)
    void stopsAtAStatementOfAnotherDatabaseThatMayChangeRows(
            String database, String sql, String said, String remedy) {
        assertThatThrownBy(
                        () -> watch.look(database, sql, "binlog.1:4", false, QueryStatus.UNKNOWN))
                .hasMessageContaining(said)
                .hasMessageContaining(remedy)
                .hasMessageContaining("binlog.1:4");
    }

    @Test
    void theServersTablesDoNotHideAMappedOne() {
        String sql = "INSERT INTO reading SELECT 1, 1, 1 FROM mysql.help_topic";

        assertThatThrownBy(() -> watch.look("plant", sql, "binlog.1:4", false, QueryStatus.UNKNOWN))
                .hasMessageContaining("was logged without");
    }

    @Test
    void whatTheServerWritesInItsOwnTablesGoesOn() {
        for (String sql :
                List.of(
                        "INSERT INTO mysql.rds_heartbeat2 (id, value) VALUES (1, 2) ON DUPLICATE"
                                + " KEY UPDATE value = 2",
                        "TRUNCATE TABLE `other`.`memory`")) {
            assertThat(watch.look("", sql, "binlog.1:4", false, QueryStatus.UNKNOWN))
                    .isEqualTo(StatementWatch.Verdict.ITSELF);
        }
    }
}
