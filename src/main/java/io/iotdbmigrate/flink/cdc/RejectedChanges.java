package io.iotdbmigrate.flink.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.flink.io.RejectedFiles;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.RejectedRow;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.flink.metrics.Counter;

/** The rows of a replication that cannot be mapped: listed, counted, and no more than a limit. */
final class RejectedChanges {
    private final RejectedFiles files;
    private final long max;
    private final Counter counter;

    /**
     * @param max {@code rejected_rows.max}
     */
    RejectedChanges(String workDir, long max, Counter counter) {
        this.files = new RejectedFiles(workDir);
        this.max = max;
        this.counter = counter;
    }

    /**
     * Lists a row.
     *
     * @param before how many were rejected before it
     * @throws UserException exit code 6, if it is one too many
     */
    void add(RejectedRow row, ChangePosition position, long before) throws IOException {
        counter.inc();
        String name =
                position.isInBinlog()
                        ? position.file() + "-" + position.offset() + "-" + position.row()
                        : UUID.nameUUIDFromBytes((row.table() + row.key()).getBytes(UTF_8))
                                .toString();
        files.write(name, List.of(row));
        if (before + 1 > max) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "more than rejected_rows.max = %d rows cannot be mapped, the last one %s %s: %s = %s %s"
                            .formatted(
                                    max,
                                    row.table(),
                                    row.key(),
                                    row.column(),
                                    row.value(),
                                    row.reason()));
        }
    }
}
