package io.iotdbmigrate.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the connected user may do on the server and on databases, active roles included. */
public final class GlobalGrants {
    private static final Pattern GRANT =
            Pattern.compile("GRANT (.+) ON (\\*|`(?:[^`]|``)+`)\\.\\* TO .*");

    private final List<Granted> granted;

    private record Granted(String level, List<String> privileges) {
        boolean includes(String privilege) {
            return privileges.contains(privilege) || privileges.contains("ALL PRIVILEGES");
        }
    }

    private GlobalGrants(List<Granted> granted) {
        this.granted = List.copyOf(granted);
    }

    /** Reads what is granted. */
    public static GlobalGrants of(Connection connection) throws SQLException {
        List<Granted> granted = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GRANTS FOR CURRENT_USER()")) {
            while (row.next()) {
                Matcher grant = GRANT.matcher(row.getString(1));
                if (grant.matches()) {
                    granted.add(
                            new Granted(
                                    unescaped(grant.group(2)),
                                    List.of(
                                            grant.group(1)
                                                    .toUpperCase(Locale.ROOT)
                                                    .split("\\s*,\\s*", -1))));
                }
            }
        }
        return new GlobalGrants(granted);
    }

    /** Takes escapes away. A database's name in a grant has its wildcards escaped. */
    private static String unescaped(String level) {
        return level.replace("`", "").replace("\\", "");
    }

    /** Tells whether it is granted on {@code *.*}. */
    public boolean has(String privilege) {
        return hasOn("*", privilege);
    }

    /** Tells whether it is granted on everything or on a database. */
    public boolean hasIn(String database, String privilege) {
        return has(privilege) || hasOn(database, privilege);
    }

    private boolean hasOn(String level, String privilege) {
        return granted.stream().anyMatch(g -> g.level().equals(level) && g.includes(privilege));
    }
}
