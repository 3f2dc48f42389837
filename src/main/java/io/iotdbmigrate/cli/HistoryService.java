package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.run.history.MigrationHistory;
import io.iotdbmigrate.run.state.StateFolder;

/** A service that reads what a migration left behind. */
public interface HistoryService {
    MigrationHistory read(MigrationConfig config, StateFolder state) throws Exception;
}
