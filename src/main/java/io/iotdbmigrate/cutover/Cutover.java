package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.cutover.CutoverPlan.Planned;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The switch from MySQL to IoTDB. Used by one thread. */
public final class Cutover {
    private final MigrationConfig config;
    private final CutoverPorts ports;
    private final Person person;
    private final CutoverListener listener;
    private final BooleanSupplier stop;
    private final Timeouts timeouts;

    /**
     * @param stop whether a person or a supervisor wants it to end
     */
    public Cutover(
            MigrationConfig config,
            CutoverPorts ports,
            Person person,
            CutoverListener listener,
            BooleanSupplier stop) {
        this(config, ports, person, listener, stop, Timeouts.of(config.cutover()));
    }

    Cutover(
            MigrationConfig config,
            CutoverPorts ports,
            Person person,
            CutoverListener listener,
            BooleanSupplier stop,
            Timeouts timeouts) {
        this.config = config;
        this.ports = ports;
        this.person = person;
        this.listener = listener;
        this.stop = stop;
        this.timeouts = timeouts;
    }

    /** Returns what would be done, and what stands in its way; changes nothing. */
    public CutoverPlan plan(CutoverOptions options) throws Exception {
        List<Planned> planned =
                steps(options).stream()
                        .map(step -> new Planned(step.name(), step.plan(), step.limit()))
                        .toList();
        return new CutoverPlan(planned, preflight(options).findings(ports.replication().status()));
    }

    /**
     * Switches, or rehearses it.
     *
     * @throws UserException exit code 8, if another process is at it or died at it, or if there is
     *     nothing left to switch
     */
    public CutoverReport run(CutoverOptions options) throws Exception {
        try (CutoverLock.Held held = ports.lock().take()) {
            Optional<CutoverState> last = ports.journal().last();
            if (last.isPresent() && !last.get().phase().ended()) {
                throw NotSwitched.because(
                        last.get().origin()
                                + ", is not finished; go on with iotdb-migrate cutover --resume, or"
                                + " undo it with --abort");
            }
            if (last.filter(s -> s.phase() == Phase.SWITCHED).isPresent()
                    && !ports.replication().status().running()) {
                throw NotSwitched.because(
                        last.get().origin() + ", " + Preflight.OVER + "; " + Preflight.AGAIN);
            }
            CutoverState state =
                    CutoverState.start(
                            UUID.randomUUID().toString(),
                            options.rehearsal(),
                            ports.clock().now(),
                            Operator.current());
            return report(state, options, CutoverRunner::run);
        }
    }

    /**
     * Goes on with the one that a process died at. One that has switched needs nothing more.
     *
     * @throws UserException exit code 8, if there is none or it was being undone
     */
    public CutoverReport resume(boolean yes) throws Exception {
        try (CutoverLock.Held held = ports.lock().take()) {
            Optional<CutoverState> switched =
                    ports.journal().last().filter(s -> s.phase() == Phase.SWITCHED);
            if (switched.isPresent()) {
                return report(
                        switched.get(),
                        new CutoverRunner.Result(
                                Ending.SWITCHED, "the application had been switched", List.of()));
            }
            CutoverState state = unfinished("to resume");
            if (state.phase() == Phase.BACK) {
                throw NotSwitched.because(
                        state.origin()
                                + ", was being undone; finish that with iotdb-migrate cutover"
                                + " --abort");
            }
            if (state.step(StepName.SWITCH).status() == StepState.Status.BEGUN) {
                listener.note("the switch hook may have run already; it is run again");
            }
            return report(state, new CutoverOptions(state.rehearsal(), yes), CutoverRunner::resume);
        }
    }

    /**
     * Undoes the one that a process died at.
     *
     * @throws UserException exit code 8, if there is none; exit code 9, if it has switched
     */
    public CutoverReport abort() throws Exception {
        try (CutoverLock.Held held = ports.lock().take()) {
            CutoverState state = unfinished("to abort");
            if (state.step(StepName.SWITCH).needsUndo()) {
                listener.note(
                        "the switch hook may have run already: make sure that the application writes"
                                + " to MySQL");
            }
            return report(state, new CutoverOptions(state.rehearsal(), true), CutoverRunner::abort);
        }
    }

    private CutoverState unfinished(String purpose) throws Exception {
        CutoverState last =
                ports.journal()
                        .last()
                        .orElseThrow(
                                () ->
                                        NotSwitched.because(
                                                "there is nothing "
                                                        + purpose
                                                        + ": the journal has no cutover"));
        if (last.phase() == Phase.SWITCHED) {
            throw new UserException(
                    ExitCode.NEEDS_PERSON,
                    last.origin()
                            + ", has switched, and nothing of it is undone by the tool; to go back,"
                            + " point the application at MySQL, "
                            + ports.gate().resumeByHand(last.facts().former())
                            + ", and carry over what was written to IoTDB since");
        }
        if (last.phase().ended()) {
            throw NotSwitched.because(
                    "there is nothing " + purpose + ": " + last.origin() + ", was undone");
        }
        return last;
    }

    private CutoverReport report(
            CutoverState state,
            CutoverOptions options,
            Function<CutoverRunner, CutoverRunner.Result> way) {
        Place place = state.facts().place();
        if (place != null) {
            ports.replication().foundAt(place);
        }
        JournaledState ledger = new JournaledState(state, ports.journal(), listener);
        TimeLimiter bounded =
                new TimeLimiter(() -> listener.progress(ledger.state()), timeouts.grace());
        CutoverRunner runner =
                new CutoverRunner(steps(options), ledger, bounded, timeouts, ports.clock(), stop);
        CutoverRunner.Result result = way.apply(runner);
        listener.progress(ledger.state());
        return report(
                ledger.state(),
                result.ending() == Ending.SWITCHED
                        ? lookBack(ledger.state().facts(), bounded, result)
                        : result);
    }

    /** Looks for late writes. A write that came while the switch was under way is in MySQL only. */
    private CutoverRunner.Result lookBack(
            Facts facts, TimeLimiter bounded, CutoverRunner.Result switched) {
        BinlogPosition last = SlippedWrites.noted(facts);
        try {
            SlippedWrites slipped = new SlippedWrites(ports.binlog());
            bounded.call(
                    "looking back",
                    timeouts.preflight(),
                    () -> false,
                    () -> {
                        slipped.requireNone(last);
                        return true;
                    });
            return switched;
        } catch (UserException e) {
            return new CutoverRunner.Result(
                    Ending.NEEDS_PERSON,
                    switched.sentence() + ", but " + e.getMessage(),
                    List.of(
                            "find the rows that were written to MySQL after "
                                    + last
                                    + " and carry them over to IoTDB"));
        } catch (Exception e) {
            return new CutoverRunner.Result(
                    Ending.SWITCHED,
                    switched.sentence(),
                    List.of(
                            "make sure that nothing was written to MySQL after "
                                    + last
                                    + ": it could not be read after the switch ("
                                    + NotSwitched.sentence(e)
                                    + ")"));
        }
    }

    private CutoverReport report(CutoverState state, CutoverRunner.Result result) {
        List<String> toDo = new ArrayList<>(result.toDo());
        if (result.ending() == Ending.SWITCHED) {
            toDo.add(ports.gate().afterTheSwitch());
        }
        return new CutoverReport(
                state,
                result.ending(),
                result.sentence(),
                toDo,
                Operator.current(),
                ports.clock().now());
    }

    private List<Step> steps(CutoverOptions options) {
        CutoverConfig cutover = config.cutover();
        List<Step> steps = new ArrayList<>();
        steps.add(
                new PreflightStep(
                        preflight(options),
                        ports.replication(),
                        ports.clock(),
                        timeouts.preflight()));
        steps.add(new ConfirmStep(person, options.yes(), question(options), timeouts.person()));
        steps.add(new PrepareStep(ports.verification(), cutover.verify(), timeouts.prepare()));
        boolean byHand = cutover.pause() == CutoverConfig.Pause.MANUAL;
        steps.add(
                new PauseStep(
                        ports.gate(),
                        ports.clock(),
                        byHand ? timeouts.person() : timeouts.pause()));
        steps.add(new PositionStep(ports.binlog(), ports.clock(), timeouts.settle()));
        steps.add(
                new DrainStep(
                        ports.replication(),
                        ports.verification(),
                        cutover.verify(),
                        ports.clock(),
                        timeouts.drain()));
        steps.add(
                new VerifyStep(
                        ports.verification(), ports.binlog(), cutover.verify(), timeouts.verify()));
        steps.add(new StopStep(ports.replication(), timeouts.savepoint()));
        if (!options.rehearsal()) {
            steps.add(
                    new SwitchStep(
                            cutover.hooks().switchOver(),
                            ports.hooks(),
                            HookEnvironment.of(config).variables(),
                            person,
                            ports.gate(),
                            ports.binlog(),
                            timeouts.hook()));
        }
        return steps;
    }

    private Preflight preflight(CutoverOptions options) {
        return new Preflight(config, ports, options.rehearsal(), person.isThere());
    }

    private String question(CutoverOptions options) {
        return String.format(
                Locale.ROOT,
                "pause writes to %s/%s with %s, and then %s?",
                config.mysql().address(),
                config.mysql().database(),
                ports.gate().describe(),
                options.rehearsal() ? "undo it all (a rehearsal)" : "switch the application");
    }
}
