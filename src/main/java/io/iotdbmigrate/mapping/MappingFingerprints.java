package io.iotdbmigrate.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of each mapping decides where values end up and in which form: it must not change while a
 * replication goes on. How changes are dealt with may.
 */
public final class MappingFingerprints {
    private MappingFingerprints() {}

    /**
     * Makes the fingerprints.
     *
     * @return by {@code database.table}
     */
    public static Map<String, String> of(List<TableMapping> mappings) {
        Map<String, String> shapes = new LinkedHashMap<>();
        for (TableMapping mapping : mappings) {
            StringBuilder shape = new StringBuilder();
            mapping.columns()
                    .forEach(c -> shape.append(c.name()).append(' ').append(c.type()).append(", "));
            shape.append(mapping.device())
                    .append(mapping.timeColumn())
                    .append(mapping.timestampUnit())
                    .append(mapping.aligned())
                    .append(mapping.zone())
                    .append(mapping.precision());
            mapping.measurements()
                    .forEach(m -> shape.append(m.name()).append(m.column()).append(m.type()));
            shapes.merge(
                    mapping.table().database() + "." + mapping.table().table(),
                    shape.toString(),
                    String::concat);
        }
        return shapes;
    }
}
