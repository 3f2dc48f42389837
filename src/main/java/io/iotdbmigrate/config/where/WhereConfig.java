package io.iotdbmigrate.config.where;

import io.iotdbmigrate.config.where.ConditionTokens.Kind;
import io.iotdbmigrate.config.where.ConditionTokens.Token;
import java.io.Serializable;
import java.util.Locale;

/**
 * {@code where} of a mapping.
 *
 * @param text in one spelling, however the spaces and capitals of the config are
 */
public record WhereConfig(String text, Condition condition) implements Serializable {

    /**
     * Reads one.
     *
     * @throws IllegalConditionException if it is not understood; the message goes behind the text
     */
    public static WhereConfig parse(String text) throws IllegalConditionException {
        ConditionParser.parse(text);
        String spelled = spelling(new ConditionTokens(text));
        return new WhereConfig(spelled, ConditionParser.parse(spelled));
    }

    private static String spelling(ConditionTokens tokens) {
        StringBuilder text = new StringBuilder();
        boolean opened = true;
        while (tokens.peek().kind() != Kind.END) {
            Token token = tokens.take();
            if (!opened && !token.isSign(")") && !token.isSign(",")) {
                text.append(' ');
            }
            text.append(spelling(token));
            opened = token.isSign("(");
        }
        return text.toString();
    }

    private static String spelling(Token token) {
        return switch (token.kind()) {
            case TEXT -> "'" + token.value().replace("'", "''") + "'";
            case NAME -> "`" + token.value().replace("`", "``") + "`";
            case WORD ->
                    ConditionParser.isOfSql(token.value())
                            ? token.value().toUpperCase(Locale.ROOT)
                            : token.value();
            default -> token.value();
        };
    }
}
