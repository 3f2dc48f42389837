package io.iotdbmigrate.run.backfill;

import java.util.List;

/** How far a backfill is. */
public record BackfillProgress(List<Table> tables) {

    /**
     * One table.
     *
     * @param rows read so far, those of an interrupted run included
     * @param estimatedRows MySQL's estimate, which may be off by a third
     */
    public record Table(String name, long rows, long estimatedRows) {}

    public BackfillProgress {
        tables = List.copyOf(tables);
    }
}
