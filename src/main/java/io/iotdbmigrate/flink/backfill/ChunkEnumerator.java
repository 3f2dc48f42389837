package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.ChunkPlanner;
import io.iotdbmigrate.mysql.ConnectFailure;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An enumerator that plans chunks table after table, each when a reader asks for it, and hands them
 * out in key order. Its state is a few cursors, however large the tables are.
 */
final class ChunkEnumerator implements SplitEnumerator<ChunkSplit, EnumeratorState> {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkEnumerator.class);

    private final SplitEnumeratorContext<ChunkSplit> context;
    private final BackfillSpec spec;
    private final MySqlConfig mysql;
    private final boolean backfills;
    private final List<ChunkPlanner> planners = new ArrayList<>();
    private final List<ChunkPlanner.@Nullable Cursor> cursors;
    private final Deque<ChunkSplit> returned;
    private final List<Long> finishedRows;
    private @Nullable Connection connection;

    ChunkEnumerator(
            SplitEnumeratorContext<ChunkSplit> context,
            BackfillSpec spec,
            boolean backfills,
            EnumeratorState state) {
        this.backfills = backfills;
        this.context = context;
        this.spec = spec;
        this.mysql = spec.mysql();
        for (int i = 0; i < spec.tables().size(); i++) {
            Table table = spec.tables().get(i);
            planners.add(new ChunkPlanner(table.sql(), i, spec.chunkRows(), table.estimatedRows()));
        }
        this.cursors = new ArrayList<>(state.cursors());
        this.returned = new ArrayDeque<>(state.returned());
        this.finishedRows = new ArrayList<>(state.finishedRows());
    }

    static EnumeratorState fresh(BackfillSpec spec) {
        List<ChunkPlanner.@Nullable Cursor> cursors = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        for (int i = 0; i < spec.tables().size(); i++) {
            cursors.add(null);
            rows.add(0L);
        }
        return new EnumeratorState(cursors, List.of(), rows);
    }

    /** Returns the state in which nothing is left to plan. */
    static EnumeratorState planned(BackfillSpec spec, List<Chunk> chunks) {
        EnumeratorState fresh = fresh(spec);
        List<ChunkPlanner.@Nullable Cursor> done = new ArrayList<>();
        fresh.cursors()
                .forEach(c -> done.add(new ChunkPlanner.Cursor(List.of(), List.of(), 0, 0, true)));
        return new EnumeratorState(
                done, chunks.stream().map(ChunkSplit::new).toList(), fresh.finishedRows());
    }

    @Override
    public void start() {
        if (backfills) {
            Optional<BinlogPosition> noted = BackfillEntries.begin(spec);
            Duration look = spec.binlogLook();
            if (noted.isPresent() && look != null) {
                context.callAsync(
                        new NotedPosition(mysql, noted.get())::look,
                        ChunkEnumerator::goOn,
                        look.toMillis(),
                        look.toMillis());
            }
        }
        for (int i = 0; i < finishedRows.size(); i++) {
            long before = finishedRows.get(i);
            context.metricGroup().gauge(BackfillMetrics.restoredRows(i), () -> before);
        }
    }

    /** Goes on unless the noted position is gone. A MySQL that does not answer is asked again. */
    private static void goOn(@Nullable UserException gone, @Nullable Throwable unanswered) {
        if (gone != null) {
            throw gone;
        }
        if (unanswered != null) {
            LOG.info("MySQL does not say how far back its binlog reaches", unanswered);
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        if (!context.registeredReaders().containsKey(subtask)) {
            return;
        }
        ChunkSplit split = returned.poll();
        if (split == null) {
            split = plan();
        }
        if (split == null) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(split, subtask);
        }
    }

    private @Nullable ChunkSplit plan() {
        try {
            for (int i = 0; i < planners.size(); i++) {
                ChunkPlanner planner = planners.get(i);
                ChunkPlanner.Cursor cursor = cursors.get(i);
                if (cursor == null) {
                    cursor = planner.begin(connection());
                    cursors.set(i, cursor);
                }
                if (!cursor.done()) {
                    ChunkPlanner.Next next = planner.next(connection(), cursor);
                    cursors.set(i, next.cursor());
                    return new ChunkSplit(next.chunk());
                }
            }
            return null;
        } catch (SQLException e) {
            if (ConnectFailure.isRefusal(e)) {
                throw ConnectFailure.refusal(mysql, e);
            }
            throw new IllegalStateException("cannot plan chunks: " + e.getMessage(), e);
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || !open.isValid(10)) {
            open = MySqlConnections.connect(mysql);
            connection = open;
        }
        return open;
    }

    @Override
    public void addSplitsBack(List<ChunkSplit> splits, int subtask) {
        splits.forEach(returned::addLast);
    }

    @Override
    public void addReader(int subtask) {
        // A reader asks for its chunks itself.
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof ChunkFinishedEvent finished) {
            finishedRows.set(
                    finished.mapping(), finishedRows.get(finished.mapping()) + finished.rows());
        }
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        return new EnumeratorState(
                new ArrayList<>(cursors), List.copyOf(returned), List.copyOf(finishedRows));
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
