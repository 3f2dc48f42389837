package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.flink.backfill.KeyFiles.KeyFile;
import io.iotdbmigrate.flink.cdc.apply.PointContest;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.UnitColumns;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A resolver that settles the rows of one (device, time) after parallel readers wrote them in any
 * order: reads the chunks that hold them once more, decides by the declared order of the tables and
 * by key order who stands, clears what the others left where the winner has nulls, and writes the
 * winner.
 */
final class CollapseResolver {

    /** Suspects settled per pass over their chunks; bounds memory to some 100 MB. */
    private static final int GROUP = 200_000;

    private final BackfillSpec spec;
    private final List<Integer> unit;
    private final List<TableMapping> mappings;
    private final UnitColumns columns;
    private final long[] collapsed;

    /**
     * @param unit the tables that write the same series, in their declared order
     */
    CollapseResolver(BackfillSpec spec, TargetUnit unit) {
        this.spec = spec;
        this.unit = unit.mappings();
        this.mappings = this.unit.stream().map(i -> spec.tables().get(i).mapping()).toList();
        this.columns = UnitColumns.of(mappings);
        this.collapsed = new long[this.unit.size()];
    }

    private record Key(Device device, long time) {}

    /**
     * Settles all of them.
     *
     * @return of each table of the unit, its rows that gave way
     */
    long[] resolve() throws IOException {
        List<KeyFile> files = new ArrayList<>();
        KeyFiles all = new KeyFiles(spec.workDir());
        for (int index : unit) {
            files.addAll(all.list(index));
        }
        RepeatedHashes.Hashes suspects = RepeatedHashes.find(files);
        if (suspects.size() == 0) {
            return collapsed;
        }
        try (Connection connection = MySqlConnections.connect(spec.mysql());
                Target target = Targets.open(Retries.of(spec.iotdb(), spec.sink()))) {
            for (TableMapping mapping : mappings) {
                target.recover(mapping);
            }
            for (int from = 0; from < suspects.size(); from += GROUP) {
                int to = Math.min(suspects.size(), from + GROUP);
                Map<Key, PointContest> contests = new HashMap<>();
                for (KeyFile file : RepeatedHashes.holding(files, suspects, from, to)) {
                    read(connection, file, suspects, from, to, contests);
                }
                settle(target, contests);
            }
            target.flush(spec.databases());
        } catch (SQLException e) {
            throw new IOException("cannot read rows that collapse: " + e.getMessage(), e);
        }
        return collapsed;
    }

    private void read(
            Connection connection,
            KeyFile file,
            RepeatedHashes.Hashes suspects,
            int from,
            int to,
            Map<Key, PointContest> contests)
            throws SQLException {
        int index = file.chunk().mapping();
        int writer = unit.indexOf(index);
        TableMapping mapping = mappings.get(writer);
        RowMapper mapper = new RowMapper(mapping);
        long low = suspects.get(from);
        long high = suspects.get(to - 1);
        try (RowStream rows =
                RowStream.open(
                        connection,
                        spec.tables().get(index).sql().select(mapping, file.chunk()),
                        mapping.columns())) {
            for (@Nullable Object[] next = rows.next(); next != null; next = rows.next()) {
                if (mapper.map(next) instanceof RowMapper.Mapped mapped) {
                    TargetRow row = mapped.row();
                    long hash = row.device().keyHash(row.time());
                    if (hash >= low && hash <= high && suspects.contains(hash)) {
                        int gaveWay =
                                contests.computeIfAbsent(
                                                new Key(row.device(), row.time()),
                                                k -> new PointContest(columns))
                                        .add(writer, row, mapping.onDuplicate());
                        if (gaveWay >= 0) {
                            collapsed[gaveWay]++;
                        }
                    }
                }
            }
        }
    }

    private void settle(Target target, Map<Key, PointContest> contests) throws IOException {
        List<TabletBuffer> winners = mappings.stream().map(TabletBuffer::new).toList();
        Map<Device, SortedSet<Long>> values = new HashMap<>();
        for (Map.Entry<Key, PointContest> entry : contests.entrySet()) {
            PointContest contest = entry.getValue();
            if (contest.rows() > 1) {
                if (mappings.get(0).onDuplicate() == OnDuplicate.FAIL) {
                    throw duplicate(entry.getKey(), contest);
                }
                for (int writer : contest.writers()) {
                    List<Integer> toClear = contest.toClear(writer);
                    if (!toClear.isEmpty() && mappings.get(writer).isPivoted()) {
                        values.computeIfAbsent(entry.getKey().device(), d -> new TreeSet<>())
                                .add(entry.getKey().time());
                    } else if (!toClear.isEmpty()) {
                        target.deletePoints(
                                mappings.get(writer),
                                entry.getKey().device(),
                                toClear,
                                entry.getKey().time());
                    }
                }
                for (int writer : contest.writers()) {
                    TargetRow row = contest.toWrite(writer, contest.any());
                    if (mappings.get(writer).keeps(row)) {
                        winners.get(writer).add(row);
                    }
                }
            }
        }
        clearValues(target, values);
        for (TabletBuffer buffer : winners) {
            if (!buffer.isEmpty()) {
                target.update(buffer);
            }
        }
    }

    /** Clears values of a pivoted table, whose rows in IoTDB have others besides. */
    private void clearValues(Target target, Map<Device, SortedSet<Long>> values)
            throws IOException {
        if (!values.isEmpty()) {
            Map<Device, long[]> times = new HashMap<>();
            values.forEach(
                    (device, of) ->
                            times.put(device, of.stream().mapToLong(Long::longValue).toArray()));
            target.clear(mappings.get(0), List.of(0), times);
        }
    }

    private UserException duplicate(Key key, PointContest contest) {
        return new UserException(
                ExitCode.JOB_FAILED,
                contest.rows()
                        + " rows of "
                        + contest.writers().stream()
                                .map(writer -> mappings.get(writer).name())
                                .collect(Collectors.joining(" and "))
                        + " share device "
                        + key.device().path()
                        + " and time "
                        + key.time()
                        + ", and on_duplicate is fail; remove all but one, or set on_duplicate to"
                        + " last or first");
    }
}
