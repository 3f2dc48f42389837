package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.cutover.Verification;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifiedBase;
import io.iotdbmigrate.journal.VerifyJournal;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.verify.NamedPlan;
import io.iotdbmigrate.verify.Difference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private final MigrationConfig config;
    private final CdcJob replication;
    private final Clusters clusters;
    private final FullVerification full;
    private volatile @Nullable Prepared prepared;

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

    /** What the comparison in the pause goes by. */
    private record Prepared(
            Baseline baseline, TouchedWatch watch, ValueCounts values, CountsInPause counts) {}

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
            MigrationPlan plan = NamedPlan.of(config, List.of(), journal);
            Baseline baseline = Baseline.read(journal, plan, server);
            TouchedWatch watch =
                    TouchedWatch.start(clusters, config, plan, server, baseline.base());
            ValueCounts values = new ValueCounts(config, plan, baseline.rejected());
            CountsInPause counts = new CountsInPause(values);
            prepared = new Prepared(baseline, watch, values, counts);
            counts.warmUp();
            new TouchedCatchUp(replication, watch, config.cutover().maxLag()).run(journal, server);
            new AttributesBeforehand(replication, watch).requireEqual();
            return String.format(
                    Locale.ROOT,
                    "about %,d rows changed since %s, %,d of them left to compare",
                    watch.equal() + watch.left(),
                    baseline.at().truncatedTo(ChronoUnit.SECONDS),
                    watch.left());
        }
    }

    @Override
    public void sourceStands(Verify mode) {
        Prepared ready = prepared;
        if (mode == Verify.RECENT && ready != null) {
            ready.counts().sourceStands();
        }
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
        return compare(Objects.requireNonNull(prepared));
    }

    private Verified compare(Prepared ready) throws Exception {
        CountsInPause.Counting counting = ready.counts().begin();
        List<Difference> rows;
        List<Difference> attributes;
        try (Journal journal = journal()) {
            rows = ready.watch().compare(AppliedChanges.requireAll(config, journal));
            attributes = ready.watch().attributes();
        }
        List<String> differences = new ArrayList<>();
        List<Verified.Table> tables =
                counting.compare(differences).stream().map(ready.baseline()::withChecksum).toList();
        byTable(rows)
                .forEach(
                        (table, count) ->
                                differences.add(
                                        "%s: %d of the rows that were changed since the last verify"
                                                .formatted(ready.values().name(table), count)));
        byTable(attributes)
                .forEach(
                        (table, count) ->
                                differences.add(
                                        "%s: the attributes of %d devices"
                                                .formatted(ready.values().name(table), count)));
        return new Verified(
                Verify.RECENT, differences.isEmpty(), Instant.now(), tables, differences);
    }

    private static Map<Integer, Long> byTable(List<Difference> differences) {
        return differences.stream()
                .collect(Collectors.groupingBy(d -> d.key().table(), Collectors.counting()));
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
                                            || Baseline.isNoted(entry))
                    .map(Baseline::result);
        }
    }

    @Override
    public long settledRejections() throws Exception {
        try (Journal journal = journal()) {
            return VerifyJournal.settledRejections(journal.entries());
        }
    }

    private Journal journal() {
        return Journal.of(config);
    }

    @Override
    public void close() {
        Prepared last = prepared;
        prepared = null;
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
