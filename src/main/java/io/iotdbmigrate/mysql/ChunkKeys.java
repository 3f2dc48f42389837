package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The choice of the key along which a table is cut into chunks. */
public final class ChunkKeys {
    private ChunkKeys() {}

    /**
     * Returns the primary key where it can be used; else a unique one; else any index. All its
     * columns must be NOT NULL and of a type whose order a comparison with a constant follows (ENUM
     * sorts by position but compares by name; FLOAT is not exact).
     *
     * @param preferredColumn {@code mysql.partitioning.column}: an index of just this column goes
     *     first, after the primary key
     * @return empty: the table can only be read in one piece
     */
    public static Optional<TableKey> choose(TableSchema schema, @Nullable String preferredColumn) {
        return schema.keys().stream()
                .filter(key -> isUsable(schema, key))
                .min(
                        Comparator.comparing((TableKey key) -> !key.isPrimary())
                                .thenComparing(
                                        key ->
                                                !(key.columns().size() == 1
                                                        && key.columns()
                                                                .get(0)
                                                                .equalsIgnoreCase(preferredColumn)))
                                .thenComparing(key -> !key.rowsAreUnique())
                                .thenComparing(key -> key.columns().size()));
    }

    private static boolean isUsable(TableSchema schema, TableKey key) {
        return key.columns().stream()
                .map(name -> schema.column(name).orElseThrow())
                .allMatch(column -> !column.nullable() && isOrdered(column));
    }

    private static boolean isOrdered(Column column) {
        Kind kind = column.type().kind();
        return kind.isInteger()
                || switch (kind) {
                    case DECIMAL,
                                    YEAR,
                                    CHAR,
                                    VARCHAR,
                                    BINARY,
                                    VARBINARY,
                                    DATE,
                                    DATETIME,
                                    TIMESTAMP,
                                    UUID,
                                    INET4,
                                    INET6 ->
                            true;
                    default -> false;
                };
    }
}
