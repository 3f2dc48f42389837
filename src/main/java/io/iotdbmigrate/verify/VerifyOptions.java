package io.iotdbmigrate.verify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants compared, and how.
 *
 * @param tables only these; empty means all
 * @param devices only these, {@code *} stands for any characters; empty means all
 * @param since first time, null: from the beginning
 * @param until first time that is no longer compared, null: to the end
 * @param samplePercent of the devices
 * @param recheck how often a difference is looked at again while replication runs
 * @param maxDifferences shown in the report
 */
public record VerifyOptions(
        List<String> tables,
        List<String> devices,
        @Nullable Instant since,
        @Nullable Instant until,
        double samplePercent,
        int recheck,
        int maxDifferences,
        RepairMode repair) {

    /** Whether differences are mended. */
    public enum RepairMode {
        NONE,
        PLAN,
        /** Values that MySQL has are written; nothing is deleted. */
        WRITE,
        /** Points that MySQL has not are deleted, too. */
        WRITE_AND_DELETE;

        public boolean executes() {
            return this == WRITE || this == WRITE_AND_DELETE;
        }
    }

    /** Compares all there is, and what differs is only told. */
    public static VerifyOptions all(int recheck, int maxDifferences) {
        return new VerifyOptions(
                List.of(), List.of(), null, null, 100, recheck, maxDifferences, RepairMode.NONE);
    }

    /** Takes other names of tables. */
    public VerifyOptions withTables(List<String> others) {
        return new VerifyOptions(
                others, devices, since, until, samplePercent, recheck, maxDifferences, repair);
    }

    /** Tells whether nothing is narrowed down. */
    public boolean everything() {
        return tables.isEmpty()
                && devices.isEmpty()
                && since == null
                && until == null
                && samplePercent == 100;
    }

    public VerifyOptions {
        tables = List.copyOf(tables);
        devices = List.copyOf(devices);
    }
}
