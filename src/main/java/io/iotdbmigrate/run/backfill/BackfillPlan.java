package io.iotdbmigrate.run.backfill;

import java.util.List;

/** What a backfill would do. */
public record BackfillPlan(List<Table> tables) {

    /**
     * One table.
     *
     * @param estimatedRows MySQL's estimate
     * @param chunkKey the index the table is cut along, empty if it is read in one piece
     * @param estimatedChunks about how many chunks that makes
     * @param deviceTemplate where its rows go
     * @param series measurement and type of every series a device gets
     * @param mayCollapse whether rows can share (device, time)
     * @param sample a query that shows some of its rows in IoTDB
     */
    public record Table(
            String name,
            long estimatedRows,
            String chunkKey,
            long estimatedChunks,
            String deviceTemplate,
            List<String> series,
            boolean mayCollapse,
            String sample) {}

    public BackfillPlan {
        tables = List.copyOf(tables);
    }
}
