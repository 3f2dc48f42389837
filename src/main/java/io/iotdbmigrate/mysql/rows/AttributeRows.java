package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes that rows of MySQL give to their devices. Not thread-safe. */
public final class AttributeRows implements AutoCloseable {
    private final List<TableMapping> mappings;
    private final UnitPoints points;

    /**
     * @param mappings of the job, with the look-ups of their attributes
     */
    public AttributeRows(List<TableMapping> mappings, MySqlConfig mysql) {
        this.mappings = List.copyOf(mappings);
        this.points =
                new UnitPoints(
                        mappings.stream().map(TableMapping::withAttributesInRows).toList(),
                        new DuplicateRows(mysql));
    }

    /**
     * Returns the attributes of the rows that stand at the last times of devices.
     *
     * @param mapping index of one that writes these devices
     * @return without the devices of whose last rows MySQL has none
     */
    public Map<Device, List<@Nullable String>> of(int mapping, Map<Device, Long> last)
            throws IOException {
        Set<Point> asked = new HashSet<>();
        last.forEach((device, time) -> asked.add(new Point(device, time)));
        Map<Device, List<@Nullable String>> found = new HashMap<>();
        points.standingAt(mapping, asked)
                .forEach(
                        (point, row) ->
                                found.put(point.device(), texts(mappings.get(mapping), row)));
        return found;
    }

    private static List<@Nullable String> texts(TableMapping mapping, TargetRow row) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int a = 0; a < mapping.attributes().size(); a++) {
            Object value = row.values()[mapping.measurements().size() + a];
            texts.add(value == null ? null : new String((byte[]) value, StandardCharsets.UTF_8));
        }
        return texts;
    }

    @Override
    public void close() {
        points.close();
    }
}
