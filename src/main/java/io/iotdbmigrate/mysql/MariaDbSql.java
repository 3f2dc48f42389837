package io.iotdbmigrate.mysql;

import java.util.List;

/**
 * A simplifier of MariaDB's statements: it leaves out words that MySQL does not know and that do
 * not matter. Whoever reads a statement looks for a table's name in its place.
 */
public final class MariaDbSql {
    private MariaDbSql() {}

    /**
     * Returns a statement without {@code SET STATEMENT ... FOR} before it, without {@code ONLINE},
     * {@code IF EXISTS} and how long to wait; as it is, if it has none of these.
     */
    public static String plain(String sql) {
        List<SqlTokens.Token> tokens = SqlTokens.of(sql);
        StringBuilder plain = new StringBuilder();
        int i = 0;
        int copied = 0;
        if (at(tokens, 0, "SET") && at(tokens, 1, "STATEMENT")) {
            while (i < tokens.size() && !at(tokens, i, "FOR")) {
                i++;
            }
            i++;
            copied = i < tokens.size() ? tokens.get(i).begin() : sql.length();
        }
        boolean alters = at(tokens, i, "ALTER");
        if (alters && at(tokens, i + 1, "ONLINE")) {
            plain.append(sql, copied, tokens.get(i + 1).begin());
            copied = tokens.get(i + 1).end();
            i++;
        }
        i += at(tokens, i + 1, "IGNORE") ? 1 : 0;
        boolean empties = at(tokens, i, "TRUNCATE") || at(tokens, i, "RENAME");
        if ((alters || empties) && at(tokens, i + 1, "TABLE")) {
            int name = i + 2;
            if (at(tokens, name, "IF") && at(tokens, name + 1, "EXISTS")) {
                plain.append(sql, copied, tokens.get(name).begin());
                copied = tokens.get(name + 1).end();
                name += 2;
            }
            int behind = at(tokens, name + 1, ".") ? name + 3 : name + 1;
            int waits =
                    at(tokens, behind, "NOWAIT")
                            ? behind
                            : at(tokens, behind, "WAIT") ? behind + 1 : 0;
            if (waits > 0 && waits < tokens.size()) {
                plain.append(sql, copied, tokens.get(behind).begin());
                copied = tokens.get(waits).end();
            }
        }
        return plain.append(sql, copied, sql.length()).toString();
    }

    private static boolean at(List<SqlTokens.Token> tokens, int i, String keyword) {
        return i < tokens.size() && tokens.get(i).is(keyword);
    }
}
