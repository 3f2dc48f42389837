package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.config.MappingConfig.OnDuplicate;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.backfill.KeyFiles.KeyFile;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.tree.TreeTarget;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the rows of one (device, time) after parallel readers wrote them in any order: reads the
 * chunks that hold them once more, decides by key order who stands, clears what the others left
 * where the winner has nulls, and writes the winner.
 */
final class CollapseResolver {
    private static final Logger LOG = LoggerFactory.getLogger(CollapseResolver.class);

    /** Suspects settled per pass over their chunks; bounds memory to some 100 MB. */
    private static final int GROUP = 200_000;

    private final BackfillSpec spec;
    private final Table table;
    private final int index;
    private final RowMapper mapper;

    CollapseResolver(BackfillSpec spec, Table table, int index) {
        this.spec = spec;
        this.table = table;
        this.index = index;
        this.mapper = new RowMapper(table.mapping());
    }

    private record Key(Device device, long time) {}

    /**
     * The rows of one key so far: how many, who stands, and which measurements any of them has set.
     */
    private static final class Contest {
        private final BitSet everSet = new BitSet();
        private TargetRow winner;
        private int rows;

        Contest(TargetRow first) {
            winner = first;
        }

        void add(TargetRow row, OnDuplicate policy) {
            rows++;
            if (policy == OnDuplicate.LAST) {
                winner = row;
            }
            for (int m = 0; m < row.values().length; m++) {
                if (row.values()[m] != null) {
                    everSet.set(m);
                }
            }
        }

        List<Integer> toClear() {
            return everSet.stream().filter(m -> winner.values()[m] == null).boxed().toList();
        }
    }

    /**
     * Settles all of them.
     *
     * @return rows beyond the first of each (device, time)
     */
    long resolve() throws IOException {
        List<KeyFile> files = new KeyFiles(spec.workDir()).list(index);
        RepeatedHashes.Hashes suspects = RepeatedHashes.find(files);
        if (suspects.size() == 0) {
            return 0;
        }
        long collapsed = 0;
        try (Connection connection = MySqlConnections.open(spec.mysql());
                Target target =
                        new TreeTarget(
                                new Retries(spec.iotdb(), spec.sink().retries(), LOG::warn))) {
            for (int from = 0; from < suspects.size(); from += GROUP) {
                int to = Math.min(suspects.size(), from + GROUP);
                Map<Key, Contest> contests = new HashMap<>();
                for (KeyFile file : RepeatedHashes.holding(files, suspects, from, to)) {
                    read(connection, file, suspects, from, to, contests);
                }
                collapsed += settle(target, contests);
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
            Map<Key, Contest> contests)
            throws SQLException {
        TableMapping mapping = table.mapping();
        long low = suspects.get(from);
        long high = suspects.get(to - 1);
        try (RowStream rows =
                RowStream.open(
                        connection, table.sql().select(mapping, file.chunk()), mapping.columns())) {
            for (@Nullable Object[] next = rows.next(); next != null; next = rows.next()) {
                if (mapper.map(next) instanceof RowMapper.Mapped mapped) {
                    TargetRow row = mapped.row();
                    long hash = row.device().keyHash(row.time());
                    if (hash >= low && hash <= high && suspects.contains(hash)) {
                        contests.computeIfAbsent(
                                        new Key(row.device(), row.time()), k -> new Contest(row))
                                .add(row, mapping.onDuplicate());
                    }
                }
            }
        }
    }

    private long settle(Target target, Map<Key, Contest> contests) throws IOException {
        TabletBuffer winners = new TabletBuffer(table.mapping());
        long collapsed = 0;
        for (Map.Entry<Key, Contest> entry : contests.entrySet()) {
            Contest contest = entry.getValue();
            if (contest.rows > 1) {
                collapsed += contest.rows - 1;
                if (table.mapping().onDuplicate() == OnDuplicate.FAIL) {
                    throw duplicate(entry.getKey(), contest.rows);
                }
                List<Integer> toClear = contest.toClear();
                if (!toClear.isEmpty()) {
                    target.deletePoints(
                            table.mapping(),
                            entry.getKey().device(),
                            toClear,
                            entry.getKey().time());
                }
                if (!contest.winner.isEmpty()) {
                    winners.add(contest.winner);
                }
            }
        }
        if (!winners.isEmpty()) {
            target.write(winners);
        }
        return collapsed;
    }

    private UserException duplicate(Key key, int rows) {
        return new UserException(
                ExitCode.JOB_FAILED,
                rows
                        + " rows of "
                        + table.mapping().table()
                        + " share device "
                        + key.device().path()
                        + " and time "
                        + key.time()
                        + ", and on_duplicate is fail; remove all but one, or set on_duplicate to"
                        + " last or first");
    }
}
