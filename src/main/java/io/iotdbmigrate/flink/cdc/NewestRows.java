package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.flink.cdc.CdcSpec.Table;
import io.iotdbmigrate.mapping.ChangeMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mysql.rows.GreatestKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The greatest keys that rows have, of tables in which the newest of the rows at a device and time
 * stands. A row with a greater key stands, of whatever others there are.
 */
final class NewestRows {
    private NewestRows() {}

    /**
     * Asks MySQL. Rows that the binlog has until now are no newer: of these it is asked which
     * stands.
     *
     * @return of each mapping; null where it does not matter, or there is no row
     * @throws IOException if it does not answer
     */
    static List<@Nullable Long> greatest(CdcSpec spec) throws IOException {
        List<TableMapping> asked =
                spec.tables().stream()
                        .filter(t -> t.numbered() && !t.uniqueRows())
                        .map(Table::mapping)
                        .filter(m -> m.onDuplicate() == OnDuplicate.LAST)
                        .toList();
        Map<TableMapping, Long> greatest = GreatestKeys.of(spec.mysql(), asked);
        List<@Nullable Long> keys = new ArrayList<>();
        spec.mappings().forEach(mapping -> keys.add(greatest.get(mapping)));
        return keys;
    }

    /** Returns those that mappers know by now. */
    static List<@Nullable Long> greatest(List<ChangeMapper> mappers) {
        List<@Nullable Long> keys = new ArrayList<>();
        mappers.forEach(mapper -> keys.add(mapper.greatest()));
        return keys;
    }
}
