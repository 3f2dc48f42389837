package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.model.ChangePosition;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a replication has come, in the {@link Journal}. */
public final class CdcJournal {
    private static final String STATE = "cdc";
    private static final String REPLAYS = "replication_replays";

    private CdcJournal() {}

    /**
     * What is known.
     *
     * @param position everything up to and including this change is in IoTDB, durably; where
     *     nothing was applied yet, where the job began, null if it did not say
     * @param rows row events that led to it, since the job first began
     * @param running whether a job wrote this that has not said that it stopped
     * @param server {@code server_uuid} of the server whose binlog has the position; null if it was
     *     not noted
     */
    public record Applied(
            @Nullable ChangePosition position,
            long rows,
            long rejected,
            Instant at,
            boolean running,
            @Nullable String server) {
        /** Before a replication has begun. */
        public static final Applied NOTHING = new Applied(null, 0, 0, Instant.EPOCH, false, null);

        /** Returns the same after the job has stopped. */
        public Applied stopped() {
            return new Applied(position, rows, rejected, at, false, server);
        }

        /**
         * Returns the position in the binlog of a server; empty, if it is one in the binlog of
         * another, where the same file and offset are another place.
         *
         * @param serverUuid of the server that is asked
         */
        public Optional<ChangePosition> positionOn(String serverUuid) {
            return server == null || server.equals(serverUuid)
                    ? Optional.ofNullable(position)
                    : Optional.empty();
        }
    }

    /** What is known, as the journal has it beside the time. */
    private record State(
            @Nullable String file,
            long transaction,
            long offset,
            int row,
            long executedAt,
            long rows,
            long rejected,
            boolean running,
            @Nullable String serverUuid) {
        static State of(Applied applied) {
            ChangePosition at = applied.position();
            return new State(
                    at == null ? null : at.file(),
                    at == null ? 0 : at.transaction(),
                    at == null ? 0 : at.offset(),
                    at == null ? 0 : at.row(),
                    at == null ? 0 : at.atMillis(),
                    applied.rows(),
                    applied.rejected(),
                    applied.running(),
                    applied.server());
        }

        Applied applied(Instant at) {
            return new Applied(
                    file == null
                            ? null
                            : new ChangePosition(file, transaction, offset, row, executedAt),
                    rows,
                    rejected,
                    at,
                    running,
                    serverUuid);
        }
    }

    /** The note that changes are applied again; it has no fields. */
    private record Replay() {}

    /** Notes how far it is. */
    public static void write(Journal journal, Applied applied) throws IOException {
        journal.putState(STATE, State.of(applied));
    }

    /** Returns how far it is; empty if no replication has noted anything. */
    public static Optional<Applied> read(Journal journal) throws IOException {
        return journal.state(STATE).map(CdcJournal::of);
    }

    /** Notes that changes are applied (again) that may have been in IoTDB before. */
    public static void replays(Journal journal) throws IOException {
        journal.append(REPLAYS, new Replay());
    }

    /** Tells whether an entry notes that. */
    public static boolean isReplay(Journal.Entry entry) {
        return entry.event().equals(REPLAYS);
    }

    private static Applied of(JsonNode fields) {
        return StoredJson.fromNode(fields, State.class)
                .applied(Instant.parse(fields.path("at").asText()));
    }
}
