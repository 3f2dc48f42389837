package io.iotdbmigrate.testkit;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Cutover;
import io.iotdbmigrate.cutover.CutoverOptions;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.flink.cluster.SharedCluster;
import io.iotdbmigrate.run.cdc.LocalStart;
import io.iotdbmigrate.run.cutover.CutoverWiring;
import io.iotdbmigrate.run.cutover.FlinkCdcJob;
import java.util.ArrayList;
import java.util.List;

/** A cutover that is tried and undone, in this process. */
public final class Rehearsal {
    private static final CutoverOptions REHEARSE = new CutoverOptions(true, true);

    private Rehearsal() {}

    /**
     * Rehearses the cutover of a migration that is replicated in this process. What it starts again
     * is stopped at the end.
     */
    public static CutoverReport of(Migration migration) throws Exception {
        List<Replication> started = new ArrayList<>();
        try {
            return rehearse(migration, () -> begin(migration, started));
        } finally {
            for (Replication replication : started) {
                replication.awaitApplied().close();
            }
        }
    }

    /**
     * Begins to replicate again; returns when the job runs, as the cutover may look for it next.
     */
    private static void begin(Migration migration, List<Replication> started) throws Exception {
        Replication replication = migration.replicate();
        started.add(replication);
        replication.awaitTold(1);
    }

    private static CutoverReport rehearse(Migration migration, LocalStart start) throws Exception {
        MigrationConfig config = migration.config().atOrigin();
        FlinkCdcJob job = new FlinkCdcJob(config, migration.state(), null, start);
        Nobody nobody = Nobody.atAll();
        try (CutoverPorts ports =
                CutoverWiring.ports(
                        config,
                        nobody,
                        job,
                        SharedCluster.verification(config, migration.state(), job))) {
            return new Cutover(config, ports, nobody, nobody, nobody::ends).run(REHEARSE);
        }
    }
}
