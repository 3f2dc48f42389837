package io.iotdbmigrate.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * MySQL, IoTDB, the CDC job, hooks and a person, as far as a cutover touches them. What happens to
 * them outlives the process that did it, a {@link Life}. Thread-safe.
 */
final class World {
    static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    static final Map<String, String> FORMER = Map.of("read_only", "OFF");

    /** What may go wrong at a call. */
    @FunctionalInterface
    interface Fault {
        void happen(Life life) throws Exception;
    }

    private final AtomicLong millis = new AtomicLong();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<CutoverState> journal = new CopyOnWriteArrayList<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    volatile boolean writable = true;

    /** What had been called when the verification heard that MySQL's tables stand still. */
    volatile List<String> callsBeforeSourceStood = List.of();

    volatile boolean running = true;
    volatile boolean switched;
    volatile boolean locked;

    /** MySQL's; each write of a mapped table moves it on by one. */
    volatile long position = 100;

    /** What is not of a mapped table moves the offset only. */
    volatile long otherEvents;

    volatile long applied = 90;
    final Place place = new Place("flink:8081", "file:/checkpoints/savepoints");
    volatile boolean healthy = true;
    volatile @Nullable Duration checkpointAge = Duration.ofSeconds(3);
    volatile boolean personThere = true;
    volatile @Nullable Boolean everVerified = true;
    volatile long rejected;
    volatile long settledRejections;
    volatile boolean pauseDiesWithProcess;
    String cutover = "hooks: {switch: ./switch.sh}";

    /** Something happens at a call before it has its effect, and only once. */
    World before(String call, Fault fault) {
        faults.put("before " + call, fault);
        return this;
    }

    /** The same after its effect. */
    World after(String call, Fault fault) {
        faults.put("after " + call, fault);
        return this;
    }

    synchronized void write() {
        position++;
    }

    MigrationConfig config() {
        String yaml =
                """
                name: plant
                connections:
                  mysql: {host: db, user: migrator, password: x, database: plant}
                  iotdb: {host: iotdb}
                iotdb:
                  mappings:
                    - table: ambience
                      timestamp_field: at
                      device_template: root.plant.all
                      measurements: all
                cutover:
                """;
        return ConfigLoader.load("plant.yml", yaml + cutover.indent(2), Map.of());
    }

    CutoverState lastEntry() {
        return journal.get(journal.size() - 1);
    }

    /** What was begun to be undone, in order, of the last cutover. */
    List<StepName> undone() {
        List<StepName> names = new CopyOnWriteArrayList<>();
        for (CutoverState entry : journal) {
            entry.steps().stream()
                    .filter(step -> step.status() == StepState.Status.UNDOING)
                    .map(StepState::name)
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
        }
        return names;
    }

    /** One process of the tool. Once it is dead, nothing it does has an effect any more. */
    final class Life
            implements CdcJob,
                    Binlog,
                    WriteGate,
                    Verification,
                    Hooks,
                    CutoverJournal,
                    CutoverLock,
                    Person,
                    CutoverListener,
                    Clock {
        volatile boolean stop;
        volatile boolean dead;
        private volatile @Nullable Place foundAt;
        int diesAtEntry = -1;
        boolean entryIsKept;
        Timeouts timeouts = timeouts(StepName.PREFLIGHT, Duration.ofSeconds(60));

        Cutover cutover() {
            CutoverPorts ports = new CutoverPorts(this, this, this, this, this, this, this, this);
            return new Cutover(config(), ports, this, this, () -> stop, timeouts);
        }

        void die() {
            dead = true;
            locked = false;
            if (pauseDiesWithProcess) {
                writable = true;
            }
        }

        private void happens(String moment) throws Exception {
            if (dead) {
                throw new IllegalStateException("this process is dead");
            }
            Fault fault = faults.remove(moment);
            if (fault != null) {
                fault.happen(this);
            }
        }

        private interface Effect {
            void happen();
        }

        private void call(String name, Effect effect) throws Exception {
            happens("before " + name);
            calls.add(name);
            effect.happen();
            happens("after " + name);
        }

        @Override
        public CdcJob.Status status() throws Exception {
            happens("before status");
            return new CdcJob.Status(
                    running,
                    "embedded in process 7",
                    healthy ? null : "restarting",
                    checkpointAge,
                    new CdcJob.Lag(position - applied, Duration.ofSeconds(1)),
                    rejected);
        }

        @Override
        public boolean drained(BinlogPosition last) throws Exception {
            happens("before drained");
            return applied >= last.offset() / 1000;
        }

        @Override
        public void checkpoint() throws Exception {
            call("checkpoint", () -> applied = running ? position : applied);
        }

        @Override
        public String stopWithSavepoint() throws Exception {
            call(
                    "stop",
                    () -> {
                        applied = position;
                        running = false;
                    });
            return "file:/savepoint-1";
        }

        @Override
        public Place place() throws Exception {
            happens("before place");
            foundAt = place;
            return place;
        }

        @Override
        public void foundAt(Place where) {
            foundAt = where;
        }

        @Override
        public void resume() throws Exception {
            if (!running) {
                assertThat(foundAt).isEqualTo(place);
                call("resume CDC", () -> running = true);
            }
        }

        @Override
        public void awaitRunning() throws Exception {
            happens("before await CDC");
        }

        @Override
        public BinlogPosition position() throws Exception {
            happens("before position");
            return new BinlogPosition("binlog.000001", position * 1000 + otherEvents, "");
        }

        @Override
        public long mappedEventsAfter(BinlogPosition from) throws Exception {
            happens("before mapped events");
            return position - from.offset() / 1000;
        }

        @Override
        public String describe() {
            return "read_only";
        }

        @Override
        public List<io.iotdbmigrate.model.Finding> findings() {
            return List.of();
        }

        @Override
        public Map<String, String> former() throws Exception {
            happens("before former");
            return FORMER;
        }

        @Override
        public void pause(Map<String, String> former) throws Exception {
            call("pause", () -> writable = false);
        }

        @Override
        public boolean holds(Map<String, String> former) throws Exception {
            happens("before holds");
            return !writable;
        }

        @Override
        public void resume(Map<String, String> former) throws Exception {
            call("resume writes", () -> writable = true);
        }

        @Override
        public List<OpenWriter> openWriters() throws Exception {
            happens("before open writers");
            return List.of(new OpenWriter(17, "app", "10.0.0.7", "UPDATE ambience"));
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
        public String prepare(Verify mode) throws Exception {
            happens("before prepare");
            happens("after prepare");
            return "12 rows left to compare";
        }

        @Override
        public void sourceStands(Verify mode) {
            callsBeforeSourceStood = List.copyOf(calls);
        }

        @Override
        public Verified run(Verify mode) throws Exception {
            happens("before verify");
            boolean equal = applied >= position;
            calls.add("verify");
            happens("after verify");
            return verified(mode, equal);
        }

        private Verified verified(Verify mode, boolean equal) {
            return new Verified(
                    mode,
                    equal,
                    now(),
                    List.of(new Verified.Table("ambience", 1000, equal ? 1000 : 999, "cafe")),
                    equal ? List.of() : List.of("ambience: 1 row is missing in IoTDB"));
        }

        @Override
        public Optional<Verified> lastFull() throws Exception {
            happens("before last full");
            return Optional.ofNullable(everVerified).map(equal -> verified(Verify.FULL, equal));
        }

        @Override
        public long settledRejections() {
            return settledRejections;
        }

        @Override
        public Optional<String> problem(String path) {
            return path.contains("missing") ? Optional.of("does not exist") : Optional.empty();
        }

        @Override
        public void run(String name, String path, Map<String, String> environment, Duration limit) {
            try {
                call(name, () -> switched = true);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void append(CutoverState state) throws Exception {
            happens("before journal");
            if (journal.size() == diesAtEntry) {
                if (entryIsKept) {
                    journal.add(state);
                }
                die();
                throw new IllegalStateException("this process is dead");
            }
            journal.add(state);
        }

        @Override
        public Optional<CutoverState> last() {
            return journal.isEmpty() ? Optional.empty() : Optional.of(lastEntry());
        }

        @Override
        public Held take() {
            if (locked) {
                throw NotSwitched.because("another process is at a cutover");
            }
            locked = true;
            return () -> {
                if (!dead) {
                    locked = false;
                }
            };
        }

        @Override
        public boolean isThere() {
            return personThere;
        }

        @Override
        public boolean agrees(String question) throws InterruptedException {
            try {
                happens("before agrees");
            } catch (RuntimeException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            notes.add(question);
            return true;
        }

        @Override
        public void tell(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void progress(CutoverState state) {
            // The command line shows it.
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }

        @Override
        public Instant now() {
            return BEGIN.plusMillis(millis.incrementAndGet());
        }

        @Override
        public void sleep(Duration duration) {
            millis.addAndGet(duration.toMillis());
        }

        @Override
        public void close() {}
    }

    /** Ample for all but one step. */
    static Timeouts timeouts(StepName step, Duration limit) {
        Duration ample = Duration.ofSeconds(60);
        return new Timeouts(
                step == StepName.PREFLIGHT ? limit : ample,
                step == StepName.CONFIRM ? limit : ample,
                step == StepName.PREPARE ? limit : ample,
                step == StepName.PAUSE ? limit : ample,
                step == StepName.POSITION ? limit : ample,
                step == StepName.DRAIN ? limit : ample,
                step == StepName.VERIFY ? limit : ample,
                step == StepName.STOP ? limit : ample,
                ample,
                ample,
                Duration.ofSeconds(3),
                Duration.ofMillis(20));
    }
}
