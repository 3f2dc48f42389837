package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.flink.verify.ComparisonResult;
import io.iotdbmigrate.flink.verify.IotdbCounts;
import io.iotdbmigrate.flink.verify.MySqlCounts;
import io.iotdbmigrate.flink.verify.VerifySpec;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.CountComparison;
import io.iotdbmigrate.verify.DeviceKey;
import io.iotdbmigrate.verify.Recheck;
import io.iotdbmigrate.verify.Repair;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What a repair wants to know of the two servers and of the person. */
final class RepairChecks implements Repair.Checks {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final VerifySpec spec;
    private final VerifyOptions options;
    private final ComparisonResult look;
    private final MigrationPlan plan;
    private final Person person;
    private final RepairNote note;

    /** Whoever is asked, and what is known of replication while it is counted. */
    record Person(VerifyListener listener, Recheck.BinlogProgress replication) {}

    RepairChecks(
            VerifySpec spec,
            VerifyOptions options,
            ComparisonResult look,
            MigrationPlan plan,
            Person person,
            RepairNote note) {
        this.spec = spec;
        this.options = options;
        this.look = look;
        this.plan = plan;
        this.person = person;
        this.note = note;
    }

    @Override
    public Set<DeviceKey> all() {
        List<Boolean> anyRow = Collections.nCopies(spec.source().tables().size(), true);
        return new MySqlCounts(spec, VerifyOptions.all(0, 0), anyRow).all().keySet();
    }

    @Override
    public long targetRows(int table) {
        return look.targetRows(table);
    }

    @Override
    public boolean agrees(String question) {
        return person.listener().agrees(question);
    }

    @Override
    public void begins() throws IOException {
        note.begun();
    }

    @Override
    public Set<DeviceKey> differing(Set<DeviceKey> devices) throws IOException {
        try (IotdbCounts iotdb = new IotdbCounts(spec)) {
            return new CountComparison(
                            spec.rules(),
                            new MySqlCounts(spec, options, uniqueRows(plan)),
                            iotdb,
                            person.replication(),
                            PATIENCE)
                    .run(options.recheck(), devices::contains)
                    .different();
        }
    }

    /** Tells, of each mapping, whether no two rows of its table can share (device, time). */
    static List<Boolean> uniqueRows(MigrationPlan plan) {
        return IntStream.range(0, plan.mappings().size())
                .mapToObj(
                        i ->
                                Uniqueness.guarantee(plan.mappings().get(i), plan.schemas().get(i))
                                        .isPresent())
                .toList();
    }
}
