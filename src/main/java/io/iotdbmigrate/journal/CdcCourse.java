package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replication did over the last days, in the {@link Journal}: a small note about each
 * minute. Notes older than {@link #KEPT} are deleted.
 */
public final class CdcCourse {
    /** How long notes are kept: some 10,000 of them. */
    public static final Duration KEPT = Duration.ofDays(7);

    private static final String SERIES = "cdc";
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
     * @param events row events that became durable in it
     * @param lagEvents row events that were not in IoTDB at its end; null if MySQL did not say
     * @param lagMillis how long a change waited at most until IoTDB had it durably; 0 if there was
     *     none
     * @param begun whether a command or a person started the job before it
     * @param failures those since the stretch before
     */
    public record Stretch(
            Instant at,
            long millis,
            long events,
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
