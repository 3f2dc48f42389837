package io.iotdbmigrate.run.cutover;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.cutover.Verification;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifiedBase;
import io.iotdbmigrate.journal.VerifyJournal;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.rows.TableValues;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.verify.Difference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verification that compares what was changed since the last full comparison found both sides
 * equal.
 *
 * <p>That comparison noted a {@link VerifiedBase}. A row that no change behind it touches is in
 * MySQL what it was, and in IoTDB too, as replication writes nothing else. The touched rows are
 * found in the binlog. While writes go on they are compared again and again; one that was equal
 * after replication had applied its last change is done, until the next change of it. So what is
 * left for the pause are the rows of the last second or two. {@link Verify#FULL} compares every
 * value in the pause, {@link Verify#COUNTS} the rows of each device.
 */
public final class RecentVerification implements Verification {
    private static final Logger LOG = LoggerFactory.getLogger(RecentVerification.class);
    private static final int ROUNDS = 10;
    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration CALM = Duration.ofSeconds(2);

    private final MigrationConfig config;
    private final CdcJob replication;
    private final Clusters clusters;
    private final FullVerification full;
    private volatile @Nullable Prepared prepared;

    /** What MySQL is counted to hold since its tables stand still; null before. */
    private volatile @Nullable FutureTask<List<TableValues>> standing;

    public RecentVerification(MigrationConfig config, StateFolder state, CdcJob replication) {
        this(config, state, replication, Clusters.OWN);
    }

    public RecentVerification(
            MigrationConfig config, StateFolder state, CdcJob replication, Clusters clusters) {
        this.config = config;
        this.replication = replication;
        this.clusters = clusters;
        this.full = new FullVerification(config, state, clusters);
    }

    /**
     * What the comparison in the pause goes by.
     *
     * @param base of each table, the checksum of the comparison that the changes came after
     * @param baseAt when that comparison ended
     */
    private record Prepared(
            TouchedWatch watch, ValueCounts counts, Map<String, String> base, Instant baseAt) {}

    @Override
    public String prepare(Verify mode) throws Exception {
        close();
        if (mode == Verify.FULL) {
            full.prepare();
            return "nothing yet: every value is compared in the pause";
        }
        if (mode == Verify.COUNTS) {
            return "nothing yet: rows are counted in the pause";
        }
        try (Journal journal = journal();
                BinlogServer server = new BinlogServer(config.mysql())) {
            Journal.Entry last =
                    VerifyJournal.lastFull(journal.entries())
                            .orElseThrow(() -> again("there is no full verify"));
            MigrationPlan plan = MigrationPlan.of(config, List.of());
            VerifiedBase base = base(last, plan, server);
            TouchedWatch watch = TouchedWatch.start(clusters, config, plan, server, base);
            ValueCounts counts = new ValueCounts(config, plan, rejected(last));
            prepared = new Prepared(watch, counts, checksums(last), last.at());
            FutureTask<List<TableValues>> source = counts.beginSource();
            counts.target();
            result(source);
            return catchUp(watch, journal, server, last.at());
        }
    }

    private static VerifiedBase base(Journal.Entry last, MigrationPlan plan, BinlogServer server) {
        VerifiedBase base =
                VerifiedBase.of(last.fields())
                        .orElseThrow(() -> again("cdc did not run, or lagged, at the last verify"));
        if (!base.shapes().equals(MappingFingerprints.of(plan.mappings()))) {
            throw again("the mappings or the tables' columns changed since the last verify");
        }
        if (!server.history().isAvailable(base.position())) {
            throw again("MySQL's binlog cannot be read from the last verify on");
        }
        return base;
    }

    private static UserException again(String why) {
        return new UserException(
                ExitCode.NOT_SWITCHED,
                why
                        + ", so it is not known what changed since; run iotdb-migrate verify while cdc"
                        + " runs");
    }

    private static Map<String, String> checksums(Journal.Entry last) {
        Map<String, String> checksums = new HashMap<>();
        for (JsonNode table : last.fields().path("tables")) {
            checksums.put(table.path("table").asText(), table.path("mysql_checksum").asText());
        }
        return checksums;
    }

    /** Returns the tables with rows that are not in IoTDB, by name. */
    private static Set<String> rejected(Journal.Entry last) {
        Set<String> tables = new HashSet<>();
        for (JsonNode table : last.fields().path("tables")) {
            if (table.path("rejected").asLong() > 0) {
                tables.add(table.path("table").asText());
            }
        }
        return tables;
    }

    /**
     * Looks again until a round takes about as long as it would in the pause: replication has
     * hardly anything to apply, and comparing is quick or takes no less than before.
     */
    private String catchUp(TouchedWatch watch, Journal journal, BinlogServer server, Instant since)
            throws Exception {
        int compared = 0;
        Duration last = Duration.ofDays(1);
        for (int round = 1; round <= ROUNDS; round++) {
            long begun = System.nanoTime();
            replication.checkpoint();
            Duration applying = since(begun);
            begun = System.nanoTime();
            int before = watch.left();
            int differing = watch.compare(applied(journal, server)).size();
            Duration comparing = since(begun);
            LOG.info(
                    "round {}: applied in {} ms, {} rows before it, {} differ so far, {} left, {}"
                            + " ms",
                    round,
                    applying.toMillis(),
                    before,
                    differing,
                    watch.left(),
                    comparing.toMillis());
            compared = Math.max(compared, before);
            boolean shrinking = comparing.multipliedBy(4).compareTo(last.multipliedBy(3)) < 0;
            boolean compares = comparing.compareTo(QUICK) < 0 || !shrinking;
            if (round > 1 && applying.compareTo(CALM) < 0 && compares) {
                break;
            }
            last = comparing;
        }
        return String.format(
                Locale.ROOT,
                "about %,d rows changed since %s, %,d of them left to compare",
                compared,
                since.truncatedTo(ChronoUnit.SECONDS),
                watch.left());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void sourceStands(Verify mode) {
        Prepared ready = prepared;
        standing = mode == Verify.RECENT && ready != null ? ready.counts().beginSource() : null;
    }

    @Override
    public Verified run(Verify mode) throws Exception {
        if (mode == Verify.FULL) {
            return full.values();
        }
        if (mode == Verify.COUNTS) {
            return full.counts();
        }
        if (prepared == null) {
            prepare(mode);
        }
        Prepared ready = java.util.Objects.requireNonNull(prepared);
        FutureTask<List<TableValues>> begun = standing;
        FutureTask<List<TableValues>> source = begun == null ? ready.counts().beginSource() : begun;
        FutureTask<Map<Integer, List<Long>>> counting =
                new FutureTask<>(() -> ready.counts().target());
        Thread counter = new Thread(counting, "counts of IoTDB");
        counter.setDaemon(true);
        counter.start();
        List<Difference> rows;
        try (Journal journal = journal()) {
            rows = ready.watch().compare(requireAllApplied(journal));
        }
        Map<Integer, List<Long>> target = result(counting);
        List<String> differences = new ArrayList<>();
        List<Verified.Table> counted = ready.counts().compare(result(source), target, differences);
        if (begun != null && !differences.isEmpty()) {
            // A transaction may have been in the binlog a moment before its rows could be read.
            differences.clear();
            counted =
                    ready.counts()
                            .compare(result(ready.counts().beginSource()), target, differences);
        }
        List<Verified.Table> tables = counted.stream().map(t -> withBase(t, ready)).toList();
        rows.stream()
                .collect(Collectors.groupingBy(d -> d.key().table(), Collectors.counting()))
                .forEach(
                        (table, count) ->
                                differences.add(
                                        "%s: %d of the rows that were changed since the last verify"
                                                .formatted(ready.counts().name(table), count)));
        return new Verified(mode, differences.isEmpty(), Instant.now(), tables, differences);
    }

    private static Verified.Table withBase(Verified.Table table, Prepared ready) {
        String checksum = ready.base().get(table.name());
        return checksum == null
                ? table
                : new Verified.Table(
                        table.name(), table.rows(), table.found(), checksum, ready.baseAt());
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private ChangePosition requireAllApplied(Journal journal) throws java.io.IOException {
        Set<TableId> tables = CdcSpecs.mappedTables(config);
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            ChangePosition applied = applied(journal, server);
            if (server.lag().anyEventBetween(applied, server.head(), tables)) {
                throw new UserException(
                        ExitCode.NOT_SWITCHED,
                        "MySQL holds changes that are not in IoTDB yet, so nothing can be compared;"
                                + " see that writes are paused, and try again");
            }
            return applied;
        }
    }

    private static ChangePosition applied(Journal journal, BinlogServer server)
            throws java.io.IOException {
        return CdcJournal.read(journal)
                .flatMap(noted -> noted.positionOn(server.uuid()))
                .orElseThrow(
                        () ->
                                new UserException(
                                        ExitCode.NOT_SWITCHED,
                                        "the journal has no applied position in the binlog of this"
                                                + " MySQL server; wait until cdc has applied a"
                                                + " change"));
    }

    /**
     * Finds the last full verify. With {@code cutover.verify: recent}, only one that notes where it
     * began to count.
     */
    @Override
    public Optional<Verified> lastFull() throws Exception {
        try (Journal journal = journal()) {
            return VerifyJournal.lastFull(journal.entries())
                    .filter(
                            entry ->
                                    config.cutover().verify() != Verify.RECENT
                                            || !entry.fields().path("equal").asBoolean()
                                            || VerifiedBase.of(entry.fields()).isPresent())
                    .map(RecentVerification::of);
        }
    }

    @Override
    public long settledRejections() throws Exception {
        try (Journal journal = journal()) {
            return VerifyJournal.settledRejections(journal.entries());
        }
    }

    private static Verified of(Journal.Entry entry) {
        List<Verified.Table> tables = new ArrayList<>();
        for (JsonNode table : entry.fields().path("tables")) {
            long rows = table.path("mysql_rows").asLong();
            tables.add(
                    new Verified.Table(
                            table.path("table").asText(),
                            rows,
                            rows,
                            table.path("mysql_checksum").asText()));
        }
        boolean equal = entry.fields().path("equal").asBoolean();
        return new Verified(
                Verify.FULL,
                equal,
                entry.at(),
                tables,
                equal
                        ? List.of()
                        : List.of(
                                entry.fields().path("differences").asLong()
                                        + " rows differed; see differences.jsonl"));
    }

    private Journal journal() {
        return Journal.of(config);
    }

    @Override
    public void close() {
        Prepared last = prepared;
        prepared = null;
        standing = null;
        try {
            full.close();
            if (last != null) {
                last.watch().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the embedded cluster does not end", e);
        }
    }
}
