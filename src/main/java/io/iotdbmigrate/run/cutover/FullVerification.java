package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.verify.CountsRun;
import io.iotdbmigrate.run.verify.VerifyRun;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyProgress;
import io.iotdbmigrate.verify.VerifyReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verification that compares every value, or counts rows, as {@code verify} does. Used by one
 * thread at a time.
 */
final class FullVerification implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FullVerification.class);
    private static final int RECHECK = 5;
    private static final int SHOWN = 20;

    private final MigrationConfig config;
    private final StateFolder state;
    private final Clusters clusters;
    private @Nullable FlinkCluster waiting;

    FullVerification(MigrationConfig config, StateFolder state, Clusters clusters) {
        this.config = config;
        this.state = state;
        this.clusters = clusters;
    }

    /** Starts what is going to compare the values. */
    void prepare() throws Exception {
        close();
        waiting = clusters.open(null, config.backfill().parallelism(), 0);
    }

    /** Compares every value. */
    Verified values() throws Exception {
        FlinkCluster prepared = waiting;
        waiting = null;
        VerifyReport report =
                new VerifyRun(
                                config,
                                state,
                                null,
                                prepared == null ? clusters : (remote, slots, port) -> prepared)
                        .run(VerifyOptions.all(RECHECK, SHOWN), new Quiet())
                        .orElseThrow(InterruptedException::new);
        List<Verified.Table> tables = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (VerifyReport.Table table : report.tables()) {
            long wrong = table.missing() + table.different();
            tables.add(
                    new Verified.Table(
                            table.name(),
                            table.mysqlRows(),
                            table.mysqlRows() - wrong,
                            table.mysqlChecksum()));
            if (table.differences() > 0) {
                differences.add(
                        "%s: %d rows are missing in IoTDB, %d are extra, %d differ"
                                .formatted(
                                        table.name(),
                                        table.missing(),
                                        table.extra(),
                                        table.different()));
            }
        }
        return new Verified(Verify.FULL, report.equal(), report.finishedAt(), tables, differences);
    }

    /** Returns the rows of each device. */
    Verified counts() throws IOException {
        CountReport report =
                new CountsRun(config, state).run(VerifyOptions.all(RECHECK, SHOWN), new Quiet());
        List<Verified.Table> tables = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (CountReport.Table table : report.tables()) {
            tables.add(
                    new Verified.Table(
                            table.name(), table.mysql().points(), table.iotdb().rows(), ""));
            if (table.differing() > 0) {
                differences.add(
                        "%s: %d devices have another number of rows"
                                .formatted(table.name(), table.differing()));
            }
        }
        return new Verified(
                Verify.COUNTS, report.equal(), report.finishedAt(), tables, differences);
    }

    @Override
    public void close() throws Exception {
        FlinkCluster prepared = waiting;
        waiting = null;
        if (prepared != null) {
            prepared.close();
        }
    }

    /** The cutover shows its own progress. */
    private static final class Quiet implements VerifyListener {
        @Override
        public void planned(int tables, long estimatedRows) {
            LOG.info("comparing {} tables, about {} rows", tables, estimatedRows);
        }

        @Override
        public void note(String message) {
            LOG.info(message);
        }

        @Override
        public void progress(VerifyProgress progress) {
            LOG.debug("{}", progress);
        }

        @Override
        public boolean agrees(String question) {
            return false;
        }

        @Override
        public boolean stopRequested() {
            return Thread.currentThread().isInterrupted();
        }
    }
}
