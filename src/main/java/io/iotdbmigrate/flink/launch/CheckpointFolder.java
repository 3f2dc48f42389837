package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.config.MigrationConfig;

/** Where checkpoints and savepoints go. */
final class CheckpointFolder {
    private CheckpointFolder() {}

    /** Its URI, with a slash at the end. */
    static String of(MigrationConfig config, StateFolder state) {
        String configured = config.flink().checkpointDir();
        String folder = configured == null ? state.checkpoints().toUri().toString() : configured;
        return folder + (folder.endsWith("/") ? "" : "/");
    }
}
