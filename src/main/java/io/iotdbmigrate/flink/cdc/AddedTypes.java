package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.mapping.TargetUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The guard that a table that is added gives series the types that they have by other tables: IoTDB
 * has one type for a series, and for a column of a table.
 */
final class AddedTypes {
    /** What to do about it, as the end of a sentence. */
    static final String REMEDY =
            "; make the pattern narrower, so that it leaves the table out, or give both columns one"
                    + " type, by ALTER TABLE or by type: of the measurement, copy the tables with"
                    + " iotdb-migrate backfill --restart, and start cdc again";

    private AddedTypes() {}

    /**
     * Finds a column of a table that is added whose series has another type by another table.
     *
     * @param added tells whether a table is
     * @return a sentence without its beginning capital and its end; empty if there is none
     */
    static Optional<String> problem(List<TableMapping> mappings, Predicate<TableMapping> added) {
        for (TargetUnit unit : TargetUnit.of(mappings)) {
            List<TableMapping> alike = unit.mappings().stream().map(mappings::get).toList();
            for (TableMapping table : alike) {
                for (TableMapping other : added.test(table) ? alike : List.<TableMapping>of()) {
                    Optional<String> problem = problem(table, other);
                    if (problem.isPresent()) {
                        return problem;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(TableMapping table, TableMapping other) {
        if (!table.device().overlaps(other.device())) {
            return Optional.empty();
        }
        for (Measurement measurement : table.measurements()) {
            for (Measurement same : other.measurements()) {
                if (same.name().equals(measurement.name()) && same.type() != measurement.type()) {
                    return Optional.of(
                            "column "
                                    + column(table, measurement)
                                    + " of "
                                    + table.table()
                                    + " is "
                                    + measurement.type()
                                    + " in IoTDB, and column "
                                    + column(other, same)
                                    + " of "
                                    + other.table()
                                    + ", which writes the same "
                                    + (table.keepsWholeRows() ? "table" : "series")
                                    + ", is "
                                    + same.type());
                }
            }
        }
        return Optional.empty();
    }

    private static String column(TableMapping mapping, Measurement measurement) {
        return mapping.columns().get(measurement.column()).name();
    }
}
