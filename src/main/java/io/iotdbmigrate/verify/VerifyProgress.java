package io.iotdbmigrate.verify;

import java.util.List;

/** How far both sides are read. */
public record VerifyProgress(List<Table> tables) {

    /**
     * One table.
     *
     * @param mysqlRows read from MySQL so far
     * @param iotdbRows read from IoTDB so far
     * @param estimatedRows MySQL's estimate
     */
    public record Table(String name, long mysqlRows, long iotdbRows, long estimatedRows) {}

    public VerifyProgress {
        tables = List.copyOf(tables);
    }
}
