package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.mapping.DeviceNaming;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Change.Kind;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * {@code on_update: version}: the first value of a row stays where it is, its k-th correction goes
 * to a device of its own, see {@link DeviceNaming#correction}. How often a point was corrected is
 * kept by device, so that the same events read again get the same numbers.
 */
final class Versions extends KeyedProcessFunction<String, Change, Change> {
    private static final long serialVersionUID = 1L;

    private final CdcSpec spec;
    private transient List<TableMapping> mappings;
    private transient MapState<Long, Integer> corrections;

    Versions(CdcSpec spec) {
        this.spec = spec;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        mappings = new FollowedTables(spec).now().mappings();
        corrections =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>("corrections", Types.LONG, Types.INT));
    }

    @Override
    public void processElement(Change change, Context context, Collector<Change> out)
            throws Exception {
        TableMapping mapping = mappings.get(change.mapping());
        boolean adds = change.kind() == Kind.INSERT || change.kind() == Kind.ARRIVAL;
        if (mapping.onUpdate() != OnUpdate.VERSION || adds) {
            out.collect(change);
            return;
        }
        Integer known = corrections.get(change.time());
        int made = known == null ? 0 : known;
        if (change.kind() == Kind.UPDATE) {
            corrections.put(change.time(), made + 1);
            out.collect(version(mapping, change, Kind.UPDATE, made + 1));
            return;
        }
        out.collect(change);
        if (mapping.onDelete() == OnDelete.DELETE) {
            for (int k = 1; k <= made; k++) {
                out.collect(version(mapping, change, Kind.DELETE, k));
            }
            corrections.remove(change.time());
        }
    }

    /** Maps to a version. A version's device is no other row's: nothing can be shared there. */
    private static Change version(TableMapping mapping, Change change, Kind kind, int number) {
        return new Change(
                change.mapping(),
                kind,
                Device.of(mapping.device().correction(change.device().path(), number)),
                change.time(),
                change.values(),
                List.of());
    }
}
