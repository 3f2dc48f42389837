package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.config.Configuration;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import io.debezium.relational.ddl.DdlParser;
import io.debezium.relational.history.DatabaseHistoryListener;
import io.debezium.relational.history.HistoryRecordComparator;
import io.debezium.relational.history.TableChanges;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
    private static final String ID = CONFIGURATION_FIELD_PREFIX_STRING + "watch.id";

    /** Those of connectors that have begun, by the ids of their watches, until they are taken. */
    private static final ConcurrentMap<String, Tables> DEFINITIONS = new ConcurrentHashMap<>();

    private static final String BLANKS = "(?:\\s|/\\*.*?\\*/)+";
    private static final String NAME = "(?:`((?:[^`]|``)+)`|([^\\s`.,;(/]+))";
    private static final Pattern ABOUT =
            Pattern.compile(
                    "(?is)(?:%1$s)?(?:ALTER|RENAME)%1$sTABLES?%1$s%2$s(?:\\s*\\.\\s*%2$s)?.*"
                            .formatted(BLANKS, NAME));

    private Pattern mapped = Pattern.compile("");
    private String id = "";

    /**
     * Returns the connector's properties that put it in.
     *
     * @param tables those that are mapped, as {@code database.table}
     */
    static Properties properties(Set<String> tables) {
        Properties properties = new Properties();
        properties.setProperty("database.history", RenameWatch.class.getName());
        properties.setProperty(ID, UUID.randomUUID().toString());
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
        id = config.getString(ID);
    }

    /** Keeps what the connector knows for {@link #definitions}. */
    @Override
    public void recover(Offsets<?, ?> offsets, Tables schema, DdlParser ddlParser) {
        super.recover(offsets, schema, ddlParser);
        DEFINITIONS.put(id, schema);
    }

    /**
     * Returns the definitions of all tables that a connector has begun to know, and will. It
     * answers itself about those that it reads only.
     *
     * @param properties those of the connector, with {@link #properties}
     */
    static Tables definitions(Properties properties) {
        return Objects.requireNonNull(DEFINITIONS.remove(properties.getProperty(ID)));
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
                && !namesMapped(databaseName, ddl)
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

    /** Tells whether it gives a mapped name, which was found to be right before it came here. */
    private boolean namesMapped(String database, String ddl) {
        return BinlogStatement.parse(database == null ? "" : database, ddl)
                .naming()
                .renamings()
                .stream()
                .anyMatch(renaming -> mapped.matcher(spelled(renaming.to(), database)).matches());
    }

    /** Gives the usual database its own spelling, which a parsed statement has lost. */
    private static String spelled(io.iotdbmigrate.model.TableId table, String database) {
        return (table.database().equalsIgnoreCase(database) ? database : table.database())
                + "."
                + table.table();
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
