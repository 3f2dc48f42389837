package io.iotdbmigrate.flink.touched;

import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.cdc.BinlogMark;
import io.iotdbmigrate.flink.cdc.PreparedRows;
import io.iotdbmigrate.flink.cdc.RowEvent;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.RowNames;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.names.KnownNames;
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

    private final List<LookupColumn> lookups;
    private final List<TableMapping> mapped;
    private final String id;
    private transient KnownNames names;
    private transient List<TableMapping> mappings;
    private transient List<RowMapper> mappers;
    private transient List<int[]> columns;
    private transient int[] unitOf;
    private transient TouchedRows touched;
    private transient PreparedRows prepared;
    private transient @Nullable String server;

    TouchedOperator(List<LookupColumn> lookups, List<TableMapping> mapped, String id) {
        this.lookups = new ArrayList<>(lookups);
        this.mapped = new ArrayList<>(mapped);
        this.id = id;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        names = new KnownNames(lookups, mapped, List.of());
        mappings = names.mappings();
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
        if (event.table() < lookups.size()) {
            if (!names.follow(event.table(), event.before(), event.after(), at).isEmpty()) {
                mappers = mappings.stream().map(RowMapper::new).toList();
            }
            return;
        }
        note(event, event.before(), at);
        note(event, event.after(), at);
    }

    private void note(RowEvent event, @Nullable Object @Nullable [] row, ChangePosition at) {
        int index = event.table() - lookups.size();
        if (row != null
                && mappings.get(index).filter().takes(row)
                && mappers.get(index).map(row) instanceof RowMapper.Mapped result) {
            TargetRow target = result.row();
            List<Object> point = new ArrayList<>();
            if (!mappings.get(index).keepsWholeRows()) {
                for (int column : columns.get(index)) {
                    point.add(Objects.requireNonNull(row[column]));
                }
            }
            point.addAll(RowNames.of(mappings.get(index), row));
            touched.add(
                    new RowKey(unitOf[index], target.device().path(), target.time()),
                    List.copyOf(point),
                    at);
        }
    }
}
