package io.iotdbmigrate.run.backfill;

import java.util.List;

/**
 * How far a backfill is.
 *
 * @param work of its two sides; empty while that is not known
 */
public record BackfillProgress(List<Table> tables, List<WorkShare> work) {

    /**
     * One table.
     *
     * @param rows read so far, those of an interrupted run included
     * @param estimatedRows MySQL's estimate, which may be off by a third
     */
    public record Table(String name, long rows, long estimatedRows) {}

    /** Makes one of which nothing is known but rows. */
    public BackfillProgress(List<Table> tables) {
        this(tables, List.of());
    }

    public BackfillProgress {
        tables = List.copyOf(tables);
        work = List.copyOf(work);
    }
}
