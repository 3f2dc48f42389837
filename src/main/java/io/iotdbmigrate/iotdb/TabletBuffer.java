package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.jspecify.annotations.Nullable;

/** Rows of one mapping, gathered by device until they are worth sending. Not thread-safe. */
public final class TabletBuffer {
    private final TableMapping mapping;
    private final TargetType[] types;
    private final List<IMeasurementSchema> schemas;
    private Map<Device, DeviceBuffer> devices = new LinkedHashMap<>();
    private @Nullable Device lastDevice;
    private @Nullable DeviceBuffer lastBuffer;
    private long bytes;
    private int longest;

    public TabletBuffer(TableMapping mapping) {
        this.mapping = mapping;
        this.types =
                mapping.measurements().stream()
                        .map(TableMapping.Measurement::type)
                        .toArray(TargetType[]::new);
        this.schemas = TreeSchema.measurementSchemas(mapping);
    }

    public TableMapping mapping() {
        return mapping;
    }

    public void add(TargetRow row) {
        DeviceBuffer buffer = lastBuffer;
        if (buffer == null || !row.device().equals(lastDevice)) {
            buffer = devices.get(row.device());
            if (buffer == null) {
                buffer = new DeviceBuffer(types);
                devices.put(row.device(), buffer);
                bytes += DeviceBuffer.emptyBytes(types);
            }
            lastDevice = row.device();
            lastBuffer = buffer;
        }
        bytes += buffer.add(row.time(), row.values());
        longest = Math.max(longest, buffer.rows());
    }

    /** Heap held, about. */
    public long bytes() {
        return bytes;
    }

    /** Rows of the device that has most. */
    public int longest() {
        return longest;
    }

    public boolean isEmpty() {
        return devices.isEmpty();
    }

    /**
     * Takes out the devices that have at least so many rows; they can be read on another thread.
     */
    public TabletBuffer split(int minRows) {
        TabletBuffer taken = new TabletBuffer(mapping);
        if (minRows <= 1) {
            taken.devices = devices;
            taken.bytes = bytes;
            devices = new LinkedHashMap<>();
            bytes = 0;
        } else {
            Iterator<Map.Entry<Device, DeviceBuffer>> entries = devices.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<Device, DeviceBuffer> entry = entries.next();
                if (entry.getValue().rows() >= minRows) {
                    taken.devices.put(entry.getKey(), entry.getValue());
                    taken.bytes += entry.getValue().bytes();
                    bytes -= entry.getValue().bytes();
                    entries.remove();
                }
            }
        }
        lastDevice = null;
        lastBuffer = null;
        longest = devices.values().stream().mapToInt(DeviceBuffer::rows).max().orElse(0);
        return taken;
    }

    /**
     * Hands out one tablet per device, made only when it is asked for, and releases what was handed
     * out.
     */
    Iterator<Tablet> drain() {
        Iterator<Map.Entry<Device, DeviceBuffer>> entries = devices.entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Tablet next() {
                Map.Entry<Device, DeviceBuffer> entry = entries.next();
                entries.remove();
                return entry.getValue().toTablet(entry.getKey().path(), schemas);
            }
        };
    }
}
