package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison came to.
 *
 * @param mode how both sides were compared: {@code checksums}
 * @param differences to show; there may be more
 * @param maps where they lie, one for each table that has any
 * @param differencesFile that has all of them, null if there are none
 * @param positions where MySQL was
 * @param notCompared what the result says nothing about, one sentence each
 * @param notes what a person should know about the result, one sentence each
 * @param repair null unless asked for
 * @param startedAt when the run began; what it does before it reads takes some seconds, too
 * @param duration of reading and comparing alone
 */
public record VerifyReport(
        String mode,
        List<Table> tables,
        List<Difference> differences,
        List<DifferenceMap> maps,
        @Nullable Path differencesFile,
        Positions positions,
        List<String> notCompared,
        List<String> notes,
        @Nullable Repaired repair,
        Instant startedAt,
        Instant finishedAt,
        Duration duration) {

    /** The {@code mode} in which every value is compared. */
    public static final String CHECKSUMS = "checksums";

    public VerifyReport {
        tables = List.copyOf(tables);
        differences = List.copyOf(differences);
        maps = List.copyOf(maps);
        notCompared = List.copyOf(notCompared);
        notes = List.copyOf(notes);
    }

    /**
     * Positions of MySQL's binlog.
     *
     * @param before the first read; null where MySQL writes no binlog
     * @param after the last read
     * @param equalAt up to which everything was applied when the last difference went away; null if
     *     nothing had to be looked at again
     */
    public record Positions(
            @Nullable BinlogPosition before,
            @Nullable BinlogPosition after,
            @Nullable BinlogPosition equalAt) {}

    /**
     * One table, or several that write the same series and are compared as one.
     *
     * @param mapping the entry of the config that all of them are of; the name if there is none
     * @param sources the tables
     * @param mysqlRows compared of MySQL
     * @param iotdbRows compared of IoTDB
     * @param empty rows with nothing but nulls, which do not exist in IoTDB
     * @param rejected rows that cannot be mapped, which are not in IoTDB either
     * @param collapsed rows beyond the one that stands of each (device, time)
     * @param kept rows that MySQL deleted and IoTDB keeps, as {@code on_delete} wants
     * @param devices those with differences, the most first; not all if there are very many
     */
    public record Table(
            String name,
            String mapping,
            List<Source> sources,
            long mysqlRows,
            long iotdbRows,
            long missing,
            long extra,
            long different,
            long empty,
            long rejected,
            long collapsed,
            long kept,
            String mysqlChecksum,
            String iotdbChecksum,
            List<Device> devices) {
        public Table {
            sources = List.copyOf(sources);
            devices = List.copyOf(devices);
        }

        public long differences() {
            return missing + extra + different;
        }
    }

    /**
     * A table of MySQL.
     *
     * @param rows read, in or out of scope
     */
    public record Source(String table, long rows) {}

    /**
     * A device with differences.
     *
     * @param from first time in question
     * @param to last time in question
     */
    public record Device(String path, long differences, Instant from, Instant to) {}

    /** Counts differences of all tables, before any repair. */
    public long count() {
        return tables.stream().mapToLong(Table::differences).sum();
    }

    /** Tells whether both sides hold the same now. */
    public boolean equal() {
        return count() == 0 || (repair != null && repair.complete());
    }
}
