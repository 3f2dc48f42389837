package io.iotdbmigrate.check;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.PartitioningConfig;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.mysql.ChunkKeys;
import io.iotdbmigrate.mysql.binlog.BinlogPositions;
import io.iotdbmigrate.mysql.rows.ColumnNames;
import io.iotdbmigrate.mysql.rows.RangePartitions;
import io.iotdbmigrate.mysql.rows.TableCounter;
import io.iotdbmigrate.mysql.rows.TableCounts;
import io.iotdbmigrate.mysql.rows.TallShape;
import io.iotdbmigrate.plan.TablePlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A check that looks at one mapped table in MySQL. */
final class TableCheck {
    private static final int SELECT_DENIED = 1142;
    private static final int COLUMN_DENIED = 1143;

    /** A table of fewer rows is read in a moment. */
    private static final long MANY_ROWS = 50_000;

    private final MigrationConfig config;
    private final Connection connection;
    private final boolean fast;
    private final List<Finding> findings = new ArrayList<>();

    TableCheck(MigrationConfig config, Connection connection, boolean fast) {
        this.config = config;
        this.connection = connection;
        this.fast = fast;
    }

    /**
     * The outcome for a table that exists.
     *
     * @param counts null if its rows could not be looked at
     */
    record Result(CheckReport.Table table, @Nullable TableCounts counts, List<Finding> findings) {}

    Result check(TablePlan plan, TableSchema schema) {
        config.tables().stream()
                .filter(t -> t.name().equalsIgnoreCase(name(schema)))
                .map(t -> ListedColumns.compare(t, schema))
                .forEach(findings::addAll);
        PartitioningConfig partitioning = config.partitioning();
        Optional<TableKey> key =
                ChunkKeys.choose(schema, partitioning == null ? null : partitioning.column());
        keys(plan.config().table(), schema, key);
        TableMapping mapping = plan.mapping();
        TableCounts counts = mapping == null ? null : count(mapping, schema, key);
        return new Result(
                new CheckReport.Table(
                        plan.config().table(),
                        plan.config().entry(),
                        schema.estimatedRows(),
                        key.map(k -> String.join(", ", k.columns())).orElse(null),
                        counts == null ? null : inReport(counts)),
                counts,
                List.copyOf(findings));
    }

    private String name(TableSchema schema) {
        return schema.id().name(config.mysql().database());
    }

    private static CheckReport.Counts inReport(TableCounts counts) {
        return new CheckReport.Counts(
                counts.rows(),
                counts.sampled(),
                counts.devices().count(),
                Math.max(0, counts.collapsed()),
                counts.devices().nullRows(),
                counts.nullTimes(),
                counts.zeroDates().values().stream().mapToLong(Long::longValue).sum(),
                counts.lost());
    }

    private void keys(String table, TableSchema schema, Optional<TableKey> key) {
        if (key.isEmpty()) {
            findings.add(
                    Finding.warning(
                            table,
                            "has no index that it could be cut along: it is read in one piece, and"
                                    + " from the beginning again after an interruption",
                            "add a primary key, if the table is large"));
            return;
        }
        String columns = String.join(", ", key.get().columns());
        findings.add(
                Finding.ok(
                        table,
                        key.get().isPrimary()
                                ? "is read along its primary key " + columns
                                : "is read along index " + key.get().name() + " on " + columns));
        if (schema.primaryKey().isEmpty()) {
            findings.add(
                    Finding.warning(
                            table,
                            "has no primary key: which of several rows of one device and time wins"
                                    + " is not defined",
                            "add a primary key, if it can have such rows"));
        }
    }

    private @Nullable TableCounts count(
            TableMapping mapping, TableSchema schema, Optional<TableKey> key) {
        String table = mapping.name();
        try {
            if (!maySelect(mapping)) {
                return null;
            }
            Optional<TableKey> unique = Uniqueness.guarantee(mapping, schema);
            unique.ifPresent(
                    k ->
                            findings.add(
                                    Finding.ok(
                                            table,
                                            "no two rows can share device"
                                                    + (mapping.isTall() ? ", name" : "")
                                                    + " and time: key "
                                                    + k.name()
                                                    + " on "
                                                    + String.join(", ", k.columns())
                                                    + " is unique")));
            if (unique.isEmpty()) {
                standing(mapping, schema);
            }
            partitions(mapping);
            RowParts.finding(mapping).ifPresent(findings::add);
            TableCounts counts =
                    new TableCounter(connection, mapping, key, fast).count(unique.isEmpty());
            findings.addAll(CountFindings.of(mapping, counts));
            if (mapping.isPivoted() && !fast) {
                findings.addAll(
                        PivotFindings.of(
                                mapping,
                                ColumnNames.read(connection, mapping, PivotFindings.MOST)));
            }
            if (inReport(counts).losesMuch() && counts.collapsed() > 0) {
                TallShape.find(connection, mapping, schema, key)
                        .map(column -> tall(mapping, column))
                        .ifPresent(findings::add);
            }
            return counts;
        } catch (SQLException e) {
            findings.add(
                    Finding.error(
                            ExitCode.MYSQL,
                            table,
                            "its rows could not be counted: " + e.getMessage(),
                            "check it with --fast, or look at MySQL's error log"));
            return null;
        }
    }

    /** Warns where each question of cdc, which row stands at a point, reads the whole table. */
    private void standing(TableMapping mapping, TableSchema schema) {
        List<String> point = new ArrayList<>(mapping.device().columns());
        mapping.timeColumns().forEach(c -> point.add(c.name()));
        boolean indexed =
                schema.keys().stream()
                        .map(key -> key.columns().get(0))
                        .anyMatch(first -> point.stream().anyMatch(first::equalsIgnoreCase));
        if (indexed || schema.estimatedRows() < MANY_ROWS) {
            return;
        }
        String columns = point.stream().map(SqlName::quote).collect(Collectors.joining(", "));
        findings.add(
                Finding.warning(
                        mapping.name(),
                        "rows may share device and time, so cdc asks MySQL which of them stands,"
                                + " and no index begins with device or time: each question reads"
                                + " the whole table",
                        "before cdc: CREATE INDEX point ON "
                                + mapping.table().quoted()
                                + " ("
                                + columns
                                + ")"));
    }

    private void partitions(TableMapping mapping) throws SQLException {
        if (mapping.onPartitionDrop() != OnPartitionDrop.DELETE) {
            return;
        }
        for (String definition :
                BinlogPositions.createTables(connection, List.of(mapping.table())).values()) {
            boolean mayDrop = !mapping.followsEmptied() || definition.contains("PARTITION BY");
            if (mayDrop && RangePartitions.of(mapping, definition).isEmpty()) {
                findings.add(
                        Finding.warning(
                                mapping.table().table(),
                                "on_partition_drop: delete has no ranges to go by: the table is not"
                                        + " partitioned by RANGE of its time or of TO_DAYS,"
                                        + " TO_SECONDS, UNIX_TIMESTAMP or YEAR of it, so cdc stops"
                                        + " at a dropped partition",
                                "set on_partition_drop: ignore to keep such rows in IoTDB, or"
                                        + " partition the table by its time"));
            }
        }
    }

    private static Finding tall(TableMapping mapping, String column) {
        String field =
                mapping.measurements().stream()
                        .map(m -> mapping.columns().get(m.column()).name())
                        .filter(name -> !name.equalsIgnoreCase(column))
                        .findFirst()
                        .orElse("value");
        return Finding.warning(
                mapping.name(),
                "rows of one device and time differ in " + column,
                "write measurements: [{name: '{"
                        + column
                        + "}', field: "
                        + field
                        + "}], or put {"
                        + column
                        + "} into device_template");
    }

    /** Asks for what the backfill will ask for, which settles roles and grants on columns too. */
    private boolean maySelect(TableMapping mapping) throws SQLException {
        String columns =
                mapping.columns().stream()
                        .map(Column::name)
                        .map(SqlName::quote)
                        .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT " + columns + " FROM " + mapping.table().quoted() + " LIMIT 0");
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() != SELECT_DENIED && e.getErrorCode() != COLUMN_DENIED) {
                throw e;
            }
            String user = config.mysql().user();
            findings.add(
                    Finding.error(
                            ExitCode.MYSQL,
                            mapping.name(),
                            user + " may not read it",
                            "run GRANT SELECT ON "
                                    + mapping.table().quoted()
                                    + " TO '"
                                    + user
                                    + "'@'%' as an administrator"));
            return false;
        }
    }
}
