package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Binlog;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.cutover.Clock;
import io.iotdbmigrate.cutover.CutoverJournal;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.Hooks;
import io.iotdbmigrate.cutover.Person;
import io.iotdbmigrate.cutover.Verification;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.cutover.WriteGate;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.run.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays servers that do whatever a cutover wants, and remembers what that was. */
final class FakeCutovers
        implements CutoverService, CdcJob, WriteGate, Binlog, Verification, Hooks, CutoverJournal {
    final List<String> calls = new ArrayList<>();
    boolean running = true;
    boolean equal = true;
    boolean paused;
    boolean resumeFails;
    @Nullable CutoverState state;
    @Nullable ClusterAddress cluster;

    @Override
    public CutoverPorts open(
            MigrationConfig config,
            java.nio.file.Path file,
            StateFolder folder,
            @Nullable ClusterAddress where,
            Person person) {
        cluster = where;
        return new CutoverPorts(this, this, this, this, this, this, () -> () -> {}, Clock.system());
    }

    private void call(String name) {
        synchronized (calls) {
            calls.add(name);
        }
    }

    @Override
    public Status status() {
        Lag lag = new Lag(12, Duration.ofSeconds(2));
        return new Status(running, "flink:8081", null, Duration.ofSeconds(3), lag, 0);
    }

    @Override
    public boolean drained(BinlogPosition position) {
        return true;
    }

    @Override
    public void checkpoint() {
        call("checkpoint");
    }

    @Override
    public String stopWithSavepoint() {
        call("stop");
        running = false;
        return "file:/savepoint-1";
    }

    @Override
    public Place place() {
        return new Place("flink:8081", "");
    }

    @Override
    public void foundAt(Place place) {
        call("found at " + place.cluster());
    }

    @Override
    public void resume() {
        if (!running) {
            call("resume CDC");
            running = true;
        }
    }

    @Override
    public void awaitRunning() {
        // It runs at once.
    }

    @Override
    public String prepare(Verify mode) {
        return "12 rows left to compare";
    }

    @Override
    public String describe() {
        return "read_only";
    }

    @Override
    public List<Finding> findings() {
        return List.of(Finding.warning("cutover.pause", "is read_only", "there is another"));
    }

    @Override
    public Map<String, String> former() {
        return Map.of("read_only", "OFF");
    }

    @Override
    public void pause(Map<String, String> former) {
        call("pause");
        paused = true;
    }

    @Override
    public boolean holds(Map<String, String> former) {
        return paused;
    }

    @Override
    public void resume(Map<String, String> former) {
        call("resume writes");
        if (resumeFails) {
            throw new IllegalStateException("MySQL is away");
        }
        paused = false;
    }

    @Override
    public List<OpenWriter> openWriters() {
        return List.of();
    }

    @Override
    public String resumeByHand(Map<String, String> former) {
        return "run SET GLOBAL read_only = OFF";
    }

    @Override
    public String afterTheSwitch() {
        return "MySQL stays read_only";
    }

    @Override
    public BinlogPosition position() {
        return new BinlogPosition("binlog.000007", 1234, "uuid:1-5");
    }

    @Override
    public long mappedEventsAfter(BinlogPosition position) {
        return 0;
    }

    @Override
    public Verified run(Verify mode) {
        return verified(mode, equal);
    }

    private static Verified verified(Verify mode, boolean equal) {
        return new Verified(
                mode,
                equal,
                Instant.parse("2026-11-22T10:15:30Z"),
                List.of(
                        new Verified.Table(
                                "ambience",
                                1_000_000,
                                1_000_000,
                                "cafe0001",
                                mode == Verify.RECENT
                                        ? Instant.parse("2026-11-22T09:00:00Z")
                                        : null)),
                equal ? List.of() : List.of("ambience: 2 rows differ"));
    }

    @Override
    public Optional<Verified> lastFull() {
        return Optional.of(verified(Verify.FULL, true));
    }

    @Override
    public long settledRejections() {
        return 0;
    }

    @Override
    public Optional<String> problem(String path) {
        return Optional.empty();
    }

    @Override
    public void run(String name, String path, Map<String, String> environment, Duration limit) {
        call(name + " " + path);
    }

    @Override
    public void append(CutoverState entry) {
        state = entry;
    }

    @Override
    public Optional<CutoverState> last() {
        return Optional.ofNullable(state);
    }

    @Override
    public void close() {}
}
