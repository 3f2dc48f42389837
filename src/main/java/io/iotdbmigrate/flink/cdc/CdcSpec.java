package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.SinkConfig;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TallNames;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a replication job needs, as it travels to the cluster.
 *
 * @param name of the migration
 * @param tables what to follow, one entry per mapping
 * @param names what names are looked up in
 * @param start where a job without a checkpoint begins
 * @param server {@code server_uuid} of the server whose binlog has that place, or the checkpoint's
 * @param databases to create if absent
 * @param parallelism of the writers; the binlog is read by one
 * @param maxRejected more rejected rows than this stop the job
 * @param workDir URI of a folder that all task managers reach: rejected rows, tables that appeared
 * @param growth how tables are followed that appear; null: one that appears stops the job
 */
public record CdcSpec(
        String name,
        MySqlConfig mysql,
        IotdbConfig iotdb,
        List<Table> tables,
        Names names,
        CdcStart start,
        String server,
        ServerIdRange serverId,
        Duration heartbeat,
        Dialect dialect,
        List<String> databases,
        int parallelism,
        SinkConfig sink,
        long maxRejected,
        String workDir,
        @Nullable Growth growth)
        implements Serializable {

    /**
     * One mapping.
     *
     * @param keys that let no two rows of the table be alike, as it was planned
     * @param unique no two rows of the table can share (device, time)
     * @param numbered a row that is inserted has the largest primary key so far
     * @param alone no other table writes its series
     * @param last its table is the last of those that write its series
     */
    public record Table(
            TableMapping mapping,
            List<TableKey> keys,
            boolean unique,
            boolean numbered,
            boolean alone,
            boolean last)
            implements Serializable {
        public Table {
            // A file of an earlier version does not have them.
            keys = keys == null ? List.of() : List.copyOf(keys);
        }

        /** Tells whether no row of any table can share (device, time) with one of this. */
        public boolean uniqueRows() {
            return unique && alone;
        }

        /** Tells whether a row that is inserted always stands if the last one does. */
        public boolean ascendingKey() {
            return last && (unique || numbered);
        }

        /** Returns tables that know of each other, in their order. */
        static List<Table> together(List<Table> tables) {
            List<TableMapping> mappings =
                    TallNames.among(tables.stream().map(Table::mapping).toList());
            List<TargetUnit> units = TargetUnit.of(mappings);
            int[] unitOf = TargetUnit.unitOf(units);
            List<Table> told = new ArrayList<>();
            for (int i = 0; i < tables.size(); i++) {
                Table table = tables.get(i);
                List<Integer> unit = units.get(unitOf[i]).mappings();
                told.add(
                        new Table(
                                mappings.get(i),
                                table.keys(),
                                table.unique(),
                                table.numbered(),
                                unit.size() == 1,
                                unit.get(unit.size() - 1) == i));
            }
            return told;
        }
    }

    /**
     * How tables are followed that appear while the job runs.
     *
     * @param config by which they are mapped
     * @param id of this spec, by which the job finds those that it has come to follow
     */
    public record Growth(MigrationConfig config, String id) implements Serializable {}

    /**
     * The columns that names are looked up in.
     *
     * @param columns with the rows that a job without a checkpoint begins with
     * @param since where the binlog stood before those were read, if that is behind the start;
     *     null: they are as they were at the start
     */
    public record Names(List<LookupColumn> columns, @Nullable NamesSince since)
            implements Serializable {
        public Names {
            columns = List.copyOf(columns);
        }
    }

    /** Where to begin without a checkpoint. */
    public sealed interface CdcStart extends Serializable {
        /** Returns the {@code server_uuid} of the server that has it; null: whichever answers. */
        default @Nullable String server() {
            return null;
        }

        /**
         * At a noted position. Its GTID set decides where it is not empty.
         *
         * @param createTable the tables' definitions at that position, by {@code database.table};
         *     empty: as they are now
         * @param fileBegun when the file of the position was begun, by the server's clock; null:
         *     not noted
         */
        record At(
                BinlogPosition position,
                Map<String, String> createTable,
                @Nullable Instant fileBegun)
                implements CdcStart {
            /** Makes a start in a file of which nothing was noted. */
            public At(BinlogPosition position, Map<String, String> createTable) {
                this(position, createTable, null);
            }

            public At {
                createTable = Map.copyOf(createTable);
            }

            @Override
            public @Nullable String server() {
                return position.server();
            }
        }

        /**
         * With the first transaction that is not in a set.
         *
         * @param oldestFile where the binlog begins
         */
        record Behind(String oldestFile, String gtidSet) implements CdcStart {}

        /**
         * Where a checkpoint says; without one there is nothing to begin from.
         *
         * @param server that was followed last, as the journal has it
         * @param answers whether this server answers now: then nobody asks whether another one has
         *     all that the checkpoint counts as read
         */
        record Restored(@Nullable String server, boolean answers) implements CdcStart {
            /** Makes one for a server that was followed last. */
            public static Restored of(@Nullable String server, String answering) {
                return new Restored(server, answering.equals(server));
            }

            @Override
            public @Nullable String server() {
                return server;
            }

            /**
             * Makes sure that the checkpoint's place is one in the binlog that will be read.
             *
             * @param ofCheckpoint the server whose binlog has the place; null if it does not say
             * @throws UserException exit code 4, if it is another server's
             */
            public void require(@Nullable String ofCheckpoint) {
                if (answers && ofCheckpoint != null && !ofCheckpoint.equals(server)) {
                    throw new UserException(
                            ExitCode.JOB_FAILED,
                            "the savepoint has a place in the binlog of the MySQL server "
                                    + ofCheckpoint
                                    + ", but "
                                    + server
                                    + " answers, which was followed since; give the newest"
                                    + " savepoint, or copy again with: iotdb-migrate backfill"
                                    + " --restart");
                }
            }
        }

        /** With a copy of the tables by the connector's own snapshot. */
        record Snapshot() implements CdcStart {}
    }

    public CdcSpec {
        tables = List.copyOf(tables);
        databases = List.copyOf(databases);
    }

    public List<TableMapping> mappings() {
        return tables.stream().map(Table::mapping).toList();
    }

    /** Returns all tables whose changes are followed; a name comes before the row that needs it. */
    public List<FollowedTable> followed() {
        return Stream.<FollowedTable>concat(names.columns().stream(), mappings().stream()).toList();
    }

    /** Returns the same with the look-ups of other mappings, one for each. */
    CdcSpec withMappings(List<TableMapping> others) {
        List<Table> changed = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            Table table = tables.get(i);
            changed.add(
                    new Table(
                            others.get(i),
                            table.keys(),
                            table.unique(),
                            table.numbered(),
                            table.alone(),
                            table.last()));
        }
        return withTables(changed);
    }

    /** Follows other tables. */
    CdcSpec withTables(List<Table> others) {
        return new CdcSpec(
                name,
                mysql,
                iotdb,
                others,
                names,
                start,
                server,
                serverId,
                heartbeat,
                dialect,
                databases,
                parallelism,
                sink,
                maxRejected,
                workDir,
                growth);
    }
}
