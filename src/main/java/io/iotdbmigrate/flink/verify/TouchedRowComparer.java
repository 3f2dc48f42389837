package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.touched.TouchedRows.Touched;
import io.iotdbmigrate.mapping.RowNames;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.rows.DuplicateRows;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import io.iotdbmigrate.mysql.rows.NamedPoints;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.Buckets;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.RowComparer;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.SideSums;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look that compares single rows of both sides as they are now. MySQL finds them by the columns
 * of device and time where an index begins with one; otherwise the table is read once. Not
 * thread-safe.
 */
public final class TouchedRowComparer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TouchedRowComparer.class);

    private final VerifySpec spec;
    private final UnitLayout layout;

    /** Whether MySQL finds the rows of all tables of a unit by an index, one for each unit. */
    private final List<Boolean> indexed = new ArrayList<>();

    private final DuplicateRows points;
    private final IotdbRows iotdb;

    /**
     * @param plan that the spec was made of
     */
    public TouchedRowComparer(VerifySpec spec, MigrationPlan plan) {
        this.spec = spec;
        for (TargetUnit unit : spec.units()) {
            indexed.add(
                    unit.mappings().stream()
                            .allMatch(
                                    i ->
                                            hasIndex(
                                                    spec.tables().get(i).mapping(),
                                                    plan.schemas().get(i))));
        }
        this.layout = new UnitLayout(spec);
        this.points = DuplicateRows.behindBinlog(spec.source().mysql());
        this.iotdb = new IotdbRows(spec);
    }

    private static boolean hasIndex(TableMapping mapping, TableSchema schema) {
        Set<String> columns = new HashSet<>();
        mapping.device().columns().forEach(c -> columns.add(lower(c)));
        mapping.timeColumns().forEach(c -> columns.add(lower(c.name())));
        return schema.keys().stream()
                .anyMatch(key -> columns.contains(lower(key.columns().get(0))));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the rows that differ. */
    public List<Difference> differences(Map<RowKey, Touched> rows) throws IOException {
        long begun = System.nanoTime();
        Map<RowKey, SideRow> source = mysql(rows);
        long between = System.nanoTime();
        Map<RowKey, SideRow> target = iotdb.read(rows.keySet());
        LOG.info(
                "{} rows: MySQL {} ms, IoTDB {} ms",
                rows.size(),
                (between - begun) / 1_000_000,
                (System.nanoTime() - between) / 1_000_000);
        List<Difference> differences = new ArrayList<>();
        for (RowKey key : rows.keySet()) {
            SideRow standing = source.get(key);
            new RowComparer(spec.rules(key.table()))
                    .compare(key, standing == null ? List.of() : List.of(standing), target.get(key))
                    .difference()
                    .ifPresent(differences::add);
        }
        return differences;
    }

    private Map<RowKey, SideRow> mysql(Map<RowKey, Touched> rows) throws IOException {
        Map<RowKey, SideRow> found = new HashMap<>();
        Set<RowKey> byScan = new HashSet<>();
        Map<Integer, Map<Point, Set<List<Object>>>> byPoint = new HashMap<>();
        rows.forEach(
                (key, touched) -> {
                    if (indexed.get(key.table())) {
                        byPoint.computeIfAbsent(key.table(), t -> new LinkedHashMap<>())
                                .put(
                                        new Point(Device.of(key.device()), key.time()),
                                        touched.columns());
                    } else {
                        byScan.add(key);
                    }
                });
        for (Map.Entry<Integer, Map<Point, Set<List<Object>>>> of : byPoint.entrySet()) {
            List<Integer> mappings = spec.units().get(of.getKey()).mappings();
            Map<RowKey, List<SideRow>> standing = new HashMap<>();
            TableMapping first = spec.tables().get(mappings.get(0)).mapping();
            if (NamedPoints.has(first)) {
                for (Map.Entry<RowNames, Map<Point, Set<List<Object>>>> named :
                        NamedPoints.parts(first, of.getValue(), rowsOf -> rowsOf).entrySet()) {
                    addStanding(standing, mappings, named.getValue(), named.getKey()::in);
                }
            } else {
                addStanding(standing, mappings, of.getValue(), m -> m);
            }
            RowComparer comparer = new RowComparer(spec.rules(of.getKey()));
            standing.forEach(
                    (key, ofTables) ->
                            comparer.standing(ofTables).ifPresent(row -> found.put(key, row)));
        }
        if (!byScan.isEmpty()) {
            found.putAll(new MySqlRows(spec, nothingRead()).read(byScan, true));
        }
        return found;
    }

    private void addStanding(
            Map<RowKey, List<SideRow>> standing,
            List<Integer> mappings,
            Map<Point, Set<List<Object>>> asked,
            UnaryOperator<TableMapping> named)
            throws IOException {
        for (int mapping : mappings) {
            TableMapping table = named.apply(spec.tables().get(mapping).mapping());
            (mappings.size() == 1
                            ? points.standingOfAny(table, asked)
                            : points.standingAt(table, asked.keySet()))
                    .forEach((point, row) -> add(standing, mapping, row));
        }
    }

    private void add(Map<RowKey, List<SideRow>> standing, int mapping, TargetRow row) {
        RowKey key = new RowKey(layout.unit(mapping), row.device().path(), row.time());
        standing.computeIfAbsent(key, k -> new ArrayList<>())
                .add(
                        new SideRow(
                                SideRow.Side.MYSQL,
                                key,
                                layout.writer(mapping),
                                0,
                                layout.values(mapping, row.values())));
    }

    /** Returns empty sums. Where no chunk is known, the whole table is looked at. */
    private SideSums nothingRead() {
        Buckets small = new Buckets(1, 1, spec.buckets().hour());
        return new SideSums(Collections.nCopies(spec.units().size(), small));
    }

    @Override
    public void close() {
        points.close();
        iotdb.close();
    }
}
