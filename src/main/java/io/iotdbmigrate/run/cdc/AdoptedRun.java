package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.StartPositions;
import io.iotdbmigrate.flink.cluster.CheckpointFolder;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.CdcRunFile;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An adoption that lets the next replication of a state folder go on with one that another folder
 * began.
 */
public record AdoptedRun(MigrationConfig config, StateFolder state) {
    private static final Logger LOG = LoggerFactory.getLogger(AdoptedRun.class);

    /**
     * Adopts the run of a savepoint. Nothing happens if the state folder knows that one already, or
     * its checkpoints are not where this config has them.
     *
     * @param savepoints URI of its folder for savepoints; empty if that is not known
     */
    public void adopt(String savepoints) throws IOException {
        if (savepoints.isEmpty()) {
            return;
        }
        Path run = new Path(savepoints).getParent();
        if (!run.getParent()
                .equals(new Path(CheckpointFolder.of(config, state.checkpoints()) + "cdc"))) {
            LOG.info("{} is not where this config has its checkpoints", run);
            return;
        }
        Optional<CdcRunFile> known = CdcRunFile.read(state.cdcRunFile());
        if (known.isPresent() && known.get().runId().equals(run.getName())) {
            return;
        }
        MigrationPlan plan = MigrationPlan.of(config, List.of());
        Files.createDirectories(state.path());
        try (Journal journal = Journal.of(config)) {
            new CdcRunFile(
                            run.getName(),
                            StartPositions.lastBackfill(config, journal)
                                    .map(Finished::runId)
                                    .orElse(null),
                            MappingFingerprints.of(plan.mappings()))
                    .write(state.cdcRunFile());
        }
    }
}
