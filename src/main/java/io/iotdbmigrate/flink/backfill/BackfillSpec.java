package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.SinkConfig;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mysql.ChunkSql;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a backfill job needs, as it travels to the cluster.
 *
 * @param name of the migration
 * @param runId names this backfill in the journal; a resumed one keeps it
 * @param tables what to copy, one entry per mapping
 * @param databases to create if absent
 * @param lookups the columns that names are looked up in, as they were read
 * @param chunkRows rows per chunk at most
 * @param rateLimit rows/s over all readers, 0 = none
 * @param maxRejected more rejected rows than this stop the job
 * @param binlogLook time between two looks at whether the binlog still reaches back to where the
 *     backfill began; null if no replication is to begin there
 * @param workDir URI of a folder that all task managers and the job manager reach: key hashes and
 *     rejected rows
 */
public record BackfillSpec(
        String name,
        String runId,
        MySqlConfig mysql,
        IotdbConfig iotdb,
        List<Table> tables,
        List<LookupColumn> lookups,
        List<String> databases,
        int parallelism,
        int chunkRows,
        long rateLimit,
        SinkConfig sink,
        long maxRejected,
        @Nullable Duration binlogLook,
        String workDir)
        implements Serializable {

    /**
     * One mapping and how its table is read.
     *
     * @param uniqueRows no two rows of the table can share (device, time), and no other table's can
     *     with one of it: nothing can collapse
     */
    public record Table(TableMapping mapping, ChunkSql sql, long estimatedRows, boolean uniqueRows)
            implements Serializable {

        /** Returns the table as it is called in reports and metrics. */
        public String name() {
            return mapping.name();
        }
    }

    public BackfillSpec {
        tables = List.copyOf(tables);
        lookups = List.copyOf(lookups);
        databases = List.copyOf(databases);
    }
}
