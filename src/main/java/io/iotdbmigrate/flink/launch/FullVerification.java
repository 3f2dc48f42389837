package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyProgress;
import io.iotdbmigrate.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares every value, as {@code verify} does. */
final class FullVerification {
    private static final Logger LOG = LoggerFactory.getLogger(FullVerification.class);
    private static final int RECHECK = 5;
    private static final int SHOWN = 20;

    private final MigrationConfig config;
    private final StateFolder state;

    FullVerification(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /**
     * @param mode that was asked for, {@link Verify#COUNTS} proves less
     */
    Verified run(Verify mode) throws Exception {
        VerifyReport report =
                new VerifyRun(config, state)
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
        return new Verified(mode, report.equal(), report.finishedAt(), tables, differences);
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
        public boolean stopRequested() {
            return Thread.currentThread().isInterrupted();
        }
    }
}
