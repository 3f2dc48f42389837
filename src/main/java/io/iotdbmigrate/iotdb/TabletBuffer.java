package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.jspecify.annotations.Nullable;

/** Rows of one mapping, gathered by device until they are worth sending. Not thread-safe. */
public final class TabletBuffer {
    private final TableMapping mapping;
    private final TargetType[] types;
    private final java.util.List<IMeasurementSchema> schemas;
    private Map<Device, DeviceBuffer> devices = new LinkedHashMap<>();
    private @Nullable Device lastDevice;
    private @Nullable DeviceBuffer lastBuffer;
    private long bytes;
    private int rows;

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
        rows++;
    }

    /** Heap held, about. */
    public long bytes() {
        return bytes;
    }

    public int rows() {
        return rows;
    }

    public int devices() {
        return devices.size();
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    /**
     * Hands out one tablet per device, made only when it is asked for, and releases what was handed
     * out. Nothing may be added meanwhile.
     */
    public Iterator<Tablet> drain() {
        Iterator<Map.Entry<Device, DeviceBuffer>> entries = devices.entrySet().iterator();
        devices = new LinkedHashMap<>();
        lastDevice = null;
        lastBuffer = null;
        bytes = 0;
        rows = 0;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Tablet next() {
                if (!entries.hasNext()) {
                    throw new NoSuchElementException();
                }
                Map.Entry<Device, DeviceBuffer> entry = entries.next();
                Tablet tablet = entry.getValue().toTablet(entry.getKey().path(), schemas);
                entries.remove();
                return tablet;
            }
        };
    }
}
