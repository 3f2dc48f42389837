package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.model.Chunk;
import java.io.Serializable;

/**
 * What reading one chunk to its end came to. It follows the chunk's rows through the sink, so that
 * whoever holds it knows that they are durable in IoTDB.
 *
 * @param rows read from MySQL
 * @param points values handed to the sink, nulls not counted
 * @param empty rows whose measurements are all null: they do not exist in IoTDB
 * @param rejected rows that could not be mapped
 * @param zeroDates values that became null because no calendar has their date
 * @param skipped values that on_invalid has left out
 */
public record ChunkReceipt(
        Chunk chunk,
        long rows,
        long points,
        long empty,
        long rejected,
        long zeroDates,
        long skipped)
        implements Serializable {}
