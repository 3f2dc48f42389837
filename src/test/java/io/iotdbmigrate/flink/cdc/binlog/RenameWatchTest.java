package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.config.Configuration;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.history.DatabaseHistoryListener;
import io.debezium.relational.history.HistoryRecordComparator;
import io.debezium.relational.history.TableChanges;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which statements take a mapped table's name away. */
class RenameWatchTest {
    private static final Map<String, Object> POSITION =
            Map.of("file", "binlog.000003", "pos", 157L);

    private final RenameWatch watch = new RenameWatch();

    RenameWatchTest() {
        watch.configure(
                Configuration.from(RenameWatch.properties(Set.of("plant.reading", "plant.my.own"))),
                HistoryRecordComparator.INSTANCE,
                DatabaseHistoryListener.NOOP,
                true);
    }

    private void record(String ddl, String... after) {
        TableChanges changes = new TableChanges();
        for (String table : after) {
            changes.alter(Table.editor().tableId(new TableId("plant", null, table)).create());
        }
        watch.record(Map.of(), POSITION, "plant", null, ddl, changes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "RENAME TABLE reading TO old | old",
                "rename /* gh-ost */ table `plant`.`reading` to `plant`.`_reading_del` | _reading_del",
                "/* job 7 */ RENAME TABLE `reading` TO old | old",
                "\"RENAME TABLES\n plant . reading\tTO old\" | old",
                "ALTER TABLE reading RENAME TO old | old",
                "alter table `reading` add column more int, rename as `old` | old",
                "ALTER TABLE `my.own` RENAME old | old",
            })
    void aMappedTableHasAnotherNameAfterwards(String ddl, String after) {
        assertThatThrownBy(() -> record(ddl, after))
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.JOB_FAILED))
                .hasMessageContaining(ddl.replaceAll("\\s+", " "))
                .hasMessageContaining(" at binlog.000003:157 takes away the name of plant.")
                .hasMessageContaining("backfill --restart");
    }

    /** The connector knows no columns of a table that it does not read. */
    @ParameterizedTest
    @CsvSource({"RENAME TABLE reading TO archive.reading", "RENAME TABLE reading TO unknown"})
    void soHasOneOfWhichNothingIsKnownAfterwards(String ddl) {
        assertThatThrownBy(() -> record(ddl)).hasMessageContaining("takes away the name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ALTER TABLE reading ADD COLUMN old INT | reading",
                "ALTER TABLE `plant`.`reading` RENAME COLUMN a TO b | reading",
                "ALTER TABLE `my.own` COMMENT 'RENAME TABLE reading TO old' | my.own",
                "RENAME TABLE reading_new TO reading_old | reading_old",
                "RENAME TABLE other.reading TO other.old | old",
                "ALTER TABLE own RENAME TO mine | mine",
                "CREATE TABLE old LIKE reading | old",
            })
    void othersMayBeRenamedAndTheMappedOnesAltered(String ddl, String after) {
        assertThatCode(() -> record(ddl, after)).doesNotThrowAnyException();
    }
}
