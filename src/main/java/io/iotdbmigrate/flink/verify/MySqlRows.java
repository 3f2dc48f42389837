package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.verify.ChunkTrace;
import io.iotdbmigrate.verify.RowComparer;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.SideSums;
import io.iotdbmigrate.verify.SourceRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A reader of rows by (device, time), for which a table need not have an index: the chunks that had
 * such rows are read once more, and whatever was added behind the last.
 */
public final class MySqlRows implements SourceRows {
    private final VerifySpec spec;
    private final SideSums sums;
    private final UnitLayout layout;

    /**
     * @param sums of MySQL's side, with the traces of its chunks
     */
    public MySqlRows(VerifySpec spec, SideSums sums) {
        this.spec = spec;
        this.sums = sums;
        this.layout = new UnitLayout(spec);
    }

    @Override
    public Map<RowKey, SideRow> read(Set<RowKey> keys, boolean anywhere) {
        Map<RowKey, List<SideRow>> found = new HashMap<>();
        Map<Integer, Set<RowKey>> byTable =
                keys.stream()
                        .collect(
                                Collectors.groupingBy(
                                        RowKey::table, TreeMap::new, Collectors.toSet()));
        try (Connection connection = MySqlConnections.open(spec.source().mysql().origin())) {
            for (Map.Entry<Integer, Set<RowKey>> of : byTable.entrySet()) {
                for (int mapping : spec.units().get(of.getKey()).mappings()) {
                    for (Chunk chunk : chunks(mapping, of.getValue(), anywhere)) {
                        read(connection, chunk, of.getValue(), found);
                    }
                }
            }
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "rows that differ could not be read from MySQL once more ("
                            + e.getMessage()
                            + "); see its error log, then start again",
                    e);
        }
        Map<RowKey, SideRow> standing = new HashMap<>();
        found.forEach(
                (key, rows) ->
                        new RowComparer(spec.rules(key.table()))
                                .standing(rows)
                                .ifPresent(row -> standing.put(key, row)));
        return standing;
    }

    private List<Chunk> chunks(int mapping, Set<RowKey> keys, boolean anywhere) {
        BitSet buckets = new BitSet();
        keys.forEach(k -> buckets.set(spec.buckets().of(Device.of(k.device()), k.time())));
        List<ChunkTrace> traces =
                sums.table(layout.unit(mapping)).chunks().stream()
                        .filter(trace -> trace.chunk().mapping() == mapping)
                        .sorted(Comparator.comparingLong(t -> t.chunk().number()))
                        .toList();
        List<Chunk> chunks = new ArrayList<>();
        for (ChunkTrace trace : traces) {
            if (anywhere || trace.mayHold(buckets)) {
                chunks.add(trace.chunk());
            }
        }
        if (spec.tables().get(mapping).sql().hasKey()) {
            chunks.add(behindTheLast(mapping, traces));
        } else if (traces.isEmpty()) {
            chunks.add(new Chunk(mapping, 0, List.of(), List.of()));
        }
        return chunks;
    }

    private static Chunk behindTheLast(int mapping, List<ChunkTrace> traces) {
        if (traces.isEmpty()) {
            return new Chunk(mapping, 0, List.of(), List.of());
        }
        Chunk last = traces.get(traces.size() - 1).chunk();
        return new Chunk(mapping, last.number() + 1, last.upTo(), List.of());
    }

    private void read(
            Connection connection, Chunk chunk, Set<RowKey> keys, Map<RowKey, List<SideRow>> found)
            throws SQLException {
        int mapping = chunk.mapping();
        int unit = layout.unit(mapping);
        MappedRows.each(
                connection,
                spec.tables().get(mapping),
                chunk,
                (row, number) -> {
                    RowKey key = new RowKey(unit, row.device().path(), row.time());
                    if (keys.contains(key)) {
                        found.computeIfAbsent(key, k -> new ArrayList<>())
                                .add(
                                        new SideRow(
                                                SideRow.Side.MYSQL,
                                                key,
                                                layout.writer(mapping),
                                                chunk.order(number),
                                                layout.values(mapping, row.values())));
                    }
                });
    }
}
