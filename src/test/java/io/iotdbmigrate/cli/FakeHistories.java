package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.html.RunScenes;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.run.history.MigrationHistory;
import io.iotdbmigrate.run.state.StateFolder;
import org.jspecify.annotations.Nullable;

/** Plays a migration that has come to its end, and remembers what it was asked. */
final class FakeHistories implements HistoryService {
    @Nullable StateFolder state;
    @Nullable Exception failure;

    @Override
    public MigrationHistory read(MigrationConfig config, StateFolder folder) throws Exception {
        state = folder;
        if (failure != null) {
            throw failure;
        }
        return RunScenes.history();
    }
}
