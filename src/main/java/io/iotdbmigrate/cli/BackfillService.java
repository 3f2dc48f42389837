package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.state.StateFolder;

/** A service that copies the history. */
public interface BackfillService {

    /** Returns what a backfill would do; writes nothing. */
    BackfillPlan plan(MigrationConfig config, StateFolder state, BackfillRun.Options options);

    BackfillOutcome run(
            MigrationConfig config,
            StateFolder state,
            BackfillRun.Options options,
            BackfillListener listener)
            throws Exception;
}
