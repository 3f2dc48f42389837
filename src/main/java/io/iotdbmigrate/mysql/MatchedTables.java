package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.TablesConfig;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tables that lists and patterns of the config stand for, as the server whose binlog is
 * followed has them now: a replica may not have them yet.
 */
public final class MatchedTables {
    private static final int NAMED = 20;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

    private final MigrationConfig config;
    private final List<TableId> existing;

    /** Which entry a table is of, to find those of two. */
    private final Map<String, MappingConfig> owners = new HashMap<>();

    private MatchedTables(MigrationConfig config, List<TableId> existing) {
        this.config = config;
        this.existing = List.copyOf(existing);
    }

    /**
     * Returns a config with one mapping for each table, of a pattern in the order of their names.
     * It is spelled as the server spells it, see {@link ServerSpelling}. Asks the server only where
     * a pattern needs it.
     *
     * @throws UserException exit code 3, if a pattern matches nothing or a table is of two entries;
     *     4, if MySQL does not answer
     */
    public static MigrationConfig of(MigrationConfig written) {
        MigrationConfig config = ServerSpelling.of(written);
        if (config.mappings().stream().noneMatch(MatchedTables::isOpen)) {
            return config;
        }
        boolean asks = config.mappings().stream().anyMatch(m -> isOpen(m) && m.isOfPattern());
        List<TableId> existing = asks ? existing(config) : List.of();
        return new MatchedTables(config, existing).resolved();
    }

    /**
     * Returns the same for the tables that the server has by now.
     *
     * @param resolved what {@link #of} returned
     */
    public static MigrationConfig again(MigrationConfig resolved) {
        return of(resolved.withMappings(resolved.entries()));
    }

    private static List<TableId> existing(MigrationConfig config) {
        String sql =
                "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type ="
                        + " 'BASE TABLE' AND table_schema NOT IN ('mysql', 'sys',"
                        + " 'performance_schema', 'information_schema') ORDER BY 1, 2";
        MySqlConfig origin = config.mysql().origin();
        try (Connection connection = MySqlConnections.open(origin);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<TableId> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(new TableId(rows.getString(1), rows.getString(2)));
            }
            return tables;
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(origin)
                            + " did not answer which tables it has ("
                            + e.getMessage()
                            + "); see its error log, then start again",
                    e);
        }
    }

    private MigrationConfig resolved() {
        List<MappingConfig> mappings = new ArrayList<>();
        for (int i = 0; i < config.mappings().size(); i++) {
            MappingConfig mapping = config.mappings().get(i);
            TablesConfig tables = mapping.tables();
            if (tables == null || !isOpen(mapping)) {
                mappings.add(own(mapping.table(), mapping, mapping));
            } else if (tables.isPattern()) {
                mappings.addAll(matching(mapping, tables, "iotdb.mappings[" + i + "].tables"));
            } else {
                for (String name : tables.names()) {
                    TableId table = TableId.named(name, usual());
                    mappings.add(own(name, mapping, filled(mapping, name, table, null)));
                }
            }
        }
        return config.withMappings(mappings);
    }

    private String usual() {
        return config.mysql().database();
    }

    private List<MappingConfig> matching(MappingConfig mapping, TablesConfig tables, String path) {
        List<MappingConfig> found = new ArrayList<>();
        for (TableId table : existing) {
            if (tables.matches(usual(), table.database(), table.table())) {
                Matcher groups =
                        tables.pattern()
                                .matcher(
                                        tables.namesDatabase()
                                                ? table.database() + "." + table.table()
                                                : table.table());
                groups.matches();
                String name = table.name(usual());
                found.add(own(name, mapping, filled(mapping, name, table, groups)));
            }
        }
        if (found.isEmpty()) {
            throw new UserException(
                    ExitCode.CONFIG,
                    path
                            + ": \""
                            + tables.names().get(0)
                            + "\" matches no table"
                            + (tables.namesDatabase() ? "" : " of database " + usual())
                            + " that user "
                            + config.mysql().user()
                            + " may see; the pattern must match the whole name"
                            + some(tables.namesDatabase()));
        }
        return found;
    }

    private String some(boolean allDatabases) {
        List<String> names =
                existing.stream()
                        .filter(t -> allDatabases || t.database().equals(usual()))
                        .map(t -> allDatabases ? t.toString() : t.table())
                        .toList();
        return names.isEmpty()
                ? ""
                : ", and the tables are "
                        + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /** Notes whose a table is. Several entries may name one, but a pattern takes it for itself. */
    private MappingConfig own(String name, MappingConfig owner, MappingConfig mapping) {
        MappingConfig other = owners.putIfAbsent(name, owner);
        if (other != null && !other.equals(owner) && (other.isOfPattern() || owner.isOfPattern())) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "table "
                            + name
                            + " is of two entries of iotdb.mappings, "
                            + shown(other)
                            + " and "
                            + shown(owner)
                            + "; make the pattern narrower, or remove one of the two");
        }
        return mapping;
    }

    /** Tells whether the tables are still to be found. */
    private static boolean isOpen(MappingConfig mapping) {
        return mapping.tables() != null && mapping.table().isEmpty();
    }

    private static String shown(MappingConfig mapping) {
        TablesConfig tables = mapping.tables();
        return tables == null
                ? "table: " + mapping.table()
                : "tables: " + String.join(", ", tables.names());
    }

    private static MappingConfig filled(
            MappingConfig mapping, String name, TableId table, @Nullable Matcher groups) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 1; groups != null && i <= groups.groupCount(); i++) {
            String value = groups.group(i);
            words.put("{" + i + "}", value == null ? "" : value);
        }
        words.put("{table}", table.table());
        words.put("{database}", table.database());
        String template = mapping.deviceTemplate();
        for (Map.Entry<String, String> word : words.entrySet()) {
            template = template.replace(word.getKey(), inPath(word.getValue()));
        }
        TargetTableConfig target = mapping.target();
        return mapping.of(name, template, target == null ? null : filled(target, words));
    }

    private static TargetTableConfig filled(TargetTableConfig target, Map<String, String> words) {
        List<TagConfig> tags = target.tags();
        return tags == null
                ? target
                : new TargetTableConfig(
                        target.name(),
                        tags.stream()
                                .map(
                                        tag ->
                                                words.containsKey(tag.field())
                                                        ? tag.with(words.get(tag.field()))
                                                        : tag)
                                .toList(),
                        target.attributes(),
                        target.pivot());
    }

    /** Spells a name inside a node of a template. */
    private static String inPath(String name) {
        return PLAIN.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
    }
}
