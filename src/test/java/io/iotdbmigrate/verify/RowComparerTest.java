package io.iotdbmigrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.SideRow.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowComparerTest {
    private static final RowKey KEY = new RowKey(0, "root.d", 5);

    static TableRules rules(OnUpdate update, OnDelete delete, OnDuplicate duplicate) {
        return new TableRules(
                "t",
                List.of("a", "b"),
                List.of(TargetType.INT32, TargetType.INT32),
                update,
                delete,
                duplicate);
    }

    private static RowComparer comparer(OnUpdate update, OnDelete delete) {
        return new RowComparer(rules(update, delete, OnDuplicate.LAST));
    }

    @Test
    void historyOfDroppedPartitionsIsKept() {
        RowComparer keeping =
                new RowComparer(
                        new TableRules(
                                "t",
                                List.of("a", "b"),
                                List.of(TargetType.INT32, TargetType.INT32),
                                List.of(List.of(0, 1)),
                                OnUpdate.OVERWRITE,
                                OnDelete.DELETE,
                                OnDuplicate.LAST,
                                new KeptTimes(6, List.of(new KeptTimes.Range(8, 9)))));
        RowComparer.Result older = keeping.compare(KEY, List.of(), iotdb(1, 2));
        assertThat(older.difference()).isEmpty();
        assertThat(older.expectedExtra()).isTrue();

        assertThat(onlyInIotdb(keeping, 6).difference()).get().isInstanceOf(Difference.Extra.class);
        assertThat(onlyInIotdb(keeping, 7).difference()).isPresent();
        assertThat(onlyInIotdb(keeping, 8).expectedExtra()).isTrue();
        assertThat(onlyInIotdb(keeping, 9).expectedExtra()).isTrue();
        assertThat(onlyInIotdb(keeping, 10).difference()).isPresent();
    }

    private static RowComparer.Result onlyInIotdb(RowComparer comparer, long time) {
        RowKey key = new RowKey(0, "root.d", time);
        SideRow extra = new SideRow(Side.IOTDB, key, 0, new Object[] {1, 2});
        return comparer.compare(key, List.of(), extra);
    }

    private static final RowComparer PLAIN = comparer(OnUpdate.OVERWRITE, OnDelete.DELETE);

    private static SideRow mysql(long order, @Nullable Object... values) {
        return new SideRow(Side.MYSQL, KEY, order, values);
    }

    private static SideRow iotdb(@Nullable Object... values) {
        return new SideRow(Side.IOTDB, KEY, 0, values);
    }

    private static String kind(RowComparer comparer, List<SideRow> mysql, @Nullable SideRow iotdb) {
        return comparer.compare(KEY, mysql, iotdb)
                .difference()
                .map(Difference::kind)
                .orElse("none");
    }

    @Test
    void theThreeKinds() {
        assertThat(kind(PLAIN, List.of(mysql(0, 1, 2)), iotdb(1, 2))).isEqualTo("none");
        assertThat(kind(PLAIN, List.of(mysql(0, 1, 2)), iotdb(1, 3))).isEqualTo("different");
        assertThat(kind(PLAIN, List.of(mysql(0, 1, 2)), iotdb(1, null))).isEqualTo("different");
        assertThat(kind(PLAIN, List.of(mysql(0, 1, 2)), null)).isEqualTo("missing");
        assertThat(kind(PLAIN, List.of(), iotdb(1, 2))).isEqualTo("extra");
    }

    @Test
    void aRowOfNullsIsNoRow() {
        assertThat(kind(PLAIN, List.of(mysql(0, null, null)), null)).isEqualTo("none");
        assertThat(kind(PLAIN, List.of(mysql(0, null, null)), iotdb(1, 2))).isEqualTo("extra");
    }

    @Test
    void theWinnerIsComparedEvenIfItIsEmpty() {
        RowComparer first =
                new RowComparer(rules(OnUpdate.OVERWRITE, OnDelete.DELETE, OnDuplicate.FIRST));
        List<SideRow> two = List.of(mysql(9, 3, 4), mysql(2, 1, 2));

        assertThat(kind(PLAIN, two, iotdb(3, 4))).isEqualTo("none");
        assertThat(kind(first, two, iotdb(1, 2))).isEqualTo("none");
        assertThat(PLAIN.compare(KEY, two, iotdb(3, 4)).collapsed()).isEqualTo(1);
        assertThat(kind(PLAIN, List.of(mysql(1, 1, 2), mysql(2, null, null)), null))
                .isEqualTo("none");
    }

    @Test
    void anotherTypeIsAnotherValue() {
        SideRow asLong = iotdb(new TypedValue(TargetType.INT64, 1L), 2);

        assertThat(kind(PLAIN, List.of(mysql(0, 1, 2)), asLong)).isEqualTo("different");
    }

    @Test
    void ignoredUpdatesLeaveOnlyPresence() {
        RowComparer ignore = comparer(OnUpdate.IGNORE, OnDelete.DELETE);

        assertThat(kind(ignore, List.of(mysql(0, 1, 2)), iotdb(7, 8))).isEqualTo("none");
        assertThat(kind(ignore, List.of(mysql(0, 1, 2)), null)).isEqualTo("missing");
        assertThat(kind(ignore, List.of(mysql(0, null, null)), iotdb(7, 8))).isEqualTo("none");
    }

    /** A correction without a value does not exist in IoTDB. */
    @Test
    void aRowThatWasEmptiedKeepsItsVersions() {
        RowComparer version = comparer(OnUpdate.VERSION, OnDelete.DELETE);

        assertThat(kind(version, List.of(mysql(0, null, null)), iotdb(7, 8))).isEqualTo("none");
        assertThat(kind(version, List.of(mysql(0, 1, null)), iotdb(7, 8))).isEqualTo("different");
        assertThat(kind(version, List.of(), iotdb(7, 8))).isEqualTo("extra");
    }

    /** Where IoTDB has whole rows a correction may be one of nulls. */
    @Test
    void aWholeRowThatWasEmptiedIsCompared() {
        RowComparer version =
                new RowComparer(
                        new TableRules(
                                "t",
                                "t",
                                List.of("t"),
                                List.of("a", "b"),
                                List.of(TargetType.INT32, TargetType.INT32),
                                List.of(List.of(0, 1)),
                                OnUpdate.VERSION,
                                OnDelete.DELETE,
                                OnDuplicate.LAST,
                                KeptTimes.NONE,
                                true));

        assertThat(kind(version, List.of(mysql(0, null, null)), iotdb(7, 8)))
                .isEqualTo("different");
        assertThat(kind(version, List.of(mysql(0, null, null)), iotdb(null, null)))
                .isEqualTo("none");
    }

    @Test
    void ignoredDeletesLeaveExpectedRows() {
        RowComparer.Result kept =
                comparer(OnUpdate.OVERWRITE, OnDelete.IGNORE).compare(KEY, List.of(), iotdb(1, 2));

        assertThat(kept.expectedExtra()).isTrue();
        assertThat(kept.difference()).isEmpty();
    }

    @Test
    void marksMustStandWhereMysqlHasNoRow() {
        RowComparer mark = comparer(OnUpdate.OVERWRITE, OnDelete.MARK);

        assertThat(kind(mark, List.of(), iotdb(1, 2, true))).isEqualTo("none");
        assertThat(kind(mark, List.of(), iotdb(1, 2, null))).isEqualTo("extra");
        assertThat(kind(mark, List.of(mysql(0, 1, 2)), iotdb(1, 2, true))).isEqualTo("different");
        assertThat(kind(mark, List.of(mysql(0, 1, 2)), iotdb(1, 2, null))).isEqualTo("none");
    }
}
