package io.iotdbmigrate.cutover;

import java.util.function.UnaryOperator;

/**
 * What is the case, in memory and in the journal. Thread-safe, apart from the journal's own rules.
 */
final class JournaledState {
    private final CutoverJournal journal;
    private final CutoverListener listener;
    private CutoverState state;

    JournaledState(CutoverState state, CutoverJournal journal, CutoverListener listener) {
        this.state = state;
        this.journal = journal;
        this.listener = listener;
    }

    synchronized CutoverState state() {
        return state;
    }

    synchronized void update(UnaryOperator<CutoverState> change) {
        state = change.apply(state);
    }

    void update(StepName step, UnaryOperator<StepState> change) {
        update(s -> s.with(change.apply(s.step(step))));
    }

    /** Returns when the journal has what is in memory. */
    void write() throws Exception {
        journal.append(state());
    }

    /** Hands out notes for one run of one step. */
    Given give() {
        return new Given();
    }

    /** Notes that can be taken back: what a step that was left behind still says is void. */
    final class Given implements Notes, AutoCloseable {
        private volatile boolean valid = true;

        @Override
        public Facts facts() {
            return state().facts();
        }

        @Override
        public void add(UnaryOperator<Facts> change) {
            requireValid();
            update(s -> s.with(change.apply(s.facts())));
        }

        @Override
        public void addNow(UnaryOperator<Facts> change) throws Exception {
            add(change);
            write();
            requireValid();
        }

        @Override
        public void remark(String sentence) {
            add(facts -> facts.remark(sentence));
            listener.note(sentence);
        }

        @Override
        public void close() {
            valid = false;
        }

        private void requireValid() {
            if (!valid) {
                throw new IllegalStateException("this step has been given up");
            }
        }
    }
}
