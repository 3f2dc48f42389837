package io.iotdbmigrate.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What counting both sides came to. It says nothing about values.
 *
 * @param devices that differ, to show: those with the largest difference first; there may be more
 * @param differencesFile that has all of them, null if there are none
 * @param positions where MySQL was
 * @param notCompared what the result says nothing about, one sentence each
 * @param notes what a person should know about the result, one sentence each
 */
public record CountReport(
        List<Table> tables,
        List<Device> devices,
        @Nullable Path differencesFile,
        VerifyReport.Positions positions,
        List<String> notCompared,
        List<String> notes,
        Instant finishedAt,
        Duration duration) {

    /** As reports and the journal call it. */
    public static final String MODE = "counts";

    public CountReport {
        tables = List.copyOf(tables);
        devices = List.copyOf(devices);
        notCompared = List.copyOf(notCompared);
        notes = List.copyOf(notes);
    }

    /**
     * One table, or several that write the same series and are counted as one.
     *
     * @param mapping the entry of the config that all of them are of; the name if there is none
     * @param tables how many it is
     * @param devices that either side has
     * @param differing devices whose counts do not agree
     * @param mysql all its rows
     * @param iotdb all its rows
     */
    public record Table(
            String name,
            String mapping,
            int tables,
            long devices,
            long differing,
            SourceCount mysql,
            TargetCount iotdb) {}

    /**
     * A device that differs.
     *
     * @param mysqlPoints rows that IoTDB should have
     * @param iotdbRows rows that it has
     */
    public record Device(String table, String path, long mysqlPoints, long iotdbRows) {}

    /** Counts devices that differ, of all tables. */
    public long differing() {
        return tables.stream().mapToLong(Table::differing).sum();
    }

    public boolean equal() {
        return differing() == 0;
    }
}
