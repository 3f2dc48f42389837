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
 * The names that the MySQL CDC connector gives to tables: Avro's, in which every character but
 * {@code A-Z a-z 0-9 _} is an underscore. It refuses to read two tables of one such name (seen in
 * 3.5.0).
 */
public final class ConnectorNames {
    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_]");

    private ConnectorNames() {}

    /**
     * Finds tables that one replication cannot follow together; an error for each but the first.
     */
    public static List<Finding> clashes(List<TableId> tables) {
        List<Finding> clashes = new ArrayList<>();
        Map<String, TableId> known = new HashMap<>();
        for (TableId table : tables) {
            TableId first = known.putIfAbsent(adjusted(table), table);
            if (first != null && !first.equals(table)) {
                clashes.add(clash(first, table));
            }
        }
        return clashes;
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
}
