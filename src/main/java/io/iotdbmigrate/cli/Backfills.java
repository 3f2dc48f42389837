package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.launch.BackfillListener;
import io.iotdbmigrate.flink.launch.BackfillOutcome;
import io.iotdbmigrate.flink.launch.BackfillPlan;
import io.iotdbmigrate.flink.launch.BackfillRun;
import io.iotdbmigrate.flink.launch.StateFolder;

/** Copies the history. */
public interface Backfills {

    /** What a backfill would do; writes nothing. */
    BackfillPlan plan(MigrationConfig config, StateFolder state, BackfillRun.Options options);

    BackfillOutcome run(
            MigrationConfig config,
            StateFolder state,
            BackfillRun.Options options,
            BackfillListener listener)
            throws Exception;
}
