package io.iotdbmigrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Counts of devices, and what is done about those that differ. */
class CountComparisonTest {
    private static final DeviceKey A = new DeviceKey(0, "root.a");
    private static final DeviceKey B = new DeviceKey(0, "root.b");

    private final Mysql mysql = new Mysql();
    private final Iotdb iotdb = new Iotdb();

    /** One answer after another, the last one from then on; no list is no answer. */
    private static <T> Map<DeviceKey, T> answer(List<Map<DeviceKey, T>> answers, int n) {
        return Optional.ofNullable(Playback.answer(answers, n)).orElse(Map.of());
    }

    /**
     * Plays back what one side counted.
     *
     * @param <C> counts of a device
     * @param <E> the same, looked at exactly
     */
    abstract static class Side<C, E> {
        final List<Set<DeviceKey>> wanted = new ArrayList<>();
        List<Map<DeviceKey, C>> counts = List.of();
        List<Map<DeviceKey, E>> exact = List.of();
        int looks;

        public Map<DeviceKey, C> all() {
            return answer(counts, looks++);
        }

        public Map<DeviceKey, E> exactly(Set<DeviceKey> devices) {
            wanted.add(devices);
            return answer(exact, wanted.size() - 1);
        }
    }

    private static final class Mysql extends Side<SourceCount, SourceTimes>
            implements SourceCounts {}

    private static final class Iotdb extends Side<TargetCount, TargetTimes>
            implements TargetCounts {}

    private static SourceCount points(long points) {
        return new SourceCount(points, points, 0, 0);
    }

    private static TargetCount rows(long rows) {
        return new TargetCount(rows, 0);
    }

    /** Of times from 1 on; those of empty rows follow. */
    private static SourceTimes mysqlRows(SourceCount count) {
        return new SourceTimes(
                count, from(1, count.points()), from(count.points() + 1, count.empty()));
    }

    private static SourceTimes mysqlRows(long points) {
        return mysqlRows(points(points));
    }

    private static SourceTimes mysqlAt(long... times) {
        return new SourceTimes(points(times.length), set(times), Set.of());
    }

    private static TargetTimes iotdbRows(long rows) {
        return new TargetTimes(rows(rows), from(1, rows));
    }

    private static TargetTimes iotdbAt(long... times) {
        return new TargetTimes(rows(times.length), set(times));
    }

    private static Set<Long> from(long first, long count) {
        return LongStream.range(first, first + count).boxed().collect(Collectors.toSet());
    }

    private static Set<Long> set(long... times) {
        return LongStream.of(times).boxed().collect(Collectors.toSet());
    }

    private CountComparison.Result run(Playback replication, int rechecks) throws IOException {
        return run(OnUpdate.OVERWRITE, OnDelete.DELETE, replication, rechecks);
    }

    private CountComparison.Result run(
            OnUpdate update, OnDelete delete, Playback replication, int rechecks)
            throws IOException {
        TableRules rules =
                new TableRules(
                        "t",
                        List.of("a"),
                        List.of(TargetType.INT32),
                        update,
                        delete,
                        OnDuplicate.LAST);
        return new CountComparison(
                        List.of(rules), mysql, iotdb, replication, Duration.ofSeconds(20))
                .run(rechecks);
    }

    private Set<DeviceKey> different(OnUpdate update, OnDelete delete) throws IOException {
        return run(update, delete, Playback.none(), 5).different();
    }

    @Test
    void equalCountsNeedOneLook() throws IOException {
        mysql.counts =
                List.of(Map.of(A, points(3), DeviceKey.none(0), new SourceCount(2, 0, 0, 2)));
        iotdb.counts = List.of(Map.of(A, rows(3)));

        CountComparison.Result result = run(new Playback(5, 5, 0), 5);

        assertThat(result.different()).isEmpty();
        assertThat(result.equalAt()).isNull();
        assertThat(mysql.looks + iotdb.looks).isEqualTo(2);
        assertThat(mysql.wanted).isEmpty();
    }

    @Test
    void aDeviceOfOneSideOnlyDiffers() throws IOException {
        mysql.counts = List.of(Map.of(A, points(3)));
        mysql.exact = List.of(Map.of(A, mysqlRows(3)));
        iotdb.counts = List.of(Map.of(B, rows(4)));
        iotdb.exact = List.of(Map.of(B, iotdbRows(4)));

        CountComparison.Result result = run(Playback.none(), 5);

        assertThat(result.different()).containsExactlyInAnyOrder(A, B);
        assertThat(iotdb.wanted).containsExactly(Set.of(A, B));
    }

    /** SQL counted a row that the mapping rejects. */
    @Test
    void rowsAreReadBeforeADeviceIsSaidToDiffer() throws IOException {
        mysql.counts = List.of(Map.of(A, points(3), B, points(7)));
        mysql.exact = List.of(Map.of(A, mysqlRows(2)));
        iotdb.counts = List.of(Map.of(A, rows(2), B, rows(7)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(2)));

        CountComparison.Result result = run(Playback.none(), 5);

        assertThat(result.different()).isEmpty();
        assertThat(mysql.wanted).containsExactly(Set.of(A));
        assertThat(result.mysql()).containsEntry(A, new SourceCount(3, 2, 0, 1));
        assertThat(result.mysql()).containsEntry(B, points(7));
    }

    /** Corrections may hold rows that the server did not count. */
    @Test
    void rowsOfIotdbAreReadToo() throws IOException {
        mysql.counts = List.of(Map.of(A, points(3)));
        mysql.exact = List.of(Map.of(A, mysqlRows(3)));
        iotdb.counts = List.of(Map.of(A, rows(2)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(3)));

        assertThat(run(Playback.none(), 5).different()).isEmpty();
    }

    @Test
    void veryLargeDevicesAreNotRead() throws IOException {
        mysql.counts = List.of(Map.of(A, points(3), B, points(1_000_000)));
        mysql.exact = List.of(Map.of(A, mysqlRows(3)));
        iotdb.counts = List.of(Map.of(A, rows(2), B, rows(999_999)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(2)));

        CountComparison.Result result = run(Playback.none(), 5);

        assertThat(mysql.wanted).containsExactly(Set.of(A));
        assertThat(result.different()).containsExactlyInAnyOrder(A, B);
        assertThat(result.notes()).singleElement().asString().startsWith("1 of the devices");
    }

    @Test
    void keptRowsAreNoDifference() throws IOException {
        mysql.counts = List.of(Map.of(A, new SourceCount(5, 3, 2, 0)));
        mysql.exact = List.of(Map.of(A, mysqlRows(new SourceCount(5, 3, 2, 0))));
        iotdb.counts = List.of(Map.of(A, rows(5)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(5)));

        assertThat(different(OnUpdate.OVERWRITE, OnDelete.DELETE)).containsExactly(A);
        assertThat(different(OnUpdate.OVERWRITE, OnDelete.IGNORE)).isEmpty();
        assertThat(different(OnUpdate.IGNORE, OnDelete.DELETE)).isEmpty();
        iotdb.counts = List.of(Map.of(A, rows(6)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(6)));
        assertThat(different(OnUpdate.IGNORE, OnDelete.DELETE)).containsExactly(A);
        iotdb.counts = List.of(Map.of(A, rows(2)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(2)));
        assertThat(different(OnUpdate.OVERWRITE, OnDelete.IGNORE)).containsExactly(A);
        assertThat(different(OnUpdate.IGNORE, OnDelete.DELETE)).containsExactly(A);
    }

    @Test
    void whileReplicationRunsIotdbIsBetweenTwoCountsOfMysql() throws IOException {
        mysql.counts = List.of(Map.of(A, points(10)), Map.of(A, points(14)));
        iotdb.counts = List.of(Map.of(A, rows(4)), Map.of(A, rows(12)));
        Playback replication = new Playback(10, 40, 15);

        CountComparison.Result result = run(replication, 5);

        assertThat(result.different()).isEmpty();
        assertThat(result.equalAt()).isEqualTo(Playback.at(40));
        assertThat(replication.pauses).hasSize(2);
        assertThat(mysql.wanted).isEmpty();
    }

    @Test
    void whatDiffersEveryTimeDiffers() throws IOException {
        mysql.counts = List.of(Map.of(A, points(10)));
        mysql.exact = List.of(Map.of(A, mysqlRows(10)));
        iotdb.counts = List.of(Map.of(A, rows(11)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(11)));

        CountComparison.Result result = run(new Playback(7, 7, 0), 3);

        assertThat(result.different()).containsExactly(A);
        assertThat(iotdb.looks).isEqualTo(4);
        assertThat(mysql.wanted).containsExactly(Set.of(A), Set.of(A));
        assertThat(result.notes()).isEmpty();
    }

    /** As many rows go as come, and IoTDB was in between. */
    @Test
    void whereRowsComeAndGoTheirTimesDecide() throws IOException {
        mysql.counts = List.of(Map.of(A, points(3)));
        iotdb.counts = List.of(Map.of(A, rows(4)));
        mysql.exact = List.of(Map.of(A, mysqlAt(1, 2, 3)), Map.of(A, mysqlAt(3, 4, 5)));

        assertThat(differsWhereIotdbHas(2, 3, 4, 5)).isFalse();
        assertThat(differsWhereIotdbHas(3, 4)).isFalse();
        assertThat(differsWhereIotdbHas(1, 2, 4, 5)).as("3 was there both times").isTrue();
        assertThat(differsWhereIotdbHas(2, 3, 4, 6)).as("6 never was").isTrue();
    }

    private boolean differsWhereIotdbHas(long... times) throws IOException {
        mysql.wanted.clear();
        iotdb.wanted.clear();
        iotdb.exact = List.of(Map.of(A, iotdbAt(times)));
        return !run(new Playback(7, 7, 0), 1).different().isEmpty();
    }

    @Test
    void replicationThatLagsLeavesANote() throws IOException {
        mysql.counts = List.of(Map.of(A, points(10)));
        mysql.exact = List.of(Map.of(A, mysqlRows(10)));
        iotdb.counts = List.of(Map.of(A, rows(9)));
        iotdb.exact = List.of(Map.of(A, iotdbRows(9)));

        CountComparison.Result result = run(new Playback(7, 1_000_000, 1), 3);

        assertThat(result.different()).containsExactly(A);
        assertThat(result.equalAt()).isNull();
        assertThat(result.notes()).singleElement().asString().contains("may only be late");
    }
}
