package io.iotdbmigrate.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words and signs of an SQL statement, without comments and strings. What stands in an executable
 * comment counts as if it stood outside: this server may have executed it.
 */
public final class SqlTokens {
    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    /**
     * One word or sign.
     *
     * @param text a name without its quotes
     * @param quoted whether it was quoted, so that it is a name and no keyword
     * @param begin index of its first character in the statement
     * @param end index behind its last one
     */
    public record Token(String text, boolean quoted, int begin, int end) {
        /** Tells whether this is a keyword. */
        public boolean is(String keyword) {
            return !quoted && text.equalsIgnoreCase(keyword);
        }

        /** Tells whether this may be a name. */
        public boolean isName() {
            return quoted
                    || Character.isLetterOrDigit(text.charAt(0))
                    || isNameSign(text.charAt(0));
        }

        /** Returns the name in lower case, as two that differ by case only are taken for one. */
        public String folded() {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the words and signs of a statement, in their order. */
    public static List<Token> of(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        while (tokens.at < sql.length()) {
            tokens.next();
        }
        return List.copyOf(tokens.tokens);
    }

    private void next() {
        char sign = sql.charAt(at);
        if (Character.isWhitespace(sign)) {
            at++;
        } else if (sql.startsWith("/*!", at)
                || sql.startsWith("/*+", at)
                || sql.startsWith("/*M!", at)) {
            at += sql.startsWith("/*M!", at) ? 4 : 3;
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                at++;
            }
        } else if (sql.startsWith("*/", at)) {
            at += 2;
        } else if (sql.startsWith("/*", at)) {
            skipTo("*/");
        } else if (sign == '#' || (sql.startsWith("--", at) && isBlank(at + 2))) {
            skipTo("\n");
        } else if (sign == '\'') {
            quoted(sign);
        } else if (sign == '`' || sign == '"') {
            int from = at;
            String text = quoted(sign);
            tokens.add(new Token(text, true, from, at));
        } else if (isWordSign(sign)) {
            int from = at;
            while (at < sql.length() && isWordSign(sql.charAt(at))) {
                at++;
            }
            tokens.add(new Token(sql.substring(from, at), false, from, at));
        } else {
            at++;
            tokens.add(new Token(String.valueOf(sign), false, at - 1, at));
        }
    }

    private boolean isBlank(int index) {
        return index >= sql.length() || Character.isWhitespace(sql.charAt(index));
    }

    private void skipTo(String end) {
        int found = sql.indexOf(end, at);
        at = found < 0 ? sql.length() : found + end.length();
    }

    /**
     * Reads a quoted part. A quote inside is doubled, and in strings a backslash may stand before
     * it.
     */
    private String quoted(char quote) {
        StringBuilder text = new StringBuilder();
        for (at++; at < sql.length(); at++) {
            char sign = sql.charAt(at);
            if (sign == '\\' && quote != '`' && at + 1 < sql.length()) {
                at++;
            } else if (sign == quote) {
                if (!sql.startsWith(String.valueOf(quote), at + 1)) {
                    break;
                }
                at++;
            }
            text.append(sql.charAt(at));
        }
        at++;
        return text.toString();
    }

    private static boolean isWordSign(char sign) {
        return Character.isLetterOrDigit(sign) || isNameSign(sign);
    }

    private static boolean isNameSign(char sign) {
        return sign == '_' || sign == '$' || sign == '@' || sign > 0x7F;
    }
}
