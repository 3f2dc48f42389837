package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the rows of a tall table name their measurements. A row is a point of a device and a name, so
 * the name is one more node of the mapping's {@link TableMapping#device()}, and part of the name of
 * each measurement. A name that several patterns could give belongs to the one that says most of
 * it: who reads a name back finds the same row.
 *
 * @param own of the mapping's measurements, in their order
 * @param all that measurements of the same devices have, those of other mappings, too; the first
 *     that matches a name has it
 */
public record TallNames(List<NamePattern> own, List<NamePattern> all) implements Serializable {
    public TallNames {
        own = List.copyOf(own);
        all = List.copyOf(all);
    }

    /** Makes those of a mapping that shares no device with another. */
    static TallNames of(List<NamePattern> own) {
        return new TallNames(own, List.copyOf(new TreeSet<>(own)));
    }

    /** Returns these with the measurement that marks deleted rows. */
    TallNames withMark() {
        return with(List.of(NamePattern.of(TreePath.split(MappingConfig.mark(true)).get(0))));
    }

    private TallNames with(List<NamePattern> others) {
        SortedSet<NamePattern> both = new TreeSet<>(all);
        both.addAll(others);
        return new TallNames(own, List.copyOf(both));
    }

    /** Returns why no row can have this name; empty if one can. */
    Optional<String> problem(String row) {
        for (NamePattern pattern : own) {
            String name = pattern.name(row);
            Optional<String> illegal = PathNode.problem(name);
            if (illegal.isPresent()) {
                return illegal;
            }
            NamePattern owner = owner(name);
            if (!owner.equals(pattern)) {
                return Optional.of(
                        "measurement "
                                + name
                                + " is "
                                + owner.rowOf(name)
                                        .map(other -> "that of the name " + other)
                                        .orElse("one that all rows of another mapping have"));
            }
        }
        return Optional.empty();
    }

    private NamePattern owner(String name) {
        return all.stream().filter(pattern -> pattern.matches(name)).findFirst().orElseThrow();
    }

    /** A measurement of IoTDB read back. */
    public record Found(String row, int measurement) {}

    /**
     * Reads the name of a measurement back.
     *
     * @param name without backticks
     * @return empty if no row of this mapping has it
     */
    public Optional<Found> find(String name) {
        for (NamePattern pattern : all) {
            if (pattern.matches(name)) {
                int measurement = own.indexOf(pattern);
                return measurement < 0
                        ? Optional.empty()
                        : pattern.rowOf(name).map(row -> new Found(row, measurement));
            }
        }
        return Optional.empty();
    }

    /** Returns mappings of one job that know what others call the measurements of their devices. */
    public static List<TableMapping> among(List<TableMapping> mappings) {
        if (mappings.stream().noneMatch(TableMapping::isTall)) {
            return mappings;
        }
        List<TableMapping> told = new ArrayList<>();
        for (TableMapping mapping : mappings) {
            TallNames names = mapping.tall();
            if (names == null) {
                told.add(mapping);
                continue;
            }
            DeviceTemplate holder = mapping.holder();
            List<NamePattern> others = new ArrayList<>();
            for (TableMapping other : mappings) {
                if (other.holder().overlaps(holder)) {
                    TargetUnit.series(other)
                            .forEach(s -> others.add(NamePattern.of(TreePath.split(s).get(0))));
                }
            }
            told.add(mapping.withNames(names.with(others)));
        }
        return told;
    }
}
