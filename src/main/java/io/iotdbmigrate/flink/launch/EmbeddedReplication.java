package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Replication;
import io.iotdbmigrate.flink.CdcJournal;
import io.iotdbmigrate.flink.CdcJournal.Applied;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.BinlogServer;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replication that a process of its own runs with the same state folder, as a cutover needs it.
 * Where it has to run again, a process is started that stays when this one ends.
 */
public final class EmbeddedReplication implements Replication {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedReplication.class);
    private static final Duration PATIENCE_WITH_START = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_END = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 200;

    private final MigrationConfig config;
    private final Path configFile;
    private final StateFolder state;
    private volatile @Nullable RunningJob stopped;
    private volatile @Nullable FutureTask<Boolean> starting;

    public EmbeddedReplication(MigrationConfig config, Path configFile, StateFolder state) {
        this.config = config;
        this.configFile = configFile.toAbsolutePath();
        this.state = state;
    }

    @Override
    public Status status() throws Exception {
        MigrationStatus status = new StatusRun(config, state).read();
        Optional<MigrationStatus.Job> job =
                status.job().filter(j -> j.running().command().equals("cdc"));
        boolean running = job.isPresent() && job.get().state().equals("RUNNING");
        String problem =
                job.filter(j -> j.running().remote())
                        .map(j -> "cutover cannot handle " + j.running().where())
                        .orElse(
                                job.isPresent() && !running
                                        ? "the job is " + job.get().state() + "; see its log"
                                        : null);
        return new Status(
                running,
                job.map(j -> "process " + j.running().pid() + " on " + j.running().host())
                        .orElse("no process"),
                problem,
                job.flatMap(MigrationStatus.Job::lastCheckpoint)
                        .map(at -> Duration.between(at, Instant.now()))
                        .orElse(null),
                new Lag(
                        status.lagEvents().orElse(0),
                        job.map(MigrationStatus.Job::lag).orElse(Duration.ZERO)),
                status.applied().map(Applied::rejected).orElse(0L));
    }

    @Override
    public boolean drained(BinlogPosition position) throws Exception {
        Set<TableId> tables =
                config.mappings().stream()
                        .map(m -> new TableId(config.mysql().database(), m.table()))
                        .collect(Collectors.toSet());
        try (Journal journal =
                        new Journal(
                                new Retries(config.iotdb(), config.sink().retries(), LOG::warn),
                                config.name());
                BinlogServer server = new BinlogServer(config.mysql())) {
            Optional<Applied> applied = CdcJournal.read(journal);
            return applied.isPresent()
                    && applied.get().position() != null
                    && !server.anyEventBetween(applied.get().position(), position, tables);
        }
    }

    @Override
    public void checkpoint() throws Exception {
        RunningJob running = running();
        try (RestClusterClient<String> client = StopRun.client(running)) {
            client.triggerCheckpoint(JobID.fromHexString(running.job()), CheckpointType.CONFIGURED)
                    .get();
        }
    }

    @Override
    public String stopWithSavepoint() throws Exception {
        RunningJob stopping = running();
        String savepoint =
                new StopRun(config, state)
                        .stop(null)
                        .flatMap(StoppedJob::place)
                        .orElseThrow(EmbeddedReplication::notRunning);
        stopped = stopping;
        return savepoint;
    }

    /** Until its process ends it holds the state folder, and looks as if it ran. */
    private static void awaitEnd(RunningJob job) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(job.pid());
        if (process.isPresent()) {
            process.get().onExit().get(PATIENCE_WITH_END.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** From the newest savepoint or checkpoint, which is what {@code cdc} does by itself. */
    @Override
    public void resume(@Nullable String savepoint) {
        FutureTask<Boolean> under = starting;
        if (under == null || under.isDone()) {
            under = new FutureTask<>(this::start);
            starting = under;
            Thread thread = new Thread(under, "start of cdc");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void awaitRunning() throws Exception {
        FutureTask<Boolean> under = starting;
        if (under != null) {
            try {
                under.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        }
    }

    /** Returns when the job runs. */
    private boolean start() throws Exception {
        RunningJob last = stopped;
        if (last != null) {
            awaitEnd(last);
        }
        if (runs()) {
            return true;
        }
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.iotdbmigrate.Main",
                        "cdc",
                        "--config",
                        configFile.toString(),
                        "--state-dir",
                        state.path().toString(),
                        "--plain"));
        File output = state.path().resolve("cdc-resumed.txt").toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        Instant end = Instant.now().plus(PATIENCE_WITH_START);
        while (!isAlive()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new UserException(
                        ExitCode.JOB_FAILED,
                        "cdc could not be started again, see "
                                + output
                                + "; start it with iotdb-migrate cdc --config "
                                + configFile);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** A job that is ending is waited for: it does not run. */
    private boolean runs() throws Exception {
        Optional<RunningJob> found = RunningJob.read(state.runningFile());
        if (found.isEmpty() || !isAlive()) {
            return false;
        }
        try (RestClusterClient<String> client = StopRun.client(found.get())) {
            JobStatus status = client.getJobStatus(JobID.fromHexString(found.get().job())).get();
            if (!status.isGloballyTerminalState()) {
                return true;
            }
        } catch (ExecutionException e) {
            LOG.info("{} does not answer, so it is taken to be ending", found.get().rest(), e);
        }
        awaitEnd(found.get());
        return false;
    }

    private boolean isAlive() throws Exception {
        Optional<RunningJob> found = RunningJob.read(state.runningFile());
        return found.isPresent()
                && found.get().command().equals("cdc")
                && ProcessHandle.of(found.get().pid()).isPresent();
    }

    private RunningJob running() throws Exception {
        return RunningJob.read(state.runningFile()).orElseThrow(EmbeddedReplication::notRunning);
    }

    private static UserException notRunning() {
        return new UserException(
                ExitCode.JOB_FAILED,
                "no cdc runs with this state folder; start it with iotdb-migrate cdc");
    }
}
