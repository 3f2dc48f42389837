package io.iotdbmigrate.mapping;

import io.iotdbmigrate.mapping.TableMapping.Measurement;
import java.io.Serializable;
import java.util.List;

/**
 * The series of one device that a unit of mappings writes, see {@link TargetUnit}.
 *
 * @param names as path nodes, each once
 * @param writers of each mapping in the declared order, which of the columns its measurements are
 */
public record UnitColumns(List<String> names, List<List<Integer>> writers) implements Serializable {
    public UnitColumns {
        names = List.copyOf(names);
        writers = writers.stream().map(List::copyOf).toList();
    }

    public static UnitColumns of(List<TableMapping> mappings) {
        List<String> names =
                mappings.stream()
                        .flatMap(m -> m.measurements().stream())
                        .map(Measurement::name)
                        .distinct()
                        .toList();
        return new UnitColumns(
                names,
                mappings.stream()
                        .map(
                                mapping ->
                                        mapping.measurements().stream()
                                                .map(m -> names.indexOf(m.name()))
                                                .toList())
                        .toList());
    }
}
