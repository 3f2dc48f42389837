package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowDecoder;
import io.iotdbmigrate.mysql.VisibleCommits;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import io.iotdbmigrate.mysql.rows.PointSql.Condition;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A reader of the points that rows of a table have behind all changes that the binlog has, one
 * connection a question.
 */
public final class TablePoints {
    private final MySqlConfig config;

    public TablePoints(MySqlConfig config) {
        this.config = config;
    }

    /**
     * Hands on the points that rows of a table have in a range of times, as MySQL has them now; a
     * point may come more than once, and some may lie just outside of the range.
     *
     * @param from in the unit of IoTDB, included
     * @param last included
     */
    public void pointsIn(TableMapping mapping, long from, long last, PointSink sink)
            throws IOException {
        points(mapping, TimeRange.between(mapping, from, last), sink);
    }

    /**
     * Hands on the points that rows have in which columns have these values, as MySQL has them now;
     * a point may come more than once.
     */
    public void pointsWhere(
            TableMapping mapping, List<String> columns, List<?> values, PointSink sink)
            throws IOException {
        String where =
                columns.stream()
                        .map(c -> SqlName.quote(c) + " = ?")
                        .collect(Collectors.joining(" AND "));
        points(mapping, new Condition(where, List.copyOf(values)), sink);
    }

    /**
     * Hands on the points that rows have in which a foreign key's columns have these values, as
     * MySQL has them now; a point may come more than once.
     *
     * @param values see {@link KeyValues}
     */
    public void pointsOfKey(
            TableMapping mapping, List<String> columns, List<String> values, PointSink sink)
            throws IOException {
        Condition condition;
        try (Connection own = MySqlConnections.connect(config)) {
            VisibleCommits.await(own);
            condition = KeyValues.equal(own, mapping, columns, values);
        } catch (SQLException e) {
            if (DuplicateRows.isGone(mapping, e)) {
                return;
            }
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
        points(mapping, condition, sink);
    }

    private void points(TableMapping mapping, Condition condition, PointSink sink)
            throws IOException {
        RowMapper mapper = new RowMapper(mapping);
        RowDecoder decoder = new RowDecoder(mapping.columns());
        try (Connection own = MySqlConnections.connect(config);
                PreparedStatement select =
                        own.prepareStatement(
                                DuplicateRows.select(mapping, condition.sql()),
                                ResultSet.TYPE_FORWARD_ONLY,
                                ResultSet.CONCUR_READ_ONLY)) {
            VisibleCommits.await(own);
            select.setFetchSize(Integer.MIN_VALUE);
            DuplicateRows.fill(select, condition.parameters());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (mapper.map(decoder.decode(rows)) instanceof RowMapper.Mapped mapped) {
                        sink.accept(new Point(mapped.row().device(), mapped.row().time()));
                    }
                }
            }
        } catch (SQLException e) {
            if (DuplicateRows.isGone(mapping, e)) {
                return;
            }
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
    }

    /** A taker of points. */
    @FunctionalInterface
    public interface PointSink {
        void accept(Point point) throws IOException;
    }
}
