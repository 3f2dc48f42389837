package io.iotdbmigrate.config.where;

import java.util.ArrayList;
import java.util.List;

/** The words and signs of a condition, one after another. Not thread-safe. */
final class ConditionTokens {
    static final String KNOWN =
            "where knows =, <>, <, >, <=, >=, IN, IS NULL, AND, OR, NOT and parentheses";

    private static final List<String> SIGNS =
            List.of("<>", "<=", ">=", "=", "<", ">", "(", ")", ",");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int at;

    /** What a token is. */
    enum Kind {
        /** Letters without quotes: a column or a word of SQL. */
        WORD,
        /** A column in backticks, without them. */
        NAME,
        /** A text in quotes, without them. */
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    /**
     * One token.
     *
     * @param begin place of its first character in the text
     * @param end place behind its last
     */
    record Token(Kind kind, String value, int begin, int end) {
        boolean is(String word) {
            return kind == Kind.WORD && value.equalsIgnoreCase(word);
        }

        boolean isSign(String sign) {
            return kind == Kind.SIGN && value.equals(sign);
        }
    }

    ConditionTokens(String text) throws IllegalConditionException {
        this.text = text;
        while (skipSpace()) {
            tokens.add(read());
        }
        tokens.add(new Token(Kind.END, "", text.length(), text.length()));
    }

    /** Returns the next one, which stays; the last is the end. */
    Token peek() {
        return tokens.get(next);
    }

    /** Takes the next one; the end stays. */
    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    /** Tells whether the next one is a word, which is then taken. */
    boolean takes(String word) {
        boolean is = peek().is(word);
        if (is) {
            take();
        }
        return is;
    }

    /** Tells whether the next one is a sign, which is then taken. */
    boolean takesSign(String sign) {
        boolean is = peek().isSign(sign);
        if (is) {
            take();
        }
        return is;
    }

    /** Returns the text from one token to the one that was taken last. */
    String from(Token first) {
        return text.substring(first.begin(), tokens.get(Math.max(0, next - 1)).end());
    }

    private boolean skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private Token read() throws IllegalConditionException {
        char sign = text.charAt(at);
        if (sign == '`' || sign == '\'') {
            return quoted(sign);
        }
        if (isDigit(sign) || ((sign == '-' || sign == '.') && isDigit(at(at + 1)))) {
            return number();
        }
        if (isLetter(sign)) {
            int begin = at;
            while (isLetter(at(at)) || isDigit(at(at))) {
                at++;
            }
            return new Token(Kind.WORD, text.substring(begin, at), begin, at);
        }
        for (String known : SIGNS) {
            if (text.startsWith(known, at)) {
                at += known.length();
                return new Token(Kind.SIGN, known, at - known.length(), at);
            }
        }
        throw unknown(sign);
    }

    private IllegalConditionException unknown(char sign) {
        if (sign == '"') {
            return new IllegalConditionException(
                    "has a double quote; write a text in single quotes, and a column in backticks"
                            + " or without quotes");
        }
        if (text.startsWith("!=", at)) {
            return new IllegalConditionException("has !=; write <>");
        }
        if (sign == '.') {
            return new IllegalConditionException(
                    "has a dot behind a name; write the column's name alone, as there is one"
                            + " table");
        }
        return new IllegalConditionException("has \"" + sign + "\"; " + KNOWN);
    }

    private Token quoted(char quote) throws IllegalConditionException {
        int begin = at;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (sign == quote) {
                if (at(at + 1) != quote) {
                    at++;
                    return new Token(
                            quote == '`' ? Kind.NAME : Kind.TEXT, value.toString(), begin, at);
                }
                at++;
            } else if (sign == '\\' && quote == '\'') {
                throw new IllegalConditionException(
                        "has a backslash in a text, which MySQL's sql_mode gives one of two"
                                + " meanings; compare with a text that has none");
            }
            value.append(sign);
        }
        throw new IllegalConditionException(
                "has a quote that is not closed; close it, and double a quote inside a text");
    }

    private Token number() throws IllegalConditionException {
        int begin = at;
        at++;
        while (isDigit(at(at)) || (at(at) == '.' && text.substring(begin, at).indexOf('.') < 0)) {
            at++;
        }
        String digits = text.substring(begin, at);
        if (isLetter(at(at)) || at(at) == '.') {
            throw new IllegalConditionException(
                    "has "
                            + digits
                            + at(at)
                            + ", which is no number in decimal; write it with digits and a point,"
                            + " and a column's name that begins with a digit in backticks");
        }
        return new Token(Kind.NUMBER, digits, begin, at);
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    private static boolean isLetter(char sign) {
        return (sign >= 'a' && sign <= 'z')
                || (sign >= 'A' && sign <= 'Z')
                || sign == '_'
                || sign == '$'
                || sign > 0x7F;
    }
}
