package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ClusterAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a backfill ended that did not fail. */
public sealed interface BackfillOutcome {

    /** Everything is in IoTDB. */
    record Finished(Report report) implements BackfillOutcome {}

    /** An earlier run had finished these tables; nothing was done. */
    record AlreadyFinished(Report report) implements BackfillOutcome {}

    /** Stopped on request; the next run goes on from its last checkpoint. */
    record Stopped(boolean resumable) implements BackfillOutcome {}

    /**
     * A remote cluster has the job, and nobody waits for it.
     *
     * @param job its id in Flink
     */
    record Detached(ClusterAddress cluster, String job) implements BackfillOutcome {}

    /**
     * Counts of one table.
     *
     * @param mapping the entry of the config that it is of
     * @param devicePattern under which its devices are
     * @param rows read from MySQL
     * @param points values written
     * @param devices that IoTDB has under the table's device template now
     * @param empty rows with nothing but nulls, which do not exist in IoTDB
     * @param collapsed rows beyond the first of each (device, time)
     * @param zeroDates values that became null because no calendar has their date
     * @param skipped values that on_invalid has left out
     */
    record Table(
            String name,
            String mapping,
            String devicePattern,
            long rows,
            long points,
            long devices,
            long empty,
            long collapsed,
            long rejected,
            long zeroDates,
            long skipped) {
        /** Makes those of a table that an entry names alone. */
        public Table(
                String name,
                long rows,
                long points,
                long devices,
                long empty,
                long collapsed,
                long rejected,
                long zeroDates) {
            this(name, name, name, rows, points, devices, empty, collapsed, rejected, zeroDates, 0);
        }
    }

    /**
     * The closing report.
     *
     * @param duration of the job, from the noted position to the finished entry in the journal
     * @param position in the binlog from before the first read; null where MySQL writes no binlog
     */
    record Report(
            List<Table> tables,
            Instant finishedAt,
            Duration duration,
            @Nullable BinlogPosition position) {

        public long rows() {
            return tables.stream().mapToLong(Table::rows).sum();
        }

        public long skipped() {
            return tables.stream().mapToLong(Table::skipped).sum();
        }

        public long rejected() {
            return tables.stream().mapToLong(Table::rejected).sum();
        }
    }
}
