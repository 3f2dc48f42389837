package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replication did over the last days, in the {@link Journal}: a small note about each
 * minute. Notes older than {@link #KEPT} are deleted.
 */
public final class CdcCourse {
    /** How long notes are kept: some 10,000 of them. */
    public static final Duration KEPT = Duration.ofDays(7);

    private static final String SERIES = "cdc";

    /** A job notes something that often; what it has not noted when it fails is of this time. */
    private static final Duration LONGEST_UNNOTED = Duration.ofMinutes(1);

    private static final int LONGEST_REASON = 300;

    private CdcCourse() {}

    /**
     * A failure after which the job was restarted.
     *
     * @param at by the cluster's clock
     * @param reason a sentence; a long one is cut
     */
    public record Failure(Instant at, String reason) {
        public Failure {
            reason =
                    reason.length() > LONGEST_REASON
                            ? reason.substring(0, LONGEST_REASON) + "..."
                            : reason;
        }
    }

    /**
     * A stretch of a replication, a minute or so.
     *
     * @param at its end
     * @param millis how long it is
     * @param events changed rows that became durable in it
     * @param rows changed rows that were durable at its end, since the job first began; null in
     *     notes of earlier versions
     * @param lagEvents events of the binlog that were not in IoTDB at its end; null if MySQL did
     *     not say
     * @param lagMillis how long a change waited at most until IoTDB had it durably; 0 if there was
     *     none
     * @param begun whether a command or a person started the job before it
     * @param failures those since the stretch before
     */
    public record Stretch(
            Instant at,
            long millis,
            long events,
            @Nullable Long rows,
            @Nullable Long lagEvents,
            long lagMillis,
            boolean begun,
            List<Failure> failures) {
        public Stretch {
            failures = List.copyOf(failures);
        }

        /** Returns when it began. */
        public Instant since() {
            return at.minusMillis(millis);
        }

        /**
         * Returns the stretch behind this one that nobody noted, as where IoTDB was away when the
         * job failed; empty if nothing became durable in it. How long changes waited in it is not
         * known.
         *
         * @param durable changed rows that are durable, since the job first began
         * @param begun when the job began anew
         */
        public Optional<Stretch> unnoted(long durable, Instant begun) {
            if (rows == null || durable <= rows || !begun.isAfter(at)) {
                return Optional.empty();
            }
            Duration length = Duration.between(at, begun);
            long most = Math.min(length.toMillis(), LONGEST_UNNOTED.toMillis());
            return Optional.of(
                    new Stretch(
                            at.plusMillis(most),
                            most,
                            durable - rows,
                            durable,
                            null,
                            0,
                            false,
                            List.of()));
        }
    }

    /** Notes a stretch. It is durable with the next entry of the journal. */
    public static void add(Journal journal, Stretch stretch) throws IOException {
        journal.note(SERIES, stretch.at(), stretch);
    }

    /** Returns the notes that are kept, oldest first. */
    public static List<Stretch> read(Journal journal, Instant now) throws IOException {
        List<Stretch> stretches = new ArrayList<>();
        for (JsonNode note : journal.notes(SERIES, now.minus(KEPT))) {
            stretches.add(StoredJson.fromNode(note, Stretch.class));
        }
        return stretches;
    }

    /** Returns the newest note; empty if there is none. */
    public static Optional<Stretch> newest(Journal journal) throws IOException {
        return journal.newestNote(SERIES).map(note -> StoredJson.fromNode(note, Stretch.class));
    }

    /** Deletes the notes that are too old. */
    public static void tidy(Journal journal, Instant now) throws IOException {
        journal.forget(SERIES, now.minus(KEPT));
    }

    /** Returns the failures of all stretches, oldest first. Two notes may tell of the same one. */
    public static List<Failure> failures(List<Stretch> stretches) {
        return stretches.stream()
                .flatMap(stretch -> stretch.failures().stream())
                .distinct()
                .sorted(Comparator.comparing(Failure::at))
                .toList();
    }
}
