package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.cutover.CutoverListener;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.Person;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.cutover.StepState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cutover as the person sees it: a checklist that fills in, questions, Ctrl-C. Where nothing can
 * be drawn over, each step is a line when it ends. Thread-safe.
 */
public final class CutoverTerminal implements CutoverListener, Person, AutoCloseable {
    private static final Set<String> YES = Set.of("y", "yes", "done");

    private final ProgressArea area;
    private final boolean live;
    private final Optional<Prompt> prompt;
    private final Supplier<Instant> now;
    private final StopSignal stop;
    private final Map<StepName, StepState.Status> shown = new EnumMap<>(StepName.class);
    private @Nullable String question;
    private boolean stopSaid;

    /**
     * @param live whether what the area shows is drawn over
     * @param stop the signals, already listened for
     */
    public CutoverTerminal(
            ProgressArea area,
            boolean live,
            Optional<Prompt> prompt,
            Supplier<Instant> now,
            StopSignal stop) {
        this.area = area;
        this.live = live;
        this.prompt = prompt;
        this.now = now;
        this.stop = stop;
        stop.onlyAsk();
    }

    @Override
    public synchronized void progress(CutoverState state) {
        if (!live) {
            state.steps().forEach(this::printOnce);
        } else if (question == null) {
            area.show(ChecklistLines.of(state, now.get()));
        }
    }

    private void printOnce(StepState step) {
        StepState.Status before = shown.put(step.name(), step.status());
        boolean ended =
                step.status() == StepState.Status.DONE || step.status() == StepState.Status.UNDONE;
        if (ended && before != step.status()) {
            area.print(ChecklistLines.line(step, now.get()));
        }
    }

    @Override
    public synchronized void note(String sentence) {
        area.print(sentence);
    }

    @Override
    public void tell(String sentence) {
        note(sentence);
    }

    @Override
    public boolean isThere() {
        return prompt.isPresent();
    }

    @Override
    public boolean agrees(String asked) throws InterruptedException {
        if (prompt.isEmpty()) {
            return false;
        }
        ask(asked);
        try {
            return prompt.get()
                    .readLine()
                    .map(line -> YES.contains(line.strip().toLowerCase(Locale.ROOT)))
                    .orElse(false);
        } finally {
            answered();
        }
    }

    /**
     * Asks on a line of its own. What is typed stays readable: nothing is drawn while a question is
     * open.
     */
    private synchronized void ask(String asked) {
        question = asked;
        area.show(List.of());
        area.print(asked + " [yes/no]");
    }

    private synchronized void answered() {
        question = null;
    }

    /** Tells whether a stop was asked for; says so once. */
    public boolean stopRequested() {
        boolean requested = stop.requested();
        if (requested) {
            sayStop();
        }
        return requested;
    }

    private synchronized void sayStop() {
        if (!stopSaid) {
            stopSaid = true;
            area.print("stopping: what was done is being undone, which takes a moment");
        }
    }

    @Override
    public synchronized void close() {
        area.close();
        stop.close();
    }
}
