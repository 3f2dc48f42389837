package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    public static void write(Journal journal, Applied applied) throws IOException {
        ObjectNode fields = journal.newFields();
        ChangePosition position = applied.position();
        if (position != null) {
            fields.put("file", position.file())
                    .put("transaction", position.transaction())
                    .put("offset", position.offset())
                    .put("row", position.row())
                    .put("executed_at", position.atMillis());
        }
        fields.put("rows", applied.rows())
                .put("rejected", applied.rejected())
                .put("running", applied.running())
                .put("server_uuid", applied.server());
        journal.putState(STATE, fields);
    }

    public static Optional<Applied> read(Journal journal) throws IOException {
        return journal.state(STATE).map(CdcJournal::of);
    }

    /** Notes that changes are applied (again) that may have been in IoTDB before. */
    public static void replays(Journal journal) throws IOException {
        journal.append(REPLAYS, journal.newFields());
    }

    /** Tells whether an entry notes that. */
    public static boolean isReplay(Journal.Entry entry) {
        return entry.event().equals(REPLAYS);
    }

    private static Applied of(JsonNode fields) {
        ChangePosition position =
                fields.has("file")
                        ? new ChangePosition(
                                fields.path("file").asText(),
                                fields.path("transaction").asLong(),
                                fields.path("offset").asLong(),
                                fields.path("row").asInt(),
                                fields.path("executed_at").asLong())
                        : null;
        return new Applied(
                position,
                fields.path("rows").asLong(),
                fields.path("rejected").asLong(),
                Instant.parse(fields.path("at").asText()),
                fields.path("running").asBoolean(),
                fields.path("server_uuid").textValue());
    }
}
