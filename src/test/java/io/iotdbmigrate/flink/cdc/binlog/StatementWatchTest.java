package io.iotdbmigrate.flink.cdc.binlog;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementWatchTest {
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
                    false,
                    (table, column) -> column.equals("a"));

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
        String sql = "INSERT INTO t VALUES (1)";
        QueryStatus both = new QueryStatus(Set.of("other", "plant"), false, false);
        assertThatThrownBy(() -> watch.look("other", sql, "binlog.000002:157", false, both))
                .hasMessageContaining("was logged without the rows that it changed");
        QueryStatus own = new QueryStatus(Set.of("other"), false, false);
        assertThat(watch.look("other", sql, "binlog.000002:157", false, own))
                .isEqualTo(StatementWatch.Verdict.ITSELF);
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
}
