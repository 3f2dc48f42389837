package io.iotdbmigrate.mysql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * SQL of MySQL 9 as older parsers know it: the CDC connector does not know the type VECTOR, and
 * reads no definition in which it stands.
 */
public final class VectorSql {
    private static final String TYPE = "VECTOR";

    /** A name behind one of these is that of a column, also if it is VECTOR. */
    private static final Set<String> BEFORE_A_NAME =
            Set.of("ADD", "COLUMN", "CHANGE", "MODIFY", "DROP", "TO", "AFTER", "KEY", "INDEX");

    private VectorSql() {}

    /** Returns a statement with LONGBLOB, which is stored alike, in the place of each VECTOR. */
    public static String withoutVectors(String sql) {
        if (!sql.toUpperCase(Locale.ROOT).contains(TYPE)) {
            return sql;
        }
        List<SqlTokens.Token> tokens = SqlTokens.of(sql);
        StringBuilder without = new StringBuilder();
        int copied = 0;
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is(TYPE) && isNameOfAColumn(tokens.get(i - 1))) {
                without.append(sql, copied, tokens.get(i).begin()).append("LONGBLOB");
                i += hasLength(tokens, i + 1) ? 3 : 0;
                copied = tokens.get(i).end();
            }
        }
        return without.append(sql, copied, sql.length()).toString();
    }

    private static boolean isNameOfAColumn(SqlTokens.Token token) {
        return token.quoted()
                || (token.isName()
                        && !BEFORE_A_NAME.contains(token.text().toUpperCase(Locale.ROOT)));
    }

    private static boolean hasLength(List<SqlTokens.Token> tokens, int at) {
        return at + 2 < tokens.size()
                && tokens.get(at).is("(")
                && tokens.get(at + 1).text().chars().allMatch(Character::isDigit)
                && tokens.get(at + 2).is(")");
    }
}
