package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;
import org.jspecify.annotations.Nullable;

/** Rows of one mapping, gathered by device until they are worth sending. Not thread-safe. */
public final class TabletBuffer {
    private final TableMapping mapping;
    private final boolean marked;
    private final TargetType[] types;

    /** Those of every device; null if each has others. */
    private final @Nullable List<IMeasurementSchema> schemas;

    private final Map<Device, DeviceBuffer> devices = new LinkedHashMap<>();
    private final RowPacker packed = new RowPacker();
    private @Nullable Device lastDevice;
    private @Nullable DeviceBuffer lastBuffer;
    private long bytes;
    private int longest;

    public TabletBuffer(TableMapping mapping) {
        this(mapping, false);
    }

    private TabletBuffer(TableMapping mapping, boolean marked) {
        this.mapping = mapping;
        this.marked = marked;
        List<TargetType> all =
                new ArrayList<>(mapping.measurements().stream().map(Measurement::type).toList());
        if (marked) {
            all.add(TargetType.BOOLEAN);
        }
        this.types = all.toArray(TargetType[]::new);
        this.schemas = mapping.isTall() ? null : schemas("");
    }

    /**
     * Makes one for {@link TargetRow#marked() rows that have marks}: of which MySQL has deleted.
     */
    public static TabletBuffer ofMarked(TableMapping mapping) {
        return new TabletBuffer(mapping, true);
    }

    private List<IMeasurementSchema> schemas(String device) {
        List<IMeasurementSchema> made = new ArrayList<>();
        mapping.measurements().forEach(m -> made.add(schema(device, m.name(), m.type())));
        if (marked) {
            made.add(schema(device, mapping.mark(), TargetType.BOOLEAN));
        }
        return List.copyOf(made);
    }

    private static IMeasurementSchema schema(String device, String name, TargetType type) {
        return new MeasurementSchema(
                SeriesPath.node(device, name), TSDataType.valueOf(type.name()));
    }

    public TableMapping mapping() {
        return mapping;
    }

    public void add(TargetRow row) {
        DeviceBuffer buffer = lastBuffer;
        if (buffer == null || !row.device().equals(lastDevice)) {
            buffer = devices.get(row.device());
            if (buffer == null) {
                buffer = new DeviceBuffer(types, packed);
                devices.put(row.device(), buffer);
                bytes += buffer.bytes();
            }
            lastDevice = row.device();
            lastBuffer = buffer;
        }
        bytes += buffer.add(row.time(), row.values());
        longest = Math.max(longest, buffer.rows());
    }

    /** Returns the heap held, about. */
    public long bytes() {
        return bytes;
    }

    /** Returns the number of rows of the device that has most. */
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
        return take(minRows, Long.MAX_VALUE);
    }

    /** Takes out the longest devices that together hold so many bytes. */
    public TabletBuffer splitLongest(long wantedBytes) {
        TreeMap<Integer, Long> bytesByRows = new TreeMap<>(Comparator.reverseOrder());
        for (DeviceBuffer device : devices.values()) {
            bytesByRows.merge(device.rows(), device.bytes(), Long::sum);
        }
        long longer = 0;
        for (Map.Entry<Integer, Long> entry : bytesByRows.entrySet()) {
            if (longer + entry.getValue() >= wantedBytes) {
                return take(entry.getKey(), wantedBytes - longer);
            }
            longer += entry.getValue();
        }
        return split(1);
    }

    /** Returns all devices with more than {@code rows}, and of those with just as many some. */
    private TabletBuffer take(int rows, long bytesOfJustAsLong) {
        TabletBuffer taken = new TabletBuffer(mapping, marked);
        long justAsLong = 0;
        longest = 0;
        Iterator<Map.Entry<Device, DeviceBuffer>> entries = devices.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Device, DeviceBuffer> entry = entries.next();
            DeviceBuffer device = entry.getValue();
            boolean equal = device.rows() == rows;
            if (device.rows() > rows || (equal && justAsLong < bytesOfJustAsLong)) {
                justAsLong += equal ? device.bytes() : 0;
                taken.devices.put(entry.getKey(), device);
                taken.bytes += device.bytes();
                bytes -= device.bytes();
                entries.remove();
            } else {
                longest = Math.max(longest, device.rows());
            }
        }
        lastDevice = null;
        lastBuffer = null;
        return taken;
    }

    /**
     * Hands out the tablets of each device, made only when they are asked for, and releases what
     * was handed out. Rows can be added again when all have been.
     *
     * @param mostBytes of each tablet; a row that is longer is one of its own
     */
    public Iterator<SizedTablet> drain(long mostBytes) {
        lastDevice = null;
        lastBuffer = null;
        bytes = 0;
        longest = 0;
        Iterator<Map.Entry<Device, DeviceBuffer>> entries = devices.entrySet().iterator();
        Deque<SizedTablet> made = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !made.isEmpty() || entries.hasNext();
            }

            @Override
            public SizedTablet next() {
                if (made.isEmpty()) {
                    Map.Entry<Device, DeviceBuffer> entry = entries.next();
                    entries.remove();
                    made.addAll(tablets(entry.getKey().path(), entry.getValue(), mostBytes));
                }
                return made.remove();
            }
        };
    }

    private List<SizedTablet> tablets(String device, DeviceBuffer rows, long mostBytes) {
        String holder =
                mapping.isTall()
                        ? SeriesPath.holder(device, mapping.measurements().get(0).name())
                        : device;
        return rows.toTablets(
                device, holder, schemas == null ? schemas(device) : schemas, mostBytes);
    }
}
