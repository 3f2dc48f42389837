package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.config.Configuration;
import io.debezium.relational.TableId;
import io.debezium.relational.history.DatabaseHistoryListener;
import io.debezium.relational.history.HistoryRecordComparator;
import io.debezium.relational.history.TableChanges;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.cdc.connectors.mysql.debezium.EmbeddedFlinkDatabaseHistory;
import org.jspecify.annotations.Nullable;

/**
 * A watch that stops the replication where a mapped table gets another name. The connector tells
 * behind the source only of statements about mapped names, and such a statement counts as one about
 * the new name; but its history of the tables' columns is told of all. Debezium makes an instance
 * by this class' name.
 */
public final class RenameWatch extends EmbeddedFlinkDatabaseHistory {
    private static final String MAPPED = CONFIGURATION_FIELD_PREFIX_STRING + "mapped.tables";
    private static final String BLANKS = "(?:\\s|/\\*.*?\\*/)+";
    private static final String NAME = "(?:`((?:[^`]|``)+)`|([^\\s`.,;(/]+))";
    private static final Pattern ABOUT =
            Pattern.compile(
                    "(?is)(?:%1$s)?(?:ALTER|RENAME)%1$sTABLES?%1$s%2$s(?:\\s*\\.\\s*%2$s)?.*"
                            .formatted(BLANKS, NAME));

    private Pattern mapped = Pattern.compile("");

    /**
     * Returns the connector's properties that put it in.
     *
     * @param tables those that are mapped, as {@code database.table}
     */
    static Properties properties(Set<String> tables) {
        Properties properties = new Properties();
        properties.setProperty("database.history", RenameWatch.class.getName());
        properties.setProperty(
                MAPPED, tables.stream().map(Pattern::quote).collect(Collectors.joining("|")));
        return properties;
    }

    @Override
    public void configure(
            Configuration config,
            HistoryRecordComparator comparator,
            DatabaseHistoryListener listener,
            boolean useCatalogBeforeSchema) {
        super.configure(config, comparator, listener, useCatalogBeforeSchema);
        mapped = Pattern.compile(config.getString(MAPPED));
    }

    /**
     * @param databaseName where the new name is
     * @param changes the tables as they are after the statement
     * @throws UserException exit code 6, if a mapped table has lost its name
     */
    @Override
    public void record(
            Map<String, ?> source,
            Map<String, ?> position,
            String databaseName,
            String schemaName,
            String ddl,
            TableChanges changes) {
        super.record(source, position, databaseName, schemaName, ddl, changes);
        TableId before = about(databaseName, ddl);
        if (before != null
                && mapped.matcher(before.catalog() + "." + before.table()).matches()
                && StreamSupport.stream(changes.spliterator(), false)
                        .noneMatch(change -> change.getId().equals(before))) {
            long offset = ((Number) position.get("pos")).longValue();
            String table = before.catalog() + "." + before.table();
            throw Stops.statement(
                    ddl,
                    position.get("file") + ":" + offset,
                    BinlogStatement.parse(databaseName == null ? "" : databaseName, ddl)
                                    .naming()
                                    .renames()
                            ? "takes away the name of " + table
                            : "is about "
                                    + table
                                    + " and cannot be understood, so what it changes there is not"
                                    + " known");
        }
    }

    /** Returns the table that the statement names first. */
    private static @Nullable TableId about(String database, String ddl) {
        Matcher names = ABOUT.matcher(ddl);
        if (!names.matches()) {
            return null;
        }
        String first = name(names, 1);
        String second = name(names, 3);
        return second == null
                ? new TableId(database, null, first)
                : new TableId(first, null, second);
    }

    private static @Nullable String name(Matcher names, int group) {
        String quoted = names.group(group);
        return quoted == null ? names.group(group + 1) : quoted.replace("``", "`");
    }
}
