package io.iotdbmigrate.cutover;

import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.cutover.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A runner that applies steps one after the other, and undoes what was begun, in reverse, when one
 * fails; what an undo has only set going is waited for when all are undone. The journal has each
 * step before and after it is applied or undone; the end of one and the beginning of the next are
 * one entry. Used by one thread, once.
 */
final class CutoverRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CutoverRunner.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final List<Step> steps;
    private final JournaledState ledger;
    private final TimeLimiter bounded;
    private final Timeouts timeouts;
    private final Clock clock;
    private final BooleanSupplier stop;
    private @Nullable String journalLost;

    CutoverRunner(
            List<Step> steps,
            JournaledState ledger,
            TimeLimiter bounded,
            Timeouts timeouts,
            Clock clock,
            BooleanSupplier stop) {
        this.steps = List.copyOf(steps);
        this.ledger = ledger;
        this.bounded = bounded;
        this.timeouts = timeouts;
        this.clock = clock;
        this.stop = stop;
    }

    /** How it ended, and what a person must do. */
    record Result(Ending ending, String sentence, List<String> toDo) {}

    /** Runs all steps, from the first step on. */
    Result run() {
        return forward(0);
    }

    /**
     * Goes on where a process died. What it left half done, and what no longer holds, is undone
     * first, and everything from there on is done again.
     */
    Result resume() {
        int from;
        try {
            from = firstToRepeat();
            for (int i = steps.size() - 1; i >= from; i--) {
                Step step = steps.get(i);
                if (state(step).needsUndo()) {
                    LOG.info("undoing {} before it is done again", step.name());
                    undo(step);
                    settle(step);
                }
                ledger.update(step.name(), s -> StepState.waiting(s.name()));
            }
        } catch (Throwable e) {
            LOG.error("cannot be taken up again", e);
            return back(e, "it could not be taken up again: " + NotSwitched.sentence(e));
        }
        return forward(from);
    }

    private int firstToRepeat() throws Exception {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (state(step).status() != Status.DONE || !holds(step)) {
                return i;
            }
        }
        return steps.size();
    }

    private boolean holds(Step step) throws Exception {
        try (JournaledState.Given notes = ledger.give()) {
            return bounded.call(step.name().label(), step.limit(), stop, () -> step.holds(notes));
        }
    }

    /** Undoes everything that was begun. */
    Result abort() {
        Result result = back(null, "aborted");
        return result.ending() == Ending.NEEDS_PERSON
                ? result
                : new Result(Ending.ABORTED, result.sentence(), result.toDo());
    }

    private Result forward(int from) {
        for (Step step : steps.subList(from, steps.size())) {
            try {
                apply(step);
            } catch (Throwable e) {
                LOG.error("step {} failed", step.name(), e);
                String why = sentence(step, e);
                ledger.update(step.name(), s -> s.failed(clock.now(), why));
                return back(e, why);
            }
        }
        return ledger.state().rehearsal()
                ? back(null, "everything but the switch worked")
                : switched();
    }

    private void apply(Step step) throws Exception {
        if (stop.getAsBoolean()) {
            throw new TimeLimiter.StopException();
        }
        ledger.update(step.name(), s -> s.begun(clock.now()));
        write();
        LOG.info("step {} begins", step.name());
        BooleanSupplier until = step.stoppable() ? stop : CutoverRunner::never;
        try (JournaledState.Given notes = ledger.give()) {
            String detail =
                    bounded.call(step.name().label(), step.limit(), until, () -> step.apply(notes));
            ledger.update(step.name(), s -> s.done(clock.now(), detail));
            LOG.info("step {} done: {}", step.name(), detail);
        }
    }

    private static String sentence(Step step, Throwable e) {
        return e instanceof TimeLimiter.LimitException
                ? e.getMessage() + "; " + step.tooLong()
                : NotSwitched.sentence(e);
    }

    /** Ends it. The application is with IoTDB: whatever fails from here on is a person's. */
    private Result switched() {
        ledger.update(state -> state.with(Phase.SWITCHED));
        String sentence = "the application was switched to IoTDB";
        try {
            write();
        } catch (Throwable e) {
            LOG.error("the journal does not take the end", e);
            return new Result(
                    Ending.NEEDS_PERSON,
                    sentence + ", but the journal does not know: " + NotSwitched.sentence(e),
                    List.of(
                            "leave MySQL as it is, and run neither --abort nor cdc",
                            "when IoTDB takes writes again, run iotdb-migrate cutover --resume; it"
                                    + " runs the switch hook once more and notes the end"));
        }
        return new Result(Ending.SWITCHED, sentence, List.of());
    }

    private Result back(@Nullable Throwable failure, String why) {
        ledger.update(state -> state.back(clock.now()));
        List<Step> begun = new ArrayList<>(steps);
        begun.removeIf(step -> !state(step).needsUndo());
        Collections.reverse(begun);
        List<String> toDo = new ArrayList<>();
        toDo.addAll(tryEach(begun, this::undo));
        toDo.addAll(tryEach(begun, this::settle));
        if (!toDo.isEmpty()) {
            toDo.add("then run iotdb-migrate cutover --abort, which looks after the rest");
            tryToWrite();
            return new Result(Ending.NEEDS_PERSON, why, toDo);
        }
        ledger.update(state -> state.with(Phase.UNDONE));
        journalLost = null;
        tryToWrite();
        if (journalLost != null) {
            toDo.add(
                    "when IoTDB takes writes again, run iotdb-migrate cutover --abort: everything is"
                            + " undone, but the journal does not know ("
                            + journalLost
                            + ")");
        }
        Ending ending = failure == null ? Ending.REHEARSED : Ending.UNDONE;
        return new Result(ending, why, toDo);
    }

    @FunctionalInterface
    private interface Way {
        void go(Step step) throws Exception;
    }

    /**
     * Takes out those that fail.
     *
     * @return what a person must do in their place
     */
    private List<String> tryEach(List<Step> of, Way way) {
        List<String> toDo = new ArrayList<>();
        for (Step step : List.copyOf(of)) {
            try {
                way.go(step);
            } catch (Throwable e) {
                LOG.error("step {} could not be undone", step.name(), e);
                of.remove(step);
                toDo.add(
                        step.byHand(ledger.state().facts())
                                + " (undoing \""
                                + step.name().label()
                                + "\" failed: "
                                + NotSwitched.sentence(e)
                                + ")");
            }
        }
        return toDo;
    }

    private void undo(Step step) throws Exception {
        ledger.update(step.name(), StepState::undoing);
        tryToWrite();
        LOG.info("step {} is being undone", step.name());
        persist(step, step::undo);
    }

    private void settle(Step step) throws Exception {
        persist(step, step::settle);
        ledger.update(step.name(), StepState::undone);
    }

    @FunctionalInterface
    private interface Undoing {
        void with(Notes notes) throws Exception;
    }

    /** Tries again and again for a while: a server that went away may come back. */
    private void persist(Step step, Undoing work) throws Exception {
        Instant deadline = clock.now().plus(timeouts.undo());
        while (true) {
            try (JournaledState.Given notes = ledger.give()) {
                bounded.call(
                        "undoing " + step.name().label(),
                        timeouts.undo(),
                        CutoverRunner::never,
                        () -> {
                            work.with(notes);
                            return true;
                        });
                return;
            } catch (Exception e) {
                if (!clock.now().plus(BETWEEN_TRIES).isBefore(deadline)) {
                    throw e;
                }
                LOG.warn("undoing {} failed, trying again", step.name(), e);
            }
            bounded.call("a pause", timeouts.undo(), CutoverRunner::never, this::pauseBetweenTries);
        }
    }

    private static boolean never() {
        return false;
    }

    private boolean pauseBetweenTries() throws InterruptedException {
        clock.sleep(BETWEEN_TRIES);
        return true;
    }

    private StepState state(Step step) {
        return ledger.state().step(step.name());
    }

    private void write() throws Exception {
        try {
            bounded.call(
                    "writing the journal",
                    timeouts.journal(),
                    CutoverRunner::never,
                    () -> {
                        ledger.write();
                        return true;
                    });
        } catch (Throwable e) {
            journalLost = NotSwitched.sentence(e);
            throw e;
        }
    }

    /**
     * Writes the journal once it is its turn. On the way back the servers come first: a journal
     * that fails is left alone until the end.
     */
    private void tryToWrite() {
        if (journalLost != null) {
            return;
        }
        try {
            write();
        } catch (Throwable e) {
            LOG.warn("the journal takes nothing", e);
        }
    }
}
