package io.iotdbmigrate.testkit;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cluster.SharedCluster;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.mysql.MatchedTables;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.testkit.truth.Expectation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.iotdb.session.Session;
import org.awaitility.Awaitility;

/** A migration of one {@link TestDatabase} with a config of its own, run in this process. */
public final class Migration {
    private static final AtomicInteger COPIES = new AtomicInteger();

    private final TestDatabase database;
    private final Path state;
    private final String zone;
    private final String yaml;
    private final String mappings;
    private final List<String> notes = new CopyOnWriteArrayList<>();

    /**
     * @param mappings YAML of the list under {@code iotdb.mappings}, unindented; {@code DB} in it
     *     stands for the database's IoTDB path
     * @param rest further top-level YAML, may be empty
     */
    public Migration(TestDatabase database, Path state, String mappings, String rest) {
        this(database, state, "UTC", mappings, rest);
    }

    /** With a zone for DATETIME columns. */
    public Migration(TestDatabase database, Path state, String zone, String mappings, String rest) {
        this.database = database;
        this.state = state;
        this.zone = zone;
        this.mappings = mappings;
        this.yaml = yaml(database, zone, mappings, rest);
    }

    /** One of the table model, whose database has the name of the test's database. */
    public static Migration ofTables(
            TestDatabase database, Path state, String mappings, String rest) {
        Migration tree = new Migration(database, state, mappings, rest);
        return new Migration(
                tree,
                tree.yaml.replace(
                        "  storage_groups: [" + database.iotdbDatabase() + "]\n",
                        "  model: table\n  database: " + database.name() + "\n"));
    }

    /**
     * Returns the same migration into the table model: the columns in braces become TAGs. What it
     * expects is still told as points of the tree, see {@link TableContents#points}. A comment that
     * begins with {@code attributes:} counts in it.
     */
    public Migration inTables() {
        return new Migration(
                this,
                yaml.replace(
                                "  storage_groups: [" + database.iotdbDatabase() + "]\n",
                                "  model: table\n  database: " + database.name() + "\n")
                        .replaceAll("(?m)^ *(device_field|aligned): .*\n", "")
                        .replaceAll("(?m)^( *)# attributes: ", "$1attributes: ")
                        .replaceAll("device_template: .*?\\{(\\w+)}", "tags: [$1]"));
    }

    private Migration(Migration other, Path state, String name) {
        this.database = other.database;
        this.state = state;
        this.zone = other.zone;
        this.mappings = other.mappings;
        this.yaml = other.yaml.replaceFirst("name: \\S+", "name: " + name);
    }

    /** Returns the same migration under another name, with a state folder of its own. */
    public Migration named(String name) {
        return new Migration(this, state.resolve(name), name);
    }

    /**
     * Returns the same migration by another connection to MySQL.
     *
     * @param mysql keys of {@code connections.mysql} that are added or replaced, as YAML in one
     *     line, {@code key: value} each
     */
    public Migration connecting(String... mysql) {
        String changed = yaml;
        for (String key : mysql) {
            String name = key.substring(0, key.indexOf(':'));
            String line = changed.lines().filter(l -> l.contains("mysql: {")).findFirst().get();
            String without = line.replaceFirst("(?<=[ {])" + name + ": [^,{}]+, ", "");
            changed = changed.replace(line, without.replace("mysql: {", "mysql: {" + key + ", "));
        }
        return new Migration(this, changed);
    }

    /**
     * Returns the same migration by another way to IoTDB.
     *
     * @param place keys of {@code connections.iotdb} as YAML, instead of {@code host} and {@code
     *     port}
     */
    public Migration connectingToIotdb(String place) {
        String keys = place.endsWith(", ") ? place : place + ", ";
        return new Migration(
                this, yaml.replaceFirst("(iotdb: \\{)host: [^,]+, port: \\d+, ", "$1" + keys));
    }

    private Migration(Migration other, String yaml) {
        this.database = other.database;
        this.state = other.state;
        this.zone = other.zone;
        this.mappings = other.mappings;
        this.yaml = yaml;
    }

    /** Starts to replicate; the caller closes it. */
    public Replication replicate() {
        return Replication.start(this, database, null);
    }

    /** Likewise by one job graph that does it all. */
    public OneGraphReplication replicateInOneGraph() throws Exception {
        return OneGraphReplication.start(config(), state.resolve("one-graph").toUri().toString());
    }

    /** Likewise on the servers' Flink cluster, or follows what runs there already. */
    public Replication replicateRemotely() {
        return Replication.start(this, database, cluster());
    }

    /** Hands a replication to the servers' Flink cluster, and does not wait. */
    public CdcOutcome.Detached detachReplication() throws Exception {
        return (CdcOutcome.Detached)
                SharedCluster.cdc(config(), state())
                        .run(new CdcRun.Options(false, cluster(), true), new Quiet());
    }

    /** The servers' Flink cluster. */
    public ClusterAddress cluster() {
        return ClusterAddress.parse(database.servers().flinkRest());
    }

    /**
     * Reads from MySQL what IoTDB must hold for the tables as they are now, by code that shares
     * nothing with the program; see {@link Expectation}.
     */
    public Contents expected() throws SQLException {
        return Expectation.of(database, zone, mappings);
    }

    /** Reads from MySQL what IoTDB must hold for some of the mapped tables. */
    public Contents expectedOf(String... tables) throws SQLException {
        return Expectation.of(database, zone, mappings, Set.of(tables)::contains);
    }

    /**
     * Reads what a backfill of the tables as they are now writes. That is no truth: it is for the
     * test whose subject is that both paths write the same.
     */
    public Contents copiedNow() throws Exception {
        String copy = database.iotdbDatabase() + "_c" + COPIES.incrementAndGet();
        TestDatabase other = new TestDatabase(database.servers(), database.name(), copy);
        new Migration(other, state, zone, mappings, "").named(copy.substring(5)).backfill();
        return Contents.of(database, copy + ".**").under(copy, database.iotdbDatabase());
    }

    private static String yaml(TestDatabase database, String zone, String mappings, String rest) {
        Servers servers = database.servers();
        return """
               name: %s
               connections:
                 mysql: {host: %s, port: %d, user: %s, password: %s, database: %s, time_zone: %s}
                 iotdb: {host: %s, port: %d, user: %s, password: %s}
               iotdb:
                 storage_groups: [%s]
                 mappings:
               %s
               %s
               """
                .formatted(
                        database.name(),
                        servers.mysqlHost(),
                        servers.mysqlPort(),
                        servers.mysqlUser(),
                        servers.mysqlPassword(),
                        database.name(),
                        zone,
                        servers.iotdbHost(),
                        servers.iotdbPort(),
                        servers.iotdbUser(),
                        servers.iotdbPassword(),
                        database.iotdbDatabase(),
                        mappings.replace("DB", database.iotdbDatabase()).indent(4),
                        rest);
    }

    public String yaml() {
        return yaml;
    }

    public MigrationConfig config() {
        return MatchedTables.of(ConfigLoader.load("test.yml", yaml, Map.of()));
    }

    public StateFolder state() {
        return new StateFolder(state);
    }

    /** Lines for a person that the runs so far have shown. */
    public List<String> notes() {
        return notes;
    }

    /** Runs to the end. */
    public BackfillOutcome.Report backfill() throws Exception {
        return ((BackfillOutcome.Finished) run(false, progress -> false)).report();
    }

    /**
     * Waits until IoTDB takes writes again after it was read-only: its nodes learn of it by a
     * heartbeat, and what is written before is refused.
     */
    public void awaitWritable() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(
                        () -> {
                            try (Session probe = IotdbSessions.open(config().iotdb())) {
                                probe.executeNonQueryStatement(
                                        "INSERT INTO "
                                                + database.iotdbDatabase()
                                                + ".probe(time, ok) VALUES (1, true)");
                                return true;
                            }
                        });
    }

    /** Runs with {@code --restart}. */
    public BackfillOutcome.Report restart() throws Exception {
        return ((BackfillOutcome.Finished) run(true, progress -> false)).report();
    }

    /** Runs until the condition asks for a stop. */
    public BackfillOutcome run(boolean restart, Predicate<BackfillProgress> stop) throws Exception {
        return SharedCluster.backfill(config(), state())
                .run(new BackfillRun.Options(List.of(), restart), new Listener(stop));
    }

    /** Runs on the servers' Flink cluster, or follows what runs there already. */
    public BackfillOutcome runRemotely(boolean detach) throws Exception {
        return SharedCluster.backfill(config(), state())
                .run(
                        new BackfillRun.Options(List.of(), false, cluster(), detach),
                        new Listener(progress -> false));
    }

    /** What is in IoTDB under the test's database. */
    public Contents contents() throws Exception {
        return Contents.of(database, database.iotdbDatabase() + ".**");
    }

    /** Starts and is not watched. */
    private static final class Quiet implements CdcListener {
        @Override
        public void starting(String from) {
            // Tests look at outcomes.
        }

        @Override
        public void progress(CdcProgress progress) {
            throw new IllegalStateException("nobody waits");
        }

        @Override
        public Duration progressInterval() {
            return Waits.PROGRESS;
        }

        @Override
        public void note(String sentence) {
            throw new IllegalStateException(sentence);
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }

    private final class Listener implements BackfillListener {
        private final Predicate<BackfillProgress> stop;
        private boolean stopRequested;

        Listener(Predicate<BackfillProgress> stop) {
            this.stop = stop;
        }

        @Override
        public void planned(BackfillPlan plan) {
            // Tests look at outcomes.
        }

        @Override
        public void note(String message) {
            notes.add(message);
        }

        @Override
        public Duration progressInterval() {
            return Waits.PROGRESS;
        }

        @Override
        public void progress(BackfillProgress progress) {
            stopRequested |= stop.test(progress);
        }

        @Override
        public boolean stopRequested() {
            return stopRequested;
        }
    }
}
