package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.CutoverJson;
import io.iotdbmigrate.cli.report.CutoverMarkdown;
import io.iotdbmigrate.cli.report.CutoverText;
import io.iotdbmigrate.cli.report.html.CutoverHtml;
import io.iotdbmigrate.cli.report.html.FailureHtml;
import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.cli.terminal.CutoverTerminal;
import io.iotdbmigrate.cli.terminal.PlainArea;
import io.iotdbmigrate.cli.terminal.ProgressArea;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Cutover;
import io.iotdbmigrate.cutover.CutoverOptions;
import io.iotdbmigrate.cutover.CutoverPlan;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code iotdb-migrate cutover}. */
@Command(
        name = "cutover",
        header = "Switches over to IoTDB, or leaves everything as it was.",
        description = {
            "",
            "Without one of the first four options it prints its plan and what stands in its way."
                    + " Before the switch, whatever fails is undone, also after Ctrl-C. The cdc is"
                    + " found through the state folder; --remote names a cluster to look on where"
                    + " that knows of none.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  iotdb-migrate cutover --config plant.yml",
            "  iotdb-migrate cutover --config plant.yml --rehearse",
            "  iotdb-migrate cutover --config plant.yml --execute"
        })
final class CutoverCommand implements Callable<Integer> {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final CutoverService cutovers;
    private final CliEnvironment surroundings;
    private final LogFile log;

    @Spec private CommandSpec spec;

    @Option(names = "--execute", description = "Pause writes, drain, verify, and switch.")
    private boolean execute;

    @Option(
            names = "--rehearse",
            description = "The same without the switch; then undo it, and say how long it took.")
    private boolean rehearse;

    @Option(names = "--abort", description = "Undo a cutover whose process was killed.")
    private boolean abort;

    @Option(names = "--resume", description = "Go on with a cutover whose process was killed.")
    private boolean resume;

    @Option(names = "--yes", description = "Do not ask before writes are paused.")
    private boolean yes;

    @Option(names = "--plain", description = "Progress as plain lines, even on a terminal.")
    private boolean plain;

    @Mixin private ConfigMixin config;
    @Mixin private RemoteMixin cluster;
    @Mixin private StateMixin state;
    @Mixin private OutputMixin output;
    @Mixin private ReportMixin page;

    CutoverCommand(CutoverService cutovers, CliEnvironment surroundings, LogFile log) {
        this.cutovers = cutovers;
        this.surroundings = surroundings;
        this.log = log;
    }

    @Override
    public Integer call() throws Exception {
        List<String> wanted = wanted();
        if (wanted.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.join(" and ", wanted) + " exclude each other; give one of them");
        }
        page.check();
        MigrationConfig loaded = config.loadFor(MigrationConfig.Mode.CDC, surroundings).atOrigin();
        StateFolder folder = state.folder(loaded);
        if (!wanted.isEmpty()) {
            log.open(folder.path());
        }
        Function<List<String>, String> failed =
                why -> FailureHtml.render("Cutover", Origin.of(loaded), why, Instant.now());
        if (wanted.isEmpty()) {
            CutoverPlan plan =
                    page.orFailure(
                            () -> with(loaded, folder, c -> c.plan(new CutoverOptions(false, yes))),
                            failed,
                            surroundings);
            show(plan);
            page.write(
                    () -> CutoverHtml.render(plan, Origin.of(loaded), Instant.now()), surroundings);
            return plan.exitCode().code();
        }
        CutoverReport report =
                page.orFailure(() -> with(loaded, folder, this::run), failed, surroundings);
        Path file = keep(report, loaded, folder);
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? CutoverJson.render(report, file)
                                : CutoverText.render(report, file));
        page.write(() -> CutoverHtml.render(report, Origin.of(loaded)), surroundings);
        return report.ending().exitCode().code();
    }

    private interface Use<T> {
        T of(Cutover cutover) throws Exception;
    }

    /**
     * Runs the work behind a drawing. What is printed afterwards stays: the terminal no longer
     * draws.
     */
    private <T> T with(MigrationConfig loaded, StateFolder folder, Use<T> use) throws Exception {
        try (CutoverTerminal terminal = terminal();
                CutoverPorts ports =
                        cutovers.open(loaded, config.file(), folder, cluster.remote(), terminal)) {
            return use.of(new Cutover(loaded, ports, terminal, terminal, terminal::stopRequested));
        }
    }

    private List<String> wanted() {
        return List.of(
                        Optional.of("--execute").filter(o -> execute),
                        Optional.of("--rehearse").filter(o -> rehearse),
                        Optional.of("--abort").filter(o -> abort),
                        Optional.of("--resume").filter(o -> resume))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private CutoverReport run(Cutover cutover) throws Exception {
        if (abort) {
            return cutover.abort();
        }
        return resume ? cutover.resume(yes) : cutover.run(new CutoverOptions(rehearse, yes));
    }

    private CutoverTerminal terminal() {
        Optional<ProgressArea> live = plain ? Optional.empty() : surroundings.screen().liveArea();
        ProgressArea area =
                live.orElseGet(() -> new PlainArea(surroundings.err(), surroundings.nanoTime()));
        return new CutoverTerminal(
                area,
                live.isPresent(),
                surroundings.screen().prompt(),
                Instant::now,
                surroundings.signals().get());
    }

    private void show(CutoverPlan plan) {
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? CutoverJson.render(plan)
                                : CutoverText.render(
                                        plan,
                                        surroundings.screen().out(),
                                        CommandLineHint.of(spec, List.of())));
    }

    /** Returns the report for the change ticket. The cutover has ended as it has, kept or not. */
    private @Nullable Path keep(CutoverReport report, MigrationConfig loaded, StateFolder folder) {
        Path file = folder.path().resolve("cutover-" + FILE_TIME.format(report.endedAt()) + ".md");
        try {
            return Files.writeString(file, CutoverMarkdown.render(report, loaded));
        } catch (IOException e) {
            LoggerFactory.getLogger(CutoverCommand.class).error("no report file", e);
            surroundings
                    .err()
                    .println(
                            "the report " + file + " cannot be written: " + WriteFailure.reason(e));
            return null;
        }
    }
}
