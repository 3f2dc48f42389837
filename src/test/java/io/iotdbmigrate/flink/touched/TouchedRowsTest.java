package io.iotdbmigrate.flink.touched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.flink.touched.TouchedRows.Touched;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.verify.RowKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered of touched rows, and when it may be forgotten. */
class TouchedRowsTest {
    private static final RowKey ONE = new RowKey(0, "root.d", 1);
    private static final RowKey TWO = new RowKey(0, "root.d", 2);

    private final TouchedRows touched = TouchedRows.open();

    @AfterEach
    void close() {
        touched.close();
    }

    private static ChangePosition at(long offset) {
        return new ChangePosition("binlog.000001", offset, offset, 0, 0);
    }

    private void touch(RowKey key, long offset) {
        touched.add(key, List.of(7L, key.time()), at(offset));
        touched.seen(at(offset));
    }

    @Test
    void aRowTouchedBehindThePositionIsLeftForLater() {
        touch(ONE, 10);
        touch(TWO, 20);

        assertThat(touched.upTo(at(19))).containsOnlyKeys(ONE);
        assertThat(touched.upTo(at(20))).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void equalRowsAreForgottenUnlessTheyWereTouchedAgain() {
        touch(ONE, 10);
        touch(TWO, 20);
        Map<RowKey, Touched> compared = touched.upTo(at(20));
        touch(TWO, 30);

        touched.forget(compared);

        assertThat(touched.upTo(at(30))).containsOnlyKeys(TWO);
        touch(ONE, 40);
        assertThat(touched.upTo(at(40))).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void everyFormInWhichRowsCameToAPointIsKept() {
        touched.add(ONE, List.of("1", "23", 1L), at(10));
        touched.add(ONE, List.of("12", "3", 1L), at(20));

        assertThat(touched.upTo(at(20)).get(ONE).columns())
                .containsExactlyInAnyOrder(List.of("1", "23", 1L), List.of("12", "3", 1L));
    }

    @Test
    void aJobThatBeginsAnewHasSeenNothing() {
        touch(ONE, 10);

        touched.begin();

        assertThat(touched.seen()).isNull();
        assertThat(touched.upTo(at(10))).containsOnlyKeys(ONE);
    }

    @Test
    void aJobOfAnotherProcessFindsNothing() {
        String id = touched.id();
        assertThat(TouchedRows.byId(id)).isSameAs(touched);

        touched.close();

        assertThatThrownBy(() -> TouchedRows.byId(id)).hasMessageContaining("nobody");
    }
}
