package io.iotdbmigrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.OnDelete;
import io.iotdbmigrate.config.MappingConfig.OnDuplicate;
import io.iotdbmigrate.config.MappingConfig.OnUpdate;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Plays back what one side counted. */
    abstract static class Side<T> {
        final List<Set<DeviceKey>> wanted = new ArrayList<>();
        List<Map<DeviceKey, T>> counts = List.of();
        List<Map<DeviceKey, T>> exact = List.of();
        int looks;

        public Map<DeviceKey, T> all() {
            return answer(counts, looks++);
        }

        public Map<DeviceKey, T> exactly(Set<DeviceKey> devices) {
            wanted.add(devices);
            return answer(exact, wanted.size() - 1);
        }
    }

    private static final class Mysql extends Side<SourceCount> implements SourceCounts {}

    private static final class Iotdb extends Side<TargetCount> implements TargetCounts {}

    private static SourceCount points(long points) {
        return new SourceCount(points, points, 0, 0);
    }

    private static TargetCount rows(long rows) {
        return new TargetCount(rows, 0);
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
        mysql.exact = mysql.counts;
        iotdb.counts = List.of(Map.of(B, rows(4)));
        iotdb.exact = iotdb.counts;

        CountComparison.Result result = run(Playback.none(), 5);

        assertThat(result.different()).containsExactlyInAnyOrder(A, B);
        assertThat(iotdb.wanted).containsExactly(Set.of(A, B));
    }

    /** SQL counted a row that the mapping rejects. */
    @Test
    void rowsAreReadBeforeADeviceIsSaidToDiffer() throws IOException {
        mysql.counts = List.of(Map.of(A, points(3), B, points(7)));
        mysql.exact = List.of(Map.of(A, points(2)));
        iotdb.counts = List.of(Map.of(A, rows(2), B, rows(7)));
        iotdb.exact = List.of(Map.of(A, rows(2)));

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
        mysql.exact = mysql.counts;
        iotdb.counts = List.of(Map.of(A, rows(2)));
        iotdb.exact = List.of(Map.of(A, rows(3)));

        assertThat(run(Playback.none(), 5).different()).isEmpty();
    }

    @Test
    void veryLargeDevicesAreNotRead() throws IOException {
        mysql.counts = List.of(Map.of(A, points(3), B, points(1_000_000)));
        mysql.exact = List.of(Map.of(A, points(3)));
        iotdb.counts = List.of(Map.of(A, rows(2), B, rows(999_999)));
        iotdb.exact = List.of(Map.of(A, rows(2)));

        CountComparison.Result result = run(Playback.none(), 5);

        assertThat(mysql.wanted).containsExactly(Set.of(A));
        assertThat(result.different()).containsExactlyInAnyOrder(A, B);
        assertThat(result.notes()).singleElement().asString().startsWith("1 of the devices");
    }

    @Test
    void keptRowsAreNoDifference() throws IOException {
        mysql.counts = List.of(Map.of(A, new SourceCount(5, 3, 2, 0)));
        mysql.exact = mysql.counts;
        iotdb.counts = List.of(Map.of(A, rows(5)));
        iotdb.exact = iotdb.counts;

        assertThat(different(OnUpdate.OVERWRITE, OnDelete.DELETE)).containsExactly(A);
        assertThat(different(OnUpdate.OVERWRITE, OnDelete.IGNORE)).isEmpty();
        assertThat(different(OnUpdate.IGNORE, OnDelete.DELETE)).isEmpty();
        iotdb.counts = List.of(Map.of(A, rows(6)));
        iotdb.exact = iotdb.counts;
        assertThat(different(OnUpdate.IGNORE, OnDelete.DELETE)).containsExactly(A);
        iotdb.counts = List.of(Map.of(A, rows(2)));
        iotdb.exact = iotdb.counts;
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
        mysql.exact = mysql.counts;
        iotdb.counts = List.of(Map.of(A, rows(11)));
        iotdb.exact = iotdb.counts;

        CountComparison.Result result = run(new Playback(7, 7, 0), 3);

        assertThat(result.different()).containsExactly(A);
        assertThat(iotdb.looks).isEqualTo(4);
        assertThat(mysql.wanted).containsExactly(Set.of(A), Set.of(A));
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void replicationThatLagsLeavesANote() throws IOException {
        mysql.counts = List.of(Map.of(A, points(10)));
        mysql.exact = mysql.counts;
        iotdb.counts = List.of(Map.of(A, rows(9)));
        iotdb.exact = iotdb.counts;

        CountComparison.Result result = run(new Playback(7, 1_000_000, 1), 3);

        assertThat(result.different()).containsExactly(A);
        assertThat(result.equalAt()).isNull();
        assertThat(result.notes()).singleElement().asString().contains("may only be late");
    }
}
