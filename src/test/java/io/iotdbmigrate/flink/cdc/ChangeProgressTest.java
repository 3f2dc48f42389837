package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.model.ChangePosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeProgressTest {
    private static final ChangePosition APPLIED = at(400);

    private static ChangePosition at(long offset) {
        return new ChangePosition("binlog.000003", offset, offset, -1, 0);
    }

    private static ChangeProgress progress(@Nullable ChangePosition position) {
        return new ChangeProgress(position, "a:7", 1, true, 10, 2, "a");
    }

    private static BinlogMark server(String uuid) {
        return new BinlogMark(Kind.SERVER, uuid, at(157), null);
    }

    @Test
    void theSameServerMovesNothing() {
        assertThat(progress(APPLIED).on(server("a"))).isEqualTo(progress(APPLIED));
    }

    /** Its files may have the same names, and its offsets lie before those of the former. */
    @Test
    void anotherServerBeginsWhereItGoesOn() {
        ChangeProgress moved = progress(APPLIED).on(server("b"));

        assertThat(moved).isEqualTo(new ChangeProgress(at(157), null, 0, true, 10, 2, "b"));
        assertThat(moved.hasPassed(new BinlogMark(Kind.PASSED, "", at(200), "a:7"))).isFalse();
    }

    /** A table has come whose name sorts before those of the others. */
    @Test
    void theLastRowHasPassedAlsoWhereItsTableHasAnotherIndex() {
        ChangePosition at = APPLIED.withRow(2);
        Object[] row = {1};
        RowEvent inserted = new RowEvent(1, null, row, at, "a:7", true);
        RowEvent deleted = new RowEvent(1, row, null, at, "a:7", true);
        ChangeProgress behindInsert = progress(at).step(inserted.step(), true);
        ChangeProgress behindDelete = progress(at).step(deleted.step(), true);

        assertThat(behindInsert.hasPassed(inserted.of(2))).isFalse();
        assertThat(behindInsert.reindexed(i -> i + 1).hasPassed(inserted.of(2))).isTrue();
        assertThat(behindInsert.reindexed(i -> i + 1).hasPassed(inserted.of(3))).isFalse();
        assertThat(behindDelete.reindexed(i -> i + 1).hasPassed(deleted.of(2))).isTrue();
        assertThat(behindDelete.reindexed(i -> i + 1).hasPassed(inserted.of(2)))
                .as("the other half of an update of the key")
                .isFalse();
        assertThat(behindInsert.reindexed(i -> -1)).isEqualTo(behindInsert);
    }

    @Test
    void noRowHasNoIndex() {
        ChangeProgress begun = progress(null);
        assertThat(
                        begun.reindexed(
                                i -> {
                                    throw new AssertionError("asked for " + i);
                                }))
                .isEqualTo(begun);
    }

    @Test
    void aSnapshotHasAPositionAsSoonAsTheBinlogIsRead() {
        assertThat(progress(null).on(server("a")).position()).isEqualTo(at(157));
    }
}
