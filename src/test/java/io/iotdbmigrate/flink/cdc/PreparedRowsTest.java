package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import org.junit.jupiter.api.Test;

class PreparedRowsTest {
    private static final ChangePosition AT = new ChangePosition("binlog.000007", 100, 157, 0, 0);

    private final PreparedRows prepared = new PreparedRows();
    private final RowEvent one = row();
    private final RowEvent other = row();

    private static RowEvent row() {
        return new RowEvent(0, null, new Object[] {1}, AT, null, true);
    }

    private static BinlogMark mark(Kind kind, String xid) {
        return new BinlogMark(kind, xid, AT, null);
    }

    @Test
    void rowsOfTwoSessionsCountWhenEachOfThemCommits() {
        prepared.follow(mark(Kind.XA_BEGINS, "a"), false);
        assertThat(prepared.take(one)).isTrue();
        prepared.follow(mark(Kind.XA_PREPARED, "a"), false);
        prepared.follow(mark(Kind.XA_BEGINS, "b"), false);
        assertThat(prepared.take(other)).isTrue();
        prepared.follow(mark(Kind.XA_PREPARED, "b"), false);

        assertThat(prepared.take(row())).as("of an ordinary transaction between").isFalse();
        assertThat(prepared.follow(mark(Kind.XA_COMMITTED, "b"), false)).containsExactly(other);
        assertThat(prepared.follow(mark(Kind.XA_COMMITTED, "a"), false)).containsExactly(one);
    }

    @Test
    void aNameMayComeAgain() {
        prepared.follow(mark(Kind.XA_BEGINS, "a"), false);
        prepared.take(one);
        prepared.follow(mark(Kind.XA_PREPARED, "a"), false);
        prepared.follow(mark(Kind.XA_ROLLED_BACK, "a"), false);
        prepared.follow(mark(Kind.XA_BEGINS, "a"), false);
        prepared.take(other);
        assertThat(prepared.follow(mark(Kind.XA_ONE_PHASE, "a"), false)).containsExactly(other);
    }

    @Test
    void stopsWhereOneIsCommittedThatWasPreparedBefore() {
        assertThatThrownBy(() -> prepared.follow(mark(Kind.XA_COMMITTED, "X'61',X'',1"), false))
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.JOB_FAILED))
                .hasMessageContaining("X'61',X'',1 is committed at binlog.000007:157")
                .hasMessageContaining("was prepared before this replication began to read")
                .hasMessageContaining("backfill --restart");
    }
}
