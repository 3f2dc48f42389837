package io.iotdbmigrate.testkit;

import io.iotdbmigrate.flink.cluster.SharedCluster;
import io.iotdbmigrate.run.verify.CountsRun;
import io.iotdbmigrate.run.verify.VerifyRun;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.ValueText;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyProgress;
import io.iotdbmigrate.verify.VerifyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Compares both sides of a {@link Migration}, in this process. */
public final class Verification {
    private Verification() {}

    public static VerifyOptions options() {
        return new VerifyOptions(List.of(), List.of(), null, null, 100, 0, 1_000, RepairMode.NONE);
    }

    public static VerifyOptions options(RepairMode repair) {
        return new VerifyOptions(List.of(), List.of(), null, null, 100, 0, 1_000, repair);
    }

    /** That looks so many times again at what differs, while replication runs. */
    public static VerifyOptions options(int rechecks) {
        return new VerifyOptions(
                List.of(), List.of(), null, null, 100, rechecks, 1_000, RepairMode.NONE);
    }

    /** Of some devices and a span of time. */
    public static VerifyOptions scope(List<String> devices, Instant since, Instant until) {
        return new VerifyOptions(List.of(), devices, since, until, 100, 0, 1_000, RepairMode.NONE);
    }

    public static VerifyReport run(Migration migration, VerifyOptions options) throws Exception {
        return run(migration, options, new Asked(true));
    }

    /** With a person who answers. */
    public static VerifyReport run(Migration migration, VerifyOptions options, Asked person)
            throws Exception {
        return SharedCluster.verify(migration.config(), migration.state())
                .run(options, person)
                .orElseThrow();
    }

    /** Only counts rows. */
    public static CountReport counts(Migration migration, VerifyOptions options) throws Exception {
        return new CountsRun(migration.config(), migration.state()).run(options, new Asked(true));
    }

    /** On the servers' Flink cluster. */
    public static VerifyReport runRemotely(Migration migration, VerifyOptions options)
            throws Exception {
        return new VerifyRun(migration.config(), migration.state(), migration.cluster())
                .run(options, new Asked(true))
                .orElseThrow();
    }

    /** {@code kind device time column mysql->iotdb ...}, the device without the database's path. */
    public static List<String> lines(VerifyReport report, TestDatabase database) {
        return report.differences().stream().map(d -> line(d, database)).toList();
    }

    private static String line(Difference difference, TestDatabase database) {
        return difference.kind()
                + " "
                + device(difference.key().device(), database)
                + " "
                + difference.key().time()
                + difference.cells().stream().map(Verification::cell).collect(Collectors.joining());
    }

    private static String device(String device, TestDatabase database) {
        String path = database.iotdbDatabase() + ".";
        return device.startsWith(path) ? device.substring(path.length()) : device;
    }

    private static String cell(Cell cell) {
        return " "
                + cell.column()
                + " "
                + ValueText.of(cell.mysql())
                + "->"
                + ValueText.of(cell.iotdb());
    }

    /** Answers every question alike, and remembers them. */
    public static final class Asked implements VerifyListener {
        private final boolean answer;
        private final List<String> questions = new ArrayList<>();

        public Asked(boolean answer) {
            this.answer = answer;
        }

        public List<String> questions() {
            return questions;
        }

        @Override
        public void planned(int tables, long estimatedRows) {
            // Tests look at reports.
        }

        @Override
        public void note(String message) {
            // Tests look at reports.
        }

        @Override
        public void progress(VerifyProgress progress) {
            // Tests look at reports.
        }

        @Override
        public boolean agrees(String question) {
            questions.add(question);
            return answer;
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
