package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names that the MySQL CDC connector gives to tables. One is Avro's, in which every character
 * but {@code A-Z a-z 0-9 _} is an underscore: it refuses to read two tables of one such name. The
 * other stands in checkpoints, in double quotes, unless it begins or ends with one: that is
 * written, and is not read again (both seen in 3.5.0).
 */
public final class ConnectorNames {
    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_]");

    private ConnectorNames() {}

    /**
     * Finds tables that no replication can go on with, and those that one cannot follow together;
     * an error for each but the first.
     */
    public static List<Finding> findings(List<TableId> tables) {
        List<Finding> findings = new ArrayList<>();
        Map<String, TableId> known = new HashMap<>();
        for (TableId table : tables) {
            TableId first = known.putIfAbsent(adjusted(table), table);
            if (first != null && !first.equals(table)) {
                findings.add(clash(first, table));
            }
            if (isQuoted(table.database()) || isQuoted(table.table())) {
                findings.add(quoted(table));
            }
        }
        return findings;
    }

    /**
     * Returns a regular expression that only a name matches, as an item of one of the connector's
     * lists: it cuts them at each comma, also at a quoted one.
     */
    public static String literal(String name) {
        return SPECIAL.matcher(name)
                .replaceAll(special -> "\\\\x{%x}".formatted(special.group().codePointAt(0)));
    }

    /** Returns a column's name as the connector takes it from statements, quoted as there. */
    public static String column(String name) {
        return name.replace("`", "``");
    }

    private static String adjusted(TableId table) {
        return SPECIAL.matcher(table.database()).replaceAll("_")
                + "."
                + SPECIAL.matcher(table.table()).replaceAll("_");
    }

    private static Finding clash(TableId first, TableId second) {
        return Finding.error(
                ExitCode.CONFIG,
                second.table(),
                "has a name that differs from "
                        + first.table()
                        + " in special characters only, and the MySQL CDC connector cannot follow"
                        + " both in one replication",
                "put one of them into a config of its own, which has another name");
    }

    private static boolean isQuoted(String name) {
        return name.startsWith("\"") || name.endsWith("\"");
    }

    private static Finding quoted(TableId table) {
        return Finding.error(
                ExitCode.CONFIG,
                table.table(),
                "has a double quote at an end of its name, or of its database's, "
                        + table.database()
                        + ", and the MySQL CDC connector cannot go on from a savepoint that has"
                        + " such a name",
                "rename it in MySQL");
    }
}
