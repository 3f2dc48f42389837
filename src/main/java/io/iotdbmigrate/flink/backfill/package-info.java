/** The bounded job that copies tables: source, sink and ledger. */
@NullMarked
package io.iotdbmigrate.flink.backfill;

import org.jspecify.annotations.NullMarked;
