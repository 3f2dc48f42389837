package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.model.TargetRow;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one mapping on their way to the sink, many at a time because a record costs Flink more
 * than a row.
 *
 * @param mapping index into the job's tables
 * @param order of the first row among the rows of its mapping, by key; those behind it follow
 * @param receipt set on the last block of a chunk
 */
public record RowBlock(
        int mapping, long order, List<TargetRow> rows, @Nullable ChunkReceipt receipt)
        implements Serializable {}
