package io.iotdbmigrate.flink.touched;

import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.cdc.BinlogMark;
import io.iotdbmigrate.flink.cdc.PreparedRows;
import io.iotdbmigrate.flink.cdc.RowEvent;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.verify.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * An operator that notes the row of IoTDB that each side of a change maps to. What cannot be mapped
 * touches none, nor does what the filter leaves out.
 */
final class TouchedOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<BinlogEvent, Void> {
    private static final long serialVersionUID = 1L;

    private final List<TableMapping> mappings;
    private final String id;
    private transient List<RowMapper> mappers;
    private transient List<int[]> columns;
    private transient int[] unitOf;
    private transient TouchedRows touched;
    private transient PreparedRows prepared;
    private transient @Nullable String server;

    TouchedOperator(List<TableMapping> mappings, String id) {
        this.mappings = new ArrayList<>(mappings);
        this.id = id;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        mappers = mappings.stream().map(RowMapper::new).toList();
        columns =
                mappings.stream()
                        .map(m -> m.pointColumns().stream().mapToInt(c -> c).toArray())
                        .toList();
        unitOf = TargetUnit.unitOf(TargetUnit.of(mappings));
        prepared = new PreparedRows();
        touched = TouchedRows.byId(id);
        touched.begin();
    }

    @Override
    public void processElement(StreamRecord<BinlogEvent> record) {
        BinlogEvent event = record.getValue();
        if (event instanceof RowEvent row) {
            if (!prepared.take(row)) {
                note(row, row.position());
            }
        } else if (event instanceof BinlogMark mark) {
            requireSameServer(mark);
            prepared.follow(mark, false).forEach(row -> note(row, mark.position()));
        }
        touched.seen(event.position());
    }

    /** Requires one server: positions of two cannot be compared. */
    private void requireSameServer(BinlogMark mark) {
        if (mark.kind() != BinlogMark.Kind.SERVER) {
            return;
        }
        if (server != null && !server.equals(mark.name())) {
            throw new UserException(
                    ExitCode.NOT_SWITCHED,
                    "another MySQL server (server_uuid "
                            + mark.name()
                            + ") answers since the comparison began; see that it is to stay, and"
                            + " start the cutover again");
        }
        server = mark.name();
    }

    private void note(RowEvent event, ChangePosition at) {
        note(event, event.before(), at);
        note(event, event.after(), at);
    }

    private void note(RowEvent event, @Nullable Object @Nullable [] row, ChangePosition at) {
        if (row != null
                && mappings.get(event.table()).filter().takes(row)
                && mappers.get(event.table()).map(row) instanceof RowMapper.Mapped mapped) {
            TargetRow target = mapped.row();
            List<Object> point = new ArrayList<>();
            if (!mappings.get(event.table()).keepsWholeRows()) {
                for (int column : columns.get(event.table())) {
                    point.add(Objects.requireNonNull(row[column]));
                }
            }
            touched.add(
                    new RowKey(unitOf[event.table()], target.device().path(), target.time()),
                    List.copyOf(point),
                    at);
        }
    }
}
