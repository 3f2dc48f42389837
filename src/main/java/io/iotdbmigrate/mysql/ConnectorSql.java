package io.iotdbmigrate.mysql;

import io.iotdbmigrate.mysql.dialect.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * SQL of newer servers as the CDC connector knows it. It reads no definition in which a type stands
 * that it does not know, such as VECTOR or UUID.
 */
public final class ConnectorSql {
    /** A name behind one of these is that of a column, also if it is that of a type. */
    private static final Set<String> BEFORE_A_NAME =
            Set.of(
                    "ADD",
                    "COLUMN",
                    "CHANGE",
                    "MODIFY",
                    "DROP",
                    "TO",
                    "AFTER",
                    "KEY",
                    "INDEX",
                    "EXISTS",
                    "DEFAULT",
                    "TABLE",
                    "REFERENCES",
                    "CONSTRAINT",
                    "ALTER",
                    "AS");

    private ConnectorSql() {}

    /** Returns a statement with types that the connector knows, whose rows are logged alike. */
    public static String known(String statement, Dialect dialect) {
        String sql = MariaDbSql.plain(statement);
        Map<String, String> types = dialect.connectorTypes();
        String folded = sql.toUpperCase(Locale.ROOT);
        if (types.keySet().stream().noneMatch(folded::contains)
                && !folded.contains("NOCOPY")
                && !folded.contains("ENFORCED")
                && !folded.contains("EXISTS")) {
            return sql;
        }
        List<SqlTokens.Token> tokens = SqlTokens.of(sql);
        StringBuilder known = new StringBuilder();
        int copied = 0;
        for (int i = 1; i < tokens.size(); i++) {
            SqlTokens.Token token = tokens.get(i);
            String type = token.quoted() ? null : types.get(token.text().toUpperCase(Locale.ROOT));
            if (type != null && isNameOfAColumn(tokens, i - 1)) {
                known.append(sql, copied, token.begin()).append(type);
                i += hasLength(tokens, i + 1) ? 3 : 0;
                copied = tokens.get(i).end();
            } else if (token.is("NOCOPY") && tokens.get(i - 1).is("=")) {
                known.append(sql, copied, token.begin()).append("INPLACE");
                copied = token.end();
            } else if (isEnforcement(tokens, i)) {
                known.append(
                        sql, copied, tokens.get(tokens.get(i - 1).is("NOT") ? i - 1 : i).begin());
                copied = token.end();
            } else if (isConditional(tokens, i)) {
                known.append(sql, copied, token.begin());
                i += tokens.get(i + 1).is("NOT") ? 2 : 1;
                copied = tokens.get(i).end();
            }
        }
        return known.append(sql, copied, sql.length()).toString();
    }

    /** Tells whether it says, behind a CHECK, that this holds or not. */
    private static boolean isEnforcement(List<SqlTokens.Token> tokens, int at) {
        int condition = tokens.get(at - 1).is("NOT") ? at - 2 : at - 1;
        return tokens.get(at).is("ENFORCED") && condition > 0 && tokens.get(condition).is(")");
    }

    /**
     * Tells whether a column is dropped only if there is one, or added if there is none. The
     * connector may do the first in any case; whether the second was done is looked at before.
     */
    private static boolean isConditional(List<SqlTokens.Token> tokens, int at) {
        int verb = tokens.get(at - 1).is("COLUMN") ? at - 2 : at - 1;
        return tokens.get(0).is("ALTER")
                && verb > 0
                && (tokens.get(verb).is("DROP") || tokens.get(verb).is("ADD"))
                && tokens.get(at).is("IF")
                && at + 2 < tokens.size();
    }

    private static boolean isNameOfAColumn(List<SqlTokens.Token> tokens, int at) {
        SqlTokens.Token token = tokens.get(at);
        boolean renamed =
                at > 0
                        && (tokens.get(at - 1).is("CHANGE")
                                || (at > 1
                                        && tokens.get(at - 1).is("COLUMN")
                                        && tokens.get(at - 2).is("CHANGE")));
        return !renamed
                && (token.quoted()
                        || (token.isName()
                                && !BEFORE_A_NAME.contains(token.text().toUpperCase(Locale.ROOT))));
    }

    private static boolean hasLength(List<SqlTokens.Token> tokens, int at) {
        return at + 2 < tokens.size()
                && tokens.get(at).is("(")
                && tokens.get(at + 1).text().chars().allMatch(Character::isDigit)
                && tokens.get(at + 2).is(")");
    }
}
