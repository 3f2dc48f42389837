package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TemplateNode;
import io.iotdbmigrate.mapping.TypeRules;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.mysql.FilterSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A counter of mapped rows in two passes: one over the rows, one over the devices. */
public final class TableCounter {
    static final long SAMPLE_ROWS = 100_000;

    private final Connection connection;
    private final TableMapping mapping;
    private final boolean fast;
    private final String source;
    private final List<String> select = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /**
     * @param key along which a sample is taken, empty: as the rows come
     * @param fast whether a sample of the first rows will do
     */
    public TableCounter(
            Connection connection, TableMapping mapping, Optional<TableKey> key, boolean fast) {
        this.connection = connection;
        this.mapping = mapping;
        this.fast = fast;
        this.source = fast ? sample(mapping, mapping.columns(), key) : FilterSql.source(mapping);
    }

    /** Returns the first mapped rows of the table, as a source of a query. */
    static String sample(TableMapping mapping, List<Column> columns, Optional<TableKey> key) {
        String order = key.map(k -> " ORDER BY " + quoted(k.columns())).orElse("");
        return "(SELECT "
                + quoted(columns.stream().map(Column::name).toList())
                + " FROM "
                + mapping.table().quoted()
                + FilterSql.where(mapping, "")
                + order
                + " LIMIT "
                + SAMPLE_ROWS
                + ") AS s";
    }

    private static String quoted(List<String> names) {
        return names.stream().map(SqlName::quote).collect(Collectors.joining(", "));
    }

    /**
     * @param collapsing whether to count rows that share (device, time): by far the longest count
     */
    public TableCounts count(boolean collapsing) throws SQLException {
        String noDevice = CountSql.hasNoDevice(mapping);
        TimeSql time = new TimeSql(mapping);
        int rows = add("COUNT(*)");
        int oldest = add(time.isText() ? "NULL" : "MIN(" + time.value() + ")");
        int nullTimes = sum(time.isMissing());
        int nullDevices = sum(noDevice);
        int rejected = sum(CountSql.rejected(mapping));
        int names = mapping.isTall() ? add(names(noDevice)) : -1;
        int distinct = collapsing ? add(distinct(CountSql.rejected(mapping))) : -1;
        Map<String, Integer> zeroDates = new LinkedHashMap<>();
        Map<TargetType, Map<String, Integer>> refused = new EnumMap<>(TargetType.class);
        Map<String, Integer> unreadable = new LinkedHashMap<>();
        Map<String, Integer> skipped = new LinkedHashMap<>();
        for (TableMapping.Measurement measurement : mapping.measurements()) {
            Column column = mapping.columns().get(measurement.column());
            if (CountSql.isDated(column.type())) {
                zeroDates.put(column.name(), sum(CountSql.isZeroDate(column)));
            }
            Optional<String> refuses = CountSql.rejects(column, measurement.type());
            if (refuses.isPresent()) {
                counts(measurement, column, refused, unreadable, skipped)
                        .put(column.name(), sum(refuses.get()));
            }
        }
        values.addAll(row("SELECT " + String.join(", ", select) + " FROM " + source));
        TextTimes texts =
                time.isText()
                        ? TextTimes.read(connection, mapping, source)
                        : new TextTimes(0, null, Long.MAX_VALUE, Long.MIN_VALUE);
        return new TableCounts(
                number(rows),
                fast && number(rows) == SAMPLE_ROWS,
                Math.min(number(rows), number(rejected) + texts.unread()),
                collapsing ? number(rows) - number(rejected) - number(distinct) : -1,
                number(nullTimes),
                new TableCounts.Unread(texts.unread(), texts.example()),
                OldestTime.of(mapping, (String) values.get(oldest)),
                devices(names < 0 ? 0 : number(names), number(nullDevices), noDevice),
                found(zeroDates),
                found(refused.getOrDefault(TargetType.BOOLEAN, Map.of())),
                found(refused.getOrDefault(TargetType.INT64, Map.of())),
                found(refused.getOrDefault(TargetType.DATE, Map.of())),
                found(unreadable),
                found(skipped));
    }

    /** Returns where rows with a value that a measurement cannot hold are counted. */
    private static Map<String, Integer> counts(
            TableMapping.Measurement measurement,
            Column column,
            Map<TargetType, Map<String, Integer>> refused,
            Map<String, Integer> unreadable,
            Map<String, Integer> skipped) {
        if (measurement.onInvalid() == OnInvalid.SKIP) {
            return skipped;
        }
        return TypeRules.readsText(column.type(), measurement.type())
                ? unreadable
                : refused.computeIfAbsent(measurement.type(), t -> new LinkedHashMap<>());
    }

    private int add(String expression) {
        select.add(expression);
        return select.size() - 1;
    }

    private int sum(String condition) {
        return add("COALESCE(SUM(" + condition + "), 0)");
    }

    private long number(int index) {
        return Long.parseLong((String) values.get(index));
    }

    private Map<String, Long> found(Map<String, Integer> counts) {
        Map<String, Long> found = new LinkedHashMap<>();
        counts.forEach(
                (column, index) -> {
                    if (number(index) > 0) {
                        found.put(column, number(index));
                    }
                });
        return found;
    }

    /**
     * Writes one text of the columns. COUNT(DISTINCT ...) leaves out rows with a null among its
     * values.
     */
    private String distinct(String rejected) {
        List<String> identity = new ArrayList<>();
        identity.add("CASE WHEN " + rejected + " THEN NULL ELSE 1 END");
        identity.addAll(CountSql.deviceIdentity(mapping));
        identity.add(new TimeSql(mapping).identity());
        return "COUNT(DISTINCT " + String.join(", ", identity) + ")";
    }

    /** Writes the count of what the rows of a tall table are named by. */
    private String names(String noDevice) {
        List<String> identity = new ArrayList<>();
        identity.add("CASE WHEN " + noDevice + " THEN NULL ELSE 1 END");
        identity.addAll(CountSql.identity(mapping, mapping.template().last().columnNames()));
        return "COUNT(DISTINCT " + String.join(", ", identity) + ")";
    }

    private TableCounts.Devices devices(long names, long nullRows, String noDevice)
            throws SQLException {
        if (mapping.device().hasLookups()) {
            return LookedUpDevices.count(connection, mapping, source, noDevice, nullRows);
        }
        if (mapping.keepsWholeRows()) {
            return new TableCounts.Devices(tagged(noDevice), names, nullRows, 0, null, 0, null);
        }
        if (mapping.template().splits()) {
            return LookedUpDevices.count(connection, mapping, source, noDevice, nullRows);
        }
        List<TemplateNode> nodes =
                mapping.template().nodes().stream().filter(n -> !n.isFixed()).toList();
        if (nodes.isEmpty()) {
            return new TableCounts.Devices(1, names, nullRows, 0, null, 0, null);
        }
        List<Object> row = row(new DeviceSql(mapping, nodes).query(source, noDevice));
        return new TableCounts.Devices(
                Long.parseLong((String) row.get(0)),
                names,
                nullRows,
                Long.parseLong((String) row.get(1)),
                DeviceSql.path(mapping.template(), (String) row.get(2)),
                Long.parseLong((String) row.get(3)),
                DeviceSql.path(mapping.template(), (String) row.get(4)));
    }

    /** Counts devices of the table model: each tuple of TAGs is one. */
    private long tagged(String noDevice) throws SQLException {
        List<String> identity = CountSql.deviceIdentity(mapping);
        return identity.isEmpty()
                ? 1
                : Long.parseLong(
                        (String)
                                row("SELECT COUNT(DISTINCT "
                                                + String.join(", ", identity)
                                                + ") FROM "
                                                + source
                                                + " WHERE NOT "
                                                + noDevice)
                                        .get(0));
    }

    private List<Object> row(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            List<Object> texts = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                texts.add(row.getString(i));
            }
            return texts;
        }
    }
}
