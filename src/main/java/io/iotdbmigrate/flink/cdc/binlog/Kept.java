package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.CdcSpec;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;

/**
 * What is known at the place where the job reads, and cannot be asked for any more. A checkpoint
 * has it with that place. Thread-safe.
 */
record Kept(UnfilledTables unfilled, KeptKeys keys, KeptUniqueKeys unique, BegunFile file) {

    /** Makes what a job without a checkpoint knows. */
    static Kept of(CdcSpec spec) {
        return new Kept(
                new UnfilledTables(),
                new KeptKeys(),
                new KeptUniqueKeys(),
                BegunFile.of(spec.start(), spec.server()));
    }

    /** Takes what a checkpoint had. */
    void restore(MySqlBinlogSplit split) {
        unfilled.restore(split);
        keys.restore(split);
        unique.restore(split);
        file.restore(split);
    }

    /** Returns the split as a checkpoint is to have it. */
    MySqlBinlogSplit noted(MySqlBinlogSplit split) {
        return file.noted(unique.noted(keys.noted(unfilled.noted(split))));
    }
}
