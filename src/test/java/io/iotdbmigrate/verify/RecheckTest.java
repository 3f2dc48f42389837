package io.iotdbmigrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.SideRow.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A difference must be there in every look, each of which waits for replication. */
class RecheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RowKey KEY = new RowKey(0, "root.d", 5);
    private static final Difference CHANGED =
            new Difference.Changed(KEY, List.of(new Cell("a", value(1), value(2))));
    private static final Difference EXTRA =
            new Difference.Extra(KEY, List.of(new Cell("a", null, value(2))));

    private static Value value(int value) {
        return new Value(TargetType.INT32, value);
    }

    /** One row, whose values change from look to look; an empty list is no row. */
    private static final class Rows implements SourceRows, TargetRows {
        final List<Boolean> anywhere = new ArrayList<>();
        private final List<List<Integer>> mysql;
        private final List<List<Integer>> iotdb;
        private int mysqlLooks;
        private int iotdbLooks;

        Rows(List<List<Integer>> mysql, List<List<Integer>> iotdb) {
            this.mysql = mysql;
            this.iotdb = iotdb;
        }

        private static Map<RowKey, SideRow> rows(Side side, @Nullable List<Integer> values) {
            return values == null || values.isEmpty()
                    ? Map.of()
                    : Map.of(KEY, new SideRow(side, KEY, 1, values.toArray()));
        }

        @Override
        public Map<RowKey, SideRow> read(Set<RowKey> keys, boolean everywhere) {
            anywhere.add(everywhere);
            return rows(Side.MYSQL, Playback.answer(mysql, mysqlLooks++));
        }

        @Override
        public Map<RowKey, SideRow> read(Set<RowKey> keys) {
            return rows(Side.IOTDB, Playback.answer(iotdb, iotdbLooks++));
        }

        @Override
        public void write(RowKey key, @Nullable Object[] values) {
            throw new AssertionError("a look writes nothing");
        }

        @Override
        public void delete(RowKey key, List<Integer> measurements) {
            throw new AssertionError("a look deletes nothing");
        }

        @Override
        public void flush() {
            throw new AssertionError("a look writes nothing");
        }
    }

    private static Recheck.Result run(
            Rows rows, Playback replication, Difference difference, int times) throws IOException {
        TableRules rules =
                new TableRules(
                        "t",
                        List.of("a"),
                        List.of(TargetType.INT32),
                        OnUpdate.OVERWRITE,
                        OnDelete.DELETE,
                        OnDuplicate.LAST);
        return new Recheck(List.of(rules), rows, rows, replication, PATIENCE)
                .run(List.of(difference), times);
    }

    @Test
    void whatReplicationHasMendedIsEqualAsOfThatPosition() throws IOException {
        Playback replication = new Playback(10, 40, 15);
        Rows rows = new Rows(List.of(List.of(1)), List.of(List.of(1)));

        Recheck.Result result = run(rows, replication, CHANGED, 5);

        assertThat(result.left()).isEmpty();
        assertThat(result.equalAt()).isEqualTo(Playback.at(40));
        assertThat(result.note()).isNull();
        assertThat(replication.pauses).hasSize(2);
        assertThat(rows.anywhere).containsOnly(false);
    }

    @Test
    void whatDiffersEveryTimeDiffers() throws IOException {
        Playback replication = new Playback(40, 40, 0);
        Rows rows = new Rows(List.of(List.of(1)), List.of(List.of(2)));

        Recheck.Result result = run(rows, replication, CHANGED, 4);

        assertThat(result.left()).containsExactly(CHANGED);
        assertThat(rows.iotdbLooks).isEqualTo(4);
        assertThat(replication.pauses)
                .isSortedAccordingTo(Duration::compareTo)
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    /** Between MySQL's two reads the row changed, and IoTDB may have the one or the other. */
    @Test
    void eitherOfTheTwoValuesWillDo() throws IOException {
        assertThat(leftWhereIotdbHas(1)).isEmpty();
        assertThat(leftWhereIotdbHas(2)).isEmpty();
        assertThat(leftWhereIotdbHas(3)).hasSize(1);
    }

    private static List<Difference> leftWhereIotdbHas(int value) throws IOException {
        Rows rows = new Rows(List.of(List.of(1), List.of(2)), List.of(List.of(value)));
        return run(rows, new Playback(1, 1, 0), CHANGED, 1).left();
    }

    /** A row that changes again and again while replication is waited for. */
    @Test
    void anyValueThatWasSeenMeanwhileWillDo() throws IOException {
        assertThat(leftWhereIotdbHasAfterChanges(3)).isEmpty();
        assertThat(leftWhereIotdbHasAfterChanges(9)).hasSize(1);
    }

    private static List<Difference> leftWhereIotdbHasAfterChanges(int value) throws IOException {
        List<List<Integer>> mysql =
                List.of(List.of(1), List.of(2), List.of(3), List.of(4), List.of(5));
        Rows rows = new Rows(mysql, List.of(List.of(value)));
        return run(rows, new Playback(10, 40, 10), CHANGED, 1).left();
    }

    /** By then replication has applied what made an end of it. */
    @Test
    void aValueOfAnEarlierLookWillNotDo() throws IOException {
        Rows rows =
                new Rows(
                        List.of(List.of(1), List.of(3), List.of(4)),
                        List.of(List.of(2), List.of(1)));

        assertThat(run(rows, new Playback(1, 1, 0), CHANGED, 2).left()).hasSize(1);
    }

    @Test
    void theDifferenceIsTheOneOfTheLastLook() throws IOException {
        Rows rows = new Rows(List.of(List.of(1)), List.of(List.of(2), List.of(3)));

        assertThat(run(rows, new Playback(1, 1, 0), CHANGED, 2).left())
                .containsExactly(
                        new Difference.Changed(KEY, List.of(new Cell("a", value(1), value(3)))));
    }

    /** MySQL may have put it where it had no such row before. */
    @Test
    void anExtraRowIsLookedForInTheWholeTable() throws IOException {
        Rows rows = new Rows(List.of(List.of()), List.of(List.of(2)));

        assertThat(run(rows, new Playback(1, 1, 0), EXTRA, 2).left()).containsExactly(EXTRA);
        assertThat(rows.anywhere).containsOnly(true);
    }

    /** So a large table is not read for each row that was deleted meanwhile. */
    @Test
    void forAnExtraRowThatHasGoneMysqlIsNotRead() throws IOException {
        Rows rows = new Rows(List.of(List.of(2)), List.of(List.of()));

        assertThat(run(rows, new Playback(1, 1, 0), EXTRA, 2).left()).isEmpty();
        assertThat(rows.anywhere).isEmpty();
    }

    /** What a look has read of MySQL last is what the next one begins with. */
    @Test
    void aLookReadsMysqlOnce() throws IOException {
        Rows rows =
                new Rows(
                        List.of(List.of(1), List.of(3), List.of(4)),
                        List.of(List.of(2), List.of(3)));

        assertThat(run(rows, new Playback(1, 1, 0), CHANGED, 2).left()).isEmpty();
        assertThat(rows.anywhere).hasSize(2);
    }

    @Test
    void aReplicationThatEndsIsNotWaitedFor() throws IOException {
        Recheck.Result result =
                run(new Rows(List.of(List.of(1)), List.of()), Playback.none(), CHANGED, 5);

        assertThat(result.left()).containsExactly(CHANGED);
        assertThat(result.note()).contains("replication ended", "may only be late");
    }

    @Test
    void aRowThatBothSidesHaveLostIsEqual() throws IOException {
        Rows rows = new Rows(List.of(List.of()), List.of(List.of()));

        assertThat(run(rows, new Playback(1, 1, 0), CHANGED, 1).left()).isEmpty();
    }

    @Test
    void replicationThatLagsTooLongLeavesTheDifferenceWithANote() throws IOException {
        Playback replication = new Playback(10, 1_000_000, 1);

        Recheck.Result result =
                run(new Rows(List.of(List.of(1)), List.of(List.of(1))), replication, CHANGED, 5);

        assertThat(result.left()).containsExactly(CHANGED);
        assertThat(result.equalAt()).isNull();
        assertThat(result.note()).contains("binlog.000001:1000000", "20 s", "may only be late");
        assertThat(replication.waited()).isBetween(PATIENCE, PATIENCE.plusSeconds(6));
    }

    @Test
    void withoutAnyLookNothingIsAsked() throws IOException {
        Rows rows = new Rows(List.of(), List.of());

        assertThat(run(rows, Playback.none(), CHANGED, 0).left()).containsExactly(CHANGED);
        assertThat(rows.mysqlLooks + rows.iotdbLooks).isZero();
    }
}
