package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.mysql.ChunkPlanner;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the planning is.
 *
 * @param cursors per table; null where planning has not begun
 * @param returned chunks that a failed reader gave back
 * @param finishedRows per table, rows of the chunks that were read to their end
 */
public record EnumeratorState(
        List<ChunkPlanner.@Nullable Cursor> cursors,
        List<ChunkSplit> returned,
        List<Long> finishedRows)
        implements Serializable {}
