package io.iotdbmigrate.verify;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a report says about its own limits. */
public final class ReportNotes {
    private final List<TableRules> rules;
    private final VerifyOptions options;

    public ReportNotes(List<TableRules> rules, VerifyOptions options) {
        this.rules = List.copyOf(rules);
        this.options = options;
    }

    /** Returns what the result says nothing about. */
    public List<String> notCompared() {
        List<String> notes = new ArrayList<>();
        if (!options.tables().isEmpty()) {
            notes.add(
                    "tables other than "
                            + rules.stream()
                                    .map(TableRules::name)
                                    .collect(Collectors.joining(", ")));
        }
        if (!options.devices().isEmpty()) {
            notes.add("devices other than " + String.join(", ", options.devices()));
        }
        if (options.samplePercent() < 100) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "the devices outside a sample of %s percent, the same ones every time",
                            Double.toString(options.samplePercent()).replaceAll("\\.0$", "")));
        }
        if (options.since() != null) {
            notes.add("rows before " + options.since());
        }
        if (options.until() != null) {
            notes.add("rows from " + options.until() + " on");
        }
        for (TableRules table : rules) {
            if (!table.comparesValues()) {
                notes.add(
                        "the values of "
                                + table.name()
                                + ": with on_update: ignore IoTDB keeps first values, so only the"
                                + " presence of rows was compared");
            }
            if (table.onDelete() == OnDelete.IGNORE) {
                notes.add(
                        "rows of "
                                + table.name()
                                + " that only IoTDB has: with on_delete: ignore it keeps deleted"
                                + " ones");
            } else if (table.keepsGone()) {
                notes.add(
                        "rows of "
                                + table.name()
                                + " that only IoTDB has and that are older than all that MySQL has,"
                                + " or of a partition that cdc saw dropped: with on_partition_drop:"
                                + " ignore it keeps them");
            }
        }
        return notes;
    }

    /** Says that IoTDB is as MySQL was at a position, and replication does not go on. */
    public static String ended(ChangePosition at) {
        return "cdc does not run: IoTDB is as MySQL was at "
                + at
                + ", and rows changed since then differ; start it with iotdb-migrate cdc";
    }

    /**
     * Returns what a person should know about the result.
     *
     * @param before where the binlog was before the first read
     * @param after where it was after the last
     * @param endedAt where in the binlog replication ended, null if that has no bearing
     * @param recheck what the second look has to say, null for nothing
     * @param held if not 0, there were more differences than so many, and those were not looked at
     *     again
     */
    public List<String> of(
            @Nullable BinlogPosition before,
            @Nullable BinlogPosition after,
            boolean replicates,
            @Nullable ChangePosition endedAt,
            @Nullable String recheck,
            int held) {
        List<String> notes = new ArrayList<>();
        if (endedAt != null) {
            notes.add(ended(endedAt));
        }
        if (before != null && after != null && !before.equals(after) && !replicates) {
            notes.add(
                    "MySQL was written to while it was read (binlog "
                            + before
                            + " to "
                            + after
                            + ") and no replication runs: rows written since then are not in"
                            + " IoTDB");
        }
        if (before == null) {
            notes.add(
                    "MySQL writes no binlog, so it is not known whether it was written to while it"
                            + " was read");
        }
        if (recheck != null) {
            notes.add(recheck);
        }
        if (held > 0) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "there are more than %,d differences; they were not looked at again"
                                    + "%s",
                            held,
                            options.repair() == RepairMode.NONE
                                    ? ""
                                    : ", nor can so many be repaired one by one: copy the tables"
                                            + " anew with backfill --restart"));
        }
        return notes;
    }
}
