package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.journal.CdcCourse.Stretch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Notes about the course of a replication that the journal has not taken yet, oldest first. */
final class UnwrittenNotes {
    /** Half a day of notes; of more, the oldest are left out. */
    static final int MOST = 720;

    private final Deque<Stretch> notes = new ArrayDeque<>();

    /** Where notes are written. */
    @FunctionalInterface
    interface Target {
        void write(Stretch note) throws IOException;
    }

    void add(Stretch note) {
        notes.add(note);
        if (notes.size() > MOST) {
            notes.remove();
        }
    }

    int size() {
        return notes.size();
    }

    /**
     * Writes them. A note that the target does not take stays, and so do those after it.
     *
     * @param goOn is asked before each note
     */
    void write(Target target, BooleanSupplier goOn) throws IOException {
        while (!notes.isEmpty() && goOn.getAsBoolean()) {
            target.write(notes.element());
            notes.remove();
        }
    }
}
