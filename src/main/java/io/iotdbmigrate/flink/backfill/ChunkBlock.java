package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.mysql.RowPackets;

/**
 * Some rows of a chunk on their way from the thread that reads MySQL to the task, in the order of
 * the key.
 *
 * @param last whether the chunk ends with them
 */
record ChunkBlock(RowPackets rows, boolean last) {}
