package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.verify.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** An enumerator that asks IoTDB for the devices of every table and hands them out in groups. */
final class DeviceEnumerator implements SplitEnumerator<DeviceSplit, DeviceSplits> {

    /** Groups that each reader gets at least, so that all end at about the same time. */
    private static final int GROUPS_PER_READER = 6;

    private final SplitEnumeratorContext<DeviceSplit> context;
    private final VerifySpec spec;
    private final @Nullable DrillDown focus;
    private final Deque<DeviceSplit> left = new ArrayDeque<>();
    private final boolean planned;

    /**
     * @param restored null: devices are asked for
     */
    DeviceEnumerator(
            SplitEnumeratorContext<DeviceSplit> context,
            VerifySpec spec,
            @Nullable DrillDown focus,
            @Nullable DeviceSplits restored) {
        this.context = context;
        this.spec = spec;
        this.focus = focus;
        this.planned = restored != null;
        if (restored != null) {
            left.addAll(restored.left());
        }
    }

    @Override
    public void start() {
        if (planned) {
            return;
        }
        try (TargetReader iotdb = spec.reader()) {
            for (int i = 0; i < spec.units().size(); i++) {
                plan(i, iotdb);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plan(int index, TargetReader iotdb) throws IOException {
        Scope.Filter scope = spec.scope().filter();
        List<StoredDevice> devices = new ArrayList<>();
        for (StoredDevice found : iotdb.devices(spec.mappings(index))) {
            Device device = Device.of(found.path());
            if (scope.holds(device) && (focus == null || focus.mayHold(index, device))) {
                devices.add(found);
            }
        }
        int groups = spec.parallelism() * GROUPS_PER_READER;
        int size = Math.max(1, (devices.size() + groups - 1) / groups);
        for (List<StoredDevice> group : DeviceGroups.of(devices, size)) {
            left.add(new DeviceSplit(left.size(), index, group));
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        if (!context.registeredReaders().containsKey(subtask)) {
            return;
        }
        DeviceSplit split = left.poll();
        if (split == null) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(split, subtask);
        }
    }

    @Override
    public void addSplitsBack(List<DeviceSplit> splits, int subtask) {
        splits.forEach(left::addLast);
    }

    @Override
    public void addReader(int subtask) {
        // A reader asks for its devices itself.
    }

    @Override
    public DeviceSplits snapshotState(long checkpointId) {
        return new DeviceSplits(List.copyOf(left));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
