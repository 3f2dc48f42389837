/** Writes to IoTDB: a Sink V2, and the ledger that closes a backfill. */
@NullMarked
package io.iotdbmigrate.flink.sink;

import org.jspecify.annotations.NullMarked;
