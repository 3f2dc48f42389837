package io.iotdbmigrate.flink.cdc.apply;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.config.SinkConfig;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.rows.DuplicateRows;
import io.iotdbmigrate.mysql.rows.UnitPoints;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the writer gathers while IoTDB is at work, and what it waits for. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChangeWriterTest {
    private static final TableMapping MAPPING =
            new MappingBuilder("root.plant.{site}", "at")
                    .measurement("a")
                    .plan(
                            TimePrecision.MS,
                            column("site", "varchar(20)"),
                            column("at", "bigint"),
                            nullable("a", "int"));
    private static final Device DEVICE = Device.of("root.plant.x");

    /** More than what the tests gather. */
    private static final long ROOMY = 1L << 20;

    private final ManualClock clock = new ManualClock();
    private final Iotdb iotdb = new Iotdb();

    private ChangeWriter writer(long maxBufferedBytes) {
        CdcSpec spec =
                new CdcSpec(
                        "plant",
                        null,
                        null,
                        List.of(new CdcSpec.Table(MAPPING, List.of(), true, true, true, true)),
                        new CdcSpec.Names(List.of(), null),
                        new CdcSpec.CdcStart.Restored(null, false),
                        "uuid",
                        null,
                        Duration.ofSeconds(30),
                        null,
                        List.of("root.plant"),
                        1,
                        new SinkConfig(10_000, maxBufferedBytes, 0),
                        0,
                        "",
                        null);
        return new ChangeWriter(
                spec,
                iotdb,
                new UnitPoints(spec.mappings(), new DuplicateRows(null)),
                new UnregisteredMetricsGroup(),
                clock);
    }

    private static Change deletion(long time) {
        return new Change(0, Change.Kind.DELETE, DEVICE, time, null, List.of());
    }

    private static Change row(long time) {
        return new Change(0, Change.Kind.INSERT, DEVICE, time, new Object[] {1}, List.of());
    }

    private void delete(ChangeWriter writer, long... times) throws Exception {
        for (long time : times) {
            writer.write(deletion(time), null);
        }
    }

    private static FutureTask<Boolean> onAnotherThread(Action action, AtomicInteger done) {
        FutureTask<Boolean> task =
                new FutureTask<>(
                        () -> {
                            action.run();
                            done.incrementAndGet();
                            return true;
                        });
        Thread thread = new Thread(task, "task of the test");
        thread.setDaemon(true);
        thread.start();
        await().until(
                        () ->
                                thread.getState() == Thread.State.WAITING
                                        || thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private interface Action {
        void run() throws Exception;
    }

    @Test
    void aSingleChangeIsAppliedSoonAndWithoutACheckpoint() throws Exception {
        iotdb.letPass(1);
        try (ChangeWriter writer = writer(ROOMY)) {
            delete(writer, 7);
            clock.advance(300);
            await().until(() -> iotdb.done.contains("clear [7]"));
        }
    }

    @Test
    void aReaderThatFaltersDoesNotEndABacklog() throws Exception {
        try (ChangeWriter writer = writer(ROOMY)) {
            delete(writer, LongStream.range(0, 1_000).toArray());
            clock.advance(100);
            delete(writer, 1_000);
            clock.advance(300);
            assertThat(iotdb.done).as("more is to be expected").isEmpty();
            clock.advance(200);
            iotdb.awaitBegun(1);
            iotdb.letPass(1);
        }
    }

    /** Deletions cost the less the more go together, rows do not. */
    @Test
    void inABacklogDeletionsAreGatheredForLonger() throws Exception {
        try (ChangeWriter writer = writer(ROOMY)) {
            busyTicks(90, () -> delete(writer, LongStream.range(0, 1_000).toArray()));
            assertThat(iotdb.done).as("after 9 s").isEmpty();
            busyTicks(11, () -> delete(writer, LongStream.range(0, 1_000).toArray()));
            iotdb.awaitBegun(1);
            iotdb.letPass(1);
        }
    }

    @Test
    void inABacklogRowsAreGatheredForHalfASecond() throws Exception {
        try (ChangeWriter writer = writer(ROOMY)) {
            Action thousandRows =
                    () -> {
                        for (int time = 0; time < 1_000; time++) {
                            writer.write(row(time), null);
                        }
                    };
            busyTicks(4, thousandRows);
            assertThat(iotdb.done).as("after 0.4 s").isEmpty();
            busyTicks(2, thousandRows);
            await().until(() -> iotdb.done.contains("write"));
        }
    }

    private void busyTicks(int ticks, Action action) throws Exception {
        for (int tick = 0; tick < ticks; tick++) {
            action.run();
            clock.advance(100);
        }
    }

    @Test
    void whileSomeAreAppliedTheNextAreGatheredAndThenAppliedTogether() throws Exception {
        try (ChangeWriter writer = writer(ROOMY)) {
            delete(writer, 1);
            clock.advance(300);
            iotdb.awaitBegun(1);
            delete(writer, 2);
            clock.advance(300);
            delete(writer, 3, 3, 2);
            clock.advance(5_000);
            assertThat(iotdb.begun.get()).isEqualTo(1);
            iotdb.letPass(3);
            await().until(
                            () -> {
                                clock.advance(100);
                                return iotdb.done.size() == 2;
                            });
        }
        assertThat(iotdb.done).containsExactly("clear [1]", "clear [2, 3]", "close");
    }

    @Test
    void aCheckpointWaitsForAllThatCameBeforeIt() throws Exception {
        try (ChangeWriter writer = writer(ROOMY)) {
            delete(writer, 1);
            clock.advance(300);
            iotdb.awaitBegun(1);
            delete(writer, 2);
            AtomicInteger passed = new AtomicInteger();
            FutureTask<Boolean> barrier = onAnotherThread(() -> writer.flush(false), passed);
            assertThat(passed.get()).isZero();
            iotdb.letPass(2);
            barrier.get();
            assertThat(iotdb.done).containsExactly("clear [1]", "clear [2]", "flush");
            writer.flush(false);
        }
        assertThat(iotdb.done).as("nothing came after the first").hasSize(4).endsWith("close");
    }

    @Test
    void noMoreIsGatheredThanFitsIntoMemory() throws Exception {
        try (ChangeWriter writer = writer(800)) {
            AtomicInteger written = new AtomicInteger();
            FutureTask<Boolean> writing =
                    onAnotherThread(
                            () -> {
                                for (int time = 1; time <= 12; time++) {
                                    delete(writer, time);
                                    written.incrementAndGet();
                                }
                            },
                            new AtomicInteger());
            assertThat(written.get()).as("5 are applied, the tenth is too many").isEqualTo(9);
            iotdb.letPass(12);
            writing.get();
            writer.flush(false);
        }
        assertThat(iotdb.done)
                .filteredOn(done -> done.startsWith("clear"))
                .containsExactly(
                        "clear [1, 2, 3, 4, 5]", "clear [6, 7, 8, 9, 10]", "clear [11, 12]");
    }

    @Test
    void aFailureSurfacesThoughNothingElseComes() throws Exception {
        iotdb.failure = new IOException("IoTDB is away");
        iotdb.letPass(1);
        try (ChangeWriter writer = writer(ROOMY)) {
            delete(writer, 1);
            await().until(
                            () -> {
                                try {
                                    clock.advance(100);
                                    return false;
                                } catch (IOException e) {
                                    return e.getMessage().equals("IoTDB is away");
                                }
                            });
            assertThatThrownBy(() -> writer.flush(false)).hasMessage("IoTDB is away");
        }
        assertThat(iotdb.done).doesNotContain("flush");
    }

    @Test
    void aRefusalEndsTheJob() throws Exception {
        UserException refusal = new UserException(ExitCode.IOTDB, "IoTDB refuses root.plant.x");
        iotdb.failure = refusal;
        iotdb.letPass(1);
        try (ChangeWriter writer = writer(ROOMY)) {
            delete(writer, 1);
            assertThatThrownBy(() -> writer.flush(false)).isSameAs(refusal);
        }
    }

    /** A write that arrives later could undo what the next attempt of the task has written. */
    @Test
    void closingWaitsUntilIotdbHasAnswered() throws Exception {
        ChangeWriter writer = writer(ROOMY);
        delete(writer, 1);
        clock.advance(300);
        iotdb.awaitBegun(1);
        AtomicInteger closed = new AtomicInteger();
        FutureTask<Boolean> closing = onAnotherThread(writer::close, closed);
        assertThat(closed.get()).isZero();
        iotdb.letPass(1);
        closing.get();
        assertThat(iotdb.done).containsExactly("clear [1]", "close");
    }

    /** Each clearing is answered when it is let pass; an interrupt does not reach the server. */
    private static final class Iotdb implements Target {
        private final Semaphore passes = new Semaphore(0);
        private final AtomicInteger begun = new AtomicInteger();
        private final List<String> done = new CopyOnWriteArrayList<>();
        private volatile @Nullable Exception failure;

        void letPass(int clearings) {
            passes.release(clearings);
        }

        void awaitBegun(int clearings) {
            await().until(() -> begun.get() == clearings);
        }

        @Override
        public void clear(
                TableMapping mapping, List<Integer> measurements, Map<Device, long[]> times)
                throws IOException {
            begun.incrementAndGet();
            passes.acquireUninterruptibly();
            if (failure instanceof IOException away) {
                throw away;
            }
            if (failure instanceof UserException refusal) {
                throw refusal;
            }
            times.values().forEach(t -> done.add("clear " + Arrays.toString(t)));
        }

        @Override
        public void createDatabases(List<String> databases) {
            assertThat(databases).containsExactly("root.plant");
        }

        @Override
        public void write(TabletBuffer rows) {
            done.add("write");
        }

        @Override
        public void flush(List<String> databases) {
            done.add("flush");
        }

        @Override
        public void close() {
            done.add("close");
        }

        @Override
        public void deletePoints(
                TableMapping mapping, Device device, List<Integer> measurements, long time) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void mark(TableMapping mapping, Map<Device, long[]> times) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unmark(TableMapping mapping, Device device, long[] times) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void eraseDevices(TableMapping mapping, List<StoredDevice> devices) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void erase(TableMapping mapping) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void erase(TableMapping mapping, long from, long to) {
            throw new UnsupportedOperationException();
        }
    }
}
