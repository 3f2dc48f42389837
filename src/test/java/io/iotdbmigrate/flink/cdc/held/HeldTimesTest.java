package io.iotdbmigrate.flink.cdc.held;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldTimesTest {
    private static final TableId READING = new TableId("plant", "reading");
    private static final TableId OTHER = new TableId("plant", "reading_2");
    private static final TableNews DROPPED =
            new TableNews(List.of(), List.of(READING), List.of(), "DROP TABLE reading", true);

    private final HeldTimes held = new HeldTimes(List.of(mapping(OnPartitionDrop.DELETE)));

    private static TableMapping mapping(OnPartitionDrop drop) {
        return new MappingBuilder("root.plant.{dev}", "at")
                .policies(drop, OnCascade.FAIL)
                .pattern("reading(_\\d)?")
                .measurement("a")
                .plan(
                        TimePrecision.MS,
                        column("dev", "int"),
                        column("at", "bigint"),
                        column("a", "int"));
    }

    private static ChangePosition at(String file, long offset) {
        return new ChangePosition(file, offset, offset, 0, 0);
    }

    private static Object[] row(Long time) {
        return new Object[] {1L, time, 2L};
    }

    private static Held looked(long from, long last) {
        return new Held("plant", "reading", from, last, true, "binlog.000002", 500);
    }

    @Test
    void haveWhatMySqlHadAndWhatTheBinlogHas() {
        held.restore(looked(10, 20));
        held.add(0, row(5L));
        held.add(0, row(15L));
        held.add(0, row(null));
        held.add(0, null);
        assertThat(held.emptied(READING, DROPPED, at("binlog.000002", 500)))
                .contains(new Range(5, 20));
        assertThat(held.emptied(READING, DROPPED, at("binlog.000002", 600))).isEmpty();
    }

    @Test
    void areNotKnownOfATableThatWasEmptiedBeforeMySqlWasAsked() {
        held.restore(looked(10, 20));
        assertThatThrownBy(() -> held.emptied(READING, DROPPED, at("binlog.000002", 499)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("\"DROP TABLE reading\" at binlog.000002:499")
                .hasMessageContaining("they were gone before cdc saw them")
                .hasMessageContaining("set on_partition_drop: ignore");
        assertThatThrownBy(() -> held.emptied(OTHER, DROPPED, at("binlog.000002", 499)))
                .hasMessageContaining("they were gone before cdc saw them");
    }

    /** With ignore, cdc would stop at the same statement: a truncated table is no history. */
    @Test
    void ofATruncatedTableAreNotOfferedToBeKept() {
        TableNews truncated =
                new TableNews(
                        List.of(), List.of(READING), List.of(), "TRUNCATE TABLE reading", false);
        held.restore(looked(10, 20));
        assertThatThrownBy(() -> held.emptied(READING, truncated, at("binlog.000002", 499)))
                .hasMessageContaining("\"TRUNCATE TABLE reading\" at binlog.000002:499")
                .hasMessageContaining("Copy the tables as they are now")
                .message()
                .doesNotContain("ignore");
    }

    @Test
    void areThoseOfTheBinlogBehindACreation() {
        held.restore(looked(10, 20));
        held.named(
                new TableNews(List.of(READING), List.of(), List.of(), "CREATE", false),
                at("binlog.000001", 4));
        held.add(0, row(7L));
        assertThat(held.emptied(READING, DROPPED, at("binlog.000001", 5)))
                .contains(new Range(7, 7));
    }

    @Test
    void goWithTheNameOfATable() {
        held.restore(looked(10, 20));
        TableNews renamed =
                new TableNews(
                        List.of(),
                        List.of(),
                        List.of(
                                new TableNews.Renamed(READING, OTHER),
                                new TableNews.Renamed(new TableId("plant", "fresh"), READING)),
                        "RENAME",
                        false);
        held.named(renamed, at("binlog.000003", 4));
        held.add(0, row(30L));
        assertThat(held.emptied(OTHER, DROPPED, at("binlog.000003", 5)))
                .contains(new Range(10, 20));
        assertThat(held.emptied(READING, DROPPED, at("binlog.000003", 6)))
                .contains(new Range(30, 30));
    }

    @Test
    void areNotKnownBehindAnotherServerUnlessItHasPassedWhatMySqlWasAsked() {
        held.restore(looked(10, 20));
        held.passed(at("binlog.000002", 500));
        held.otherServer();
        assertThat(held.snapshot())
                .containsExactly(new Held("plant", "reading", 10, 20, true, null, 0));
        held.restore(looked(10, 20));
        held.passed(at("binlog.000002", 499));
        held.otherServer();
        assertThatThrownBy(() -> held.emptied(READING, DROPPED, at("binlog.000001", 4)))
                .hasMessageContaining("they were gone before cdc saw them");
    }

    @Test
    void areOfNoTableWhoseRowsStay() {
        HeldTimes none = new HeldTimes(List.of(mapping(OnPartitionDrop.IGNORE)));
        none.restore(looked(10, 20));
        none.add(0, row(5L));
        assertThat(none.snapshot()).isEmpty();
    }
}
