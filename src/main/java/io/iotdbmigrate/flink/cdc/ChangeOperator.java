package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.mapping.ChangeMapper;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.RejectedRow;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * An operator that turns row events into changes, and knows how far the replication is: when a
 * checkpoint completes, the last event that had passed before it is applied, for the sink has
 * flushed since. That position goes to the journal. Runs chained behind the source, in one
 * instance.
 */
final class ChangeOperator extends AbstractStreamOperator<Change>
        implements OneInputStreamOperator<BinlogEvent, Change> {
    private static final long serialVersionUID = 1L;

    private CdcSpec spec;
    private final @Nullable String rest;
    private transient List<ChangeMapper> mappers;
    private transient RejectedChanges rejections;
    private transient ListState<byte[]> state;
    private transient ListState<byte[]> preparedState;
    private transient ListState<byte[]> orderState;
    private transient PreparedRows prepared;
    private transient FollowedNames names;
    private transient UnloggedChanges unlogged;
    private transient ChangeProgress progress;
    private transient boolean goesOn;
    private transient Map<Long, ChangeProgress> checkpoints;
    private transient Journal journal;
    private transient Course course;
    private transient CourseNotes notes;
    private transient Counter events;
    private transient long readDelay;

    /**
     * @param rest of the cluster, {@code http://host:port}; null: as the TaskManager knows it
     */
    ChangeOperator(CdcSpec spec, @Nullable String rest) {
        this.spec = spec;
        this.rest = rest;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        spec = new FollowedTables(spec).now();
        state = list(context, "progress");
        progress = new ChangeProgress(begin(), null, 0, true, 0, 0, spec.server());
        prepared = new PreparedRows();
        preparedState = list(context, "prepared");
        orderState = list(context, "mappings");
        IntUnaryOperator indexes = MappingOrder.change(orderState.get(), spec.followed());
        for (byte[] bytes : preparedState.get()) {
            prepared.add(bytes, indexes);
        }
        for (byte[] bytes : state.get()) {
            progress = new ChangeProgressSerializer().fromVersionedBytes(bytes).reindexed(indexes);
            goesOn = true;
        }
        if (spec.start() instanceof CdcSpec.CdcStart.Restored restored) {
            requireRestored(restored);
            StartTables.requireRestored(
                    spec,
                    MappingOrder.shapes(orderState.get()),
                    progress.position(),
                    progress.server());
        }
        checkpoints = new TreeMap<>();
        names = new FollowedNames(spec.names(), spec.mappings(), name -> list(context, name));
        unlogged =
                new UnloggedChanges(
                        spec.withMappings(names.mappings()),
                        name -> list(context, name),
                        names::named,
                        !goesOn);
    }

    /** Makes sure that there is a place to go on from: without one the binlog's end would be it. */
    private void requireRestored(CdcSpec.CdcStart.Restored restored) {
        if (!goesOn) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the savepoint has no position of this replication; give one of it, or start"
                            + " without a savepoint");
        }
        restored.require(progress.server());
    }

    private static ListState<byte[]> list(StateInitializationContext context, String name) {
        try {
            return context.getOperatorStateStore()
                    .getListState(
                            new ListStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE));
        } catch (Exception e) {
            throw new IllegalStateException("there is no state " + name, e);
        }
    }

    private @Nullable ChangePosition begin() {
        return spec.start() instanceof CdcStart.At at
                ? new ChangePosition(
                        at.position().file(), at.position().offset(), at.position().offset(), -1, 0)
                : null;
    }

    @Override
    public void open() throws Exception {
        super.open();
        mappers = mappers(NewestRows.greatest(spec));
        Retries iotdb = Retries.of(spec.iotdb().tree(), spec.sink());
        getMetricGroup().gauge(CdcMetrics.IOTDB_WAIT, iotdb::waitingMillis);
        journal = new Journal(iotdb, spec.name());
        events = getMetricGroup().counter(CdcMetrics.EVENTS);
        events.inc(progress.rows());
        Counter rejected = getMetricGroup().counter(CdcMetrics.REJECTED);
        rejected.inc(progress.rejected());
        rejections = new RejectedChanges(spec.workDir(), spec.maxRejected(), rejected);
        getMetricGroup()
                .gauge(
                        CdcMetrics.LAST_EVENT_AT,
                        () -> {
                            ChangePosition position = progress.position();
                            return position == null ? 0L : position.atMillis();
                        });
        getMetricGroup().gauge(CdcMetrics.READ_DELAY, () -> readDelay);
        if (!goesOn || liesBehind(CdcJournal.read(journal))) {
            CdcJournal.replays(journal);
        }
        Refill.recover(spec);
        unlogged.look();
        report(progress, true);
        boolean restarted = getRuntimeContext().getTaskInfo().getAttemptNumber() > 0;
        notes = new CourseNotes(spec, pages(), restarted, CdcCourse.newest(journal).orElse(null));
        Instant begun = Instant.now();
        notes.goOn(progress.rows(), begun);
        course = new Course(notes, progress.rows(), begun);
    }

    private JobPages pages() {
        Configuration cluster =
                getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration();
        return new JobPages(
                rest == null
                        ? "http://"
                                + new ClusterAddress(
                                        Objects.requireNonNullElse(
                                                cluster.get(RestOptions.ADDRESS), "localhost"),
                                        cluster.get(RestOptions.PORT))
                        : rest,
                getRuntimeContext().getJobInfo().getJobId().toHexString());
    }

    private List<ChangeMapper> mappers(List<@Nullable Long> greatest) {
        List<ChangeMapper> made = new ArrayList<>();
        for (int i = 0; i < spec.tables().size(); i++) {
            boolean mayCollapse = !spec.tables().get(i).uniqueRows();
            int mapping = i;
            made.add(
                    new ChangeMapper(
                            i,
                            names.mappings().get(i).withAttributesInRows(),
                            mayCollapse,
                            greatest.get(i),
                            row -> names.heir(mapping, row)));
        }
        return made;
    }

    /** Tells whether it was restored from a checkpoint that is not the newest. */
    private boolean liesBehind(Optional<CdcJournal.Applied> noted) {
        ChangePosition last = noted.map(CdcJournal.Applied::position).orElse(null);
        ChangePosition own = progress.position();
        return last != null
                && (own == null
                        || !Objects.equals(noted.get().server(), progress.server())
                        || last.isBehind(own));
    }

    @Override
    public void processElement(StreamRecord<BinlogEvent> record) throws IOException {
        BinlogEvent event = record.getValue();
        if (event instanceof RowEvent row) {
            if (!progress.hasPassed(row)) {
                take(row);
            }
        } else if (event instanceof BinlogMark mark) {
            follow(mark);
        }
    }

    private void take(RowEvent event) throws IOException {
        if (prepared.take(event)) {
            progress = progress.at(event).step(event.step(), event.last());
            return;
        }
        boolean rejects = apply(event, event);
        progress =
                new ChangeProgress(
                        event.position().isInBinlog() ? event.position() : progress.position(),
                        event.gtid(),
                        event.step(),
                        event.last(),
                        progress.rows() + 1,
                        progress.rejected() + (rejects ? 1 : 0),
                        progress.server());
        readDelay = Math.max(0, System.currentTimeMillis() - event.position().atMillis());
    }

    private void follow(BinlogMark mark) throws IOException {
        if (mark.kind() == BinlogMark.Kind.SERVER) {
            if (!mark.name().equals(progress.server())) {
                LostTransactions.requireNone(spec, journal, progress.gtid());
                unlogged.otherServer();
            }
            progress = progress.on(mark);
            return;
        }
        boolean known = progress.hasPassed(mark);
        if (!known) {
            unlogged.follow(mark);
        }
        for (RowEvent event : prepared.follow(mark, known)) {
            boolean rejects = apply(event, mark);
            progress = progress.counting(rejects);
        }
        if (!known) {
            progress = progress.at(mark);
        }
    }

    /**
     * Applies a row.
     *
     * @param place where it counts: its own, or where its XA transaction was committed
     * @return whether the row was rejected
     */
    private boolean apply(RowEvent event, BinlogEvent place) throws IOException {
        events.inc();
        course.passed(place.position().atMillis(), event.last());
        if (event.table() < names.count()) {
            if (names.follow(event, place, progress.server())) {
                // They remember the devices of rows that have another name now.
                mappers = mappers(NewestRows.greatest(mappers));
            }
            names.takeLate().forEach(unlogged::late);
            names.takeAttributes(spec.parallelism())
                    .forEach(change -> output.collect(new StreamRecord<>(change)));
            return false;
        }
        unlogged.row(event.table() - names.count(), event);
        ChangeMapper.Mapped mapped = map(mappers.get(event.table() - names.count()), event);
        names.mapped(event, mapped.rejected() != null);
        RejectedRow row = mapped.rejected();
        if (row != null) {
            rejections.add(row, event.position(), progress.rejected());
        }
        for (Change change : mapped.changes()) {
            output.collect(new StreamRecord<>(change));
        }
        return row != null;
    }

    private static ChangeMapper.Mapped map(ChangeMapper mapper, RowEvent event) {
        Object[] before = event.before();
        Object[] after = event.after();
        if (after == null) {
            return mapper.deleted(Objects.requireNonNull(before), event.position());
        }
        if (before == null) {
            // Rows that were read again come in any order.
            return event.position().isInBinlog() ? mapper.inserted(after) : mapper.arrived(after);
        }
        return mapper.updated(before, after, event.position());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(List.of(new ChangeProgressSerializer().toVersionedBytes(progress)));
        preparedState.update(List.of(prepared.toBytes()));
        orderState.update(MappingOrder.of(spec.followed()));
        names.snapshot(context.getCheckpointId(), progress);
        unlogged.snapshot(context.getCheckpointId(), progress.position());
        checkpoints.put(context.getCheckpointId(), progress);
        course.snapshot(context.getCheckpointId());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        ChangeProgress applied = checkpoints.get(checkpointId);
        checkpoints.keySet().removeIf(id -> id <= checkpointId);
        boolean done = unlogged.completed(checkpointId, journal);
        names.completed(checkpointId, changes -> NameJournal.changed(journal, changes));
        if (applied != null && done) {
            report(applied, true);
            course.applied(checkpointId, applied, Instant.now());
        }
    }

    /**
     * Writes how far it is, also if that is as before: a server that was killed may have lost what
     * it had acknowledged.
     */
    private void report(ChangeProgress applied, boolean running) throws IOException {
        CdcJournal.write(
                journal,
                new CdcJournal.Applied(
                        applied.settled(),
                        applied.rows(),
                        applied.rejected(),
                        Instant.now(),
                        running,
                        applied.server()));
    }

    @Override
    public void close() throws Exception {
        if (course != null) {
            course.ended();
        }
        if (notes != null) {
            notes.close();
        }
        if (journal != null) {
            journal.close();
        }
        super.close();
    }
}
