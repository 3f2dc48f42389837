package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Verification;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyProgress;
import io.iotdbmigrate.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares every value, whichever mode is asked for: the others prove less. */
public final class FullVerification implements Verification {
    private static final Logger LOG = LoggerFactory.getLogger(FullVerification.class);
    private static final int RECHECK = 5;
    private static final int SHOWN = 20;

    private final MigrationConfig config;
    private final StateFolder state;

    public FullVerification(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    @Override
    public Verified run(Verify mode) throws Exception {
        VerifyReport report =
                new VerifyRun(config, state)
                        .run(
                                new VerifyOptions(
                                        List.of(),
                                        List.of(),
                                        null,
                                        null,
                                        100,
                                        RECHECK,
                                        SHOWN,
                                        RepairMode.NONE),
                                new Quiet())
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

    @Override
    public Optional<Verified> lastFull() throws Exception {
        try (Journal journal =
                new Journal(
                        new Retries(config.iotdb(), config.sink().retries(), LOG::warn),
                        config.name())) {
            Verified last = null;
            for (Journal.Entry entry : journal.entries()) {
                if (entry.event().equals(VerifyJournal.VERIFIED)
                        && entry.fields().path(VerifyJournal.COMPLETE).asBoolean()) {
                    last = of(entry);
                }
            }
            return Optional.ofNullable(last);
        }
    }

    private static Verified of(Journal.Entry entry) {
        List<Verified.Table> tables = new ArrayList<>();
        for (JsonNode table : entry.fields().path("tables")) {
            long rows = table.path("mysql_rows").asLong();
            tables.add(
                    new Verified.Table(
                            table.path("table").asText(),
                            rows,
                            rows,
                            table.path("mysql_checksum").asText()));
        }
        boolean equal = entry.fields().path("equal").asBoolean();
        return new Verified(
                Verify.FULL,
                equal,
                entry.at(),
                tables,
                equal
                        ? List.of()
                        : List.of(
                                entry.fields().path("differences").asLong()
                                        + " rows differed; see differences.jsonl"));
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
