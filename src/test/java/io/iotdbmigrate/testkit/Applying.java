package io.iotdbmigrate.testkit;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Looks at how far a replication is, wherever it runs, by connections that stay open between the
 * looks. Not thread-safe.
 */
final class Applying implements AutoCloseable {
    private final BinlogServer server;
    private final Journal journal;
    private final CountedTables tables;

    Applying(Migration migration) {
        MigrationConfig config = migration.config();
        server = new BinlogServer(config.mysql().origin());
        journal = Journal.of(config);
        tables = CdcSpecs.counted(config);
    }

    /** Tells whether MySQL's binlog holds no event of a mapped table that is not in IoTDB. */
    boolean isDone() {
        return applied()
                .filter(Applied::running)
                .flatMap(a -> a.positionOn(server.uuid()))
                .map(last -> server.lag().eventsBehind(last, tables, 1) == 0)
                .orElse(false);
    }

    /** Returns the rows that are applied, as the journal has it. */
    long rows() {
        return applied().map(Applied::rows).orElse(0L);
    }

    private Optional<Applied> applied() {
        try {
            return CdcJournal.read(journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        journal.close();
        server.close();
    }
}
