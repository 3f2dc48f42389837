package io.iotdbmigrate.verify;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of both sides, read once more.
 *
 * @param differing those that still differ
 * @param mysql those that MySQL has
 */
record RereadRows(Map<RowKey, Difference> differing, Map<RowKey, SideRow> mysql) {
    static final RereadRows NONE = new RereadRows(Map.of(), Map.of());

    /** Reads the rows of differences on both sides, and compares them. */
    static RereadRows read(
            List<TableRules> rules,
            SourceRows source,
            TargetRows target,
            List<Difference> differences)
            throws IOException {
        Set<RowKey> extra = new LinkedHashSet<>();
        Set<RowKey> known = new LinkedHashSet<>();
        for (Difference d : differences) {
            (d instanceof Difference.Extra ? extra : known).add(d.key());
        }
        Map<RowKey, SideRow> mysql = new LinkedHashMap<>();
        if (!known.isEmpty()) {
            mysql.putAll(source.read(known, false));
        }
        if (!extra.isEmpty()) {
            mysql.putAll(source.read(extra, true));
        }
        Set<RowKey> all = new LinkedHashSet<>(known);
        all.addAll(extra);
        Map<RowKey, SideRow> iotdb = all.isEmpty() ? Map.of() : target.read(all);
        Map<RowKey, Difference> differing = new LinkedHashMap<>();
        for (RowKey key : all) {
            SideRow row = mysql.get(key);
            new RowComparer(rules.get(key.table()))
                    .compare(key, row == null ? List.of() : List.of(row), iotdb.get(key))
                    .difference()
                    .ifPresent(d -> differing.put(key, d));
        }
        return new RereadRows(differing, mysql);
    }
}
