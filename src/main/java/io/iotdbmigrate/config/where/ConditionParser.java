package io.iotdbmigrate.config.where;

import io.iotdbmigrate.config.where.Condition.ColumnName;
import io.iotdbmigrate.config.where.Condition.Comparison;
import io.iotdbmigrate.config.where.Condition.IsNull;
import io.iotdbmigrate.config.where.Condition.Not;
import io.iotdbmigrate.config.where.Condition.NumberLiteral;
import io.iotdbmigrate.config.where.Condition.Operand;
import io.iotdbmigrate.config.where.Condition.Operator;
import io.iotdbmigrate.config.where.Condition.TextLiteral;
import io.iotdbmigrate.config.where.ConditionTokens.Kind;
import io.iotdbmigrate.config.where.ConditionTokens.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A parser of {@code where}: the part of SQL's conditions that MySQL and this program take alike.
 * One instance parses one text.
 */
public final class ConditionParser {
    /** Parentheses and NOTs in one another: each is a call in a call. */
    private static final int MOST_DEPTH = 50;

    /** MySQL's DECIMAL has so many digits, and so many of them behind the point. */
    private static final int MOST_DIGITS = 65;

    private static final int MOST_DECIMALS = 30;

    private static final Set<String> OF_SQL =
            Set.of(
                    "and",
                    "or",
                    "not",
                    "in",
                    "is",
                    "null",
                    "true",
                    "false",
                    "binary",
                    "between",
                    "like",
                    "rlike",
                    "regexp",
                    "xor",
                    "div",
                    "mod",
                    "case",
                    "exists",
                    "select",
                    "collate",
                    "interval",
                    "escape",
                    "sounds",
                    "member",
                    "any",
                    "all",
                    "some");

    private final ConditionTokens tokens;
    private int depth;

    private ConditionParser(String text) throws IllegalConditionException {
        this.tokens = new ConditionTokens(text);
    }

    /**
     * Parses a condition.
     *
     * @throws IllegalConditionException if it has something else; the message goes behind the text
     */
    public static Condition parse(String text) throws IllegalConditionException {
        ConditionParser parser = new ConditionParser(text);
        Condition condition = parser.or();
        if (parser.tokens.peek().kind() != Kind.END) {
            throw parser.unexpected(parser.tokens.peek());
        }
        return condition;
    }

    /** Tells whether a word without quotes is none of a column. */
    static boolean isOfSql(String word) {
        return OF_SQL.contains(word.toLowerCase(Locale.ROOT));
    }

    private Condition or() throws IllegalConditionException {
        List<Condition> any = new ArrayList<>(List.of(and()));
        while (tokens.takes("OR")) {
            any.add(and());
        }
        return any.size() == 1 ? any.get(0) : new Condition.Or(any);
    }

    private Condition and() throws IllegalConditionException {
        List<Condition> all = new ArrayList<>(List.of(not()));
        while (tokens.takes("AND")) {
            all.add(not());
        }
        return all.size() == 1 ? all.get(0) : new Condition.And(all);
    }

    private Condition not() throws IllegalConditionException {
        if (++depth > MOST_DEPTH) {
            throw new IllegalConditionException(
                    "has more than "
                            + MOST_DEPTH
                            + " parentheses or NOTs in one another; write it with fewer");
        }
        Condition condition;
        if (tokens.takes("NOT")) {
            condition = new Not(not());
        } else if (tokens.takesSign("(")) {
            condition = or();
            if (!tokens.takesSign(")")) {
                throw unexpected(tokens.peek());
            }
        } else {
            condition = predicate();
        }
        depth--;
        return condition;
    }

    private Condition predicate() throws IllegalConditionException {
        Token first = tokens.peek();
        Operand left = operand();
        if (tokens.takes("IS")) {
            boolean negated = tokens.takes("NOT");
            if (!tokens.takes("NULL")) {
                throw unexpected(tokens.peek());
            }
            Condition isNull = new IsNull(column(left, first).name());
            return negated ? new Not(isNull) : isNull;
        }
        boolean negated = tokens.takes("NOT");
        if (tokens.takes("IN")) {
            Condition in = in(column(left, first), first);
            return negated ? new Not(in) : in;
        }
        if (negated) {
            throw unexpected(tokens.peek());
        }
        Operator operator = operator();
        Operand right = operand();
        return left instanceof ColumnName name
                ? new Comparison(name, operator, right, tokens.from(first))
                : new Comparison(
                        column(right, first), operator.exchanged(), left, tokens.from(first));
    }

    private Condition in(ColumnName column, Token first) throws IllegalConditionException {
        if (!tokens.takesSign("(")) {
            throw unexpected(tokens.peek());
        }
        List<Operand> values = new ArrayList<>();
        do {
            Token value = tokens.peek();
            Operand operand = operand();
            if (operand instanceof ColumnName) {
                throw new IllegalConditionException(
                        "has " + value.value() + " in a list of IN; list numbers or texts");
            }
            values.add(operand);
        } while (tokens.takesSign(","));
        if (!tokens.takesSign(")")) {
            throw unexpected(tokens.peek());
        }
        String text = tokens.from(first);
        return new Condition.Or(
                values.stream()
                        .<Condition>map(v -> new Comparison(column, Operator.EQUAL, v, text))
                        .toList());
    }

    private ColumnName column(Operand operand, Token first) throws IllegalConditionException {
        if (operand instanceof ColumnName name) {
            return name;
        }
        throw new IllegalConditionException(
                "has "
                        + tokens.from(first)
                        + ", which names no column; compare a column with a number or a text");
    }

    private Operator operator() throws IllegalConditionException {
        Token token = tokens.take();
        for (Operator operator : Operator.values()) {
            if (token.isSign(operator.sql())) {
                return operator;
            }
        }
        throw unexpected(token);
    }

    private Operand operand() throws IllegalConditionException {
        Token token = tokens.take();
        switch (token.kind()) {
            case NUMBER -> {
                return number(token);
            }
            case TEXT -> {
                return new TextLiteral(token.value());
            }
            case NAME -> {
                return new ColumnName(token.value(), false);
            }
            case WORD -> {
                return word(token);
            }
            default -> throw unexpected(token);
        }
    }

    private Operand word(Token token) throws IllegalConditionException {
        if (tokens.peek().isSign("(") && !token.is("BINARY") && !token.is("NULL")) {
            throw new IllegalConditionException(
                    "calls "
                            + token.value()
                            + "(...), which the binlog's side cannot compute as MySQL does; compare"
                            + " a column, which may be a VIRTUAL generated one that calls it");
        }
        if (token.is("TRUE") || token.is("FALSE")) {
            return new NumberLiteral(token.is("TRUE") ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        if (token.is("NULL")) {
            throw new IllegalConditionException(
                    "compares with NULL, which is never true in SQL; write IS NULL or IS NOT NULL");
        }
        Token column = token.is("BINARY") ? tokens.take() : token;
        boolean isColumn =
                column.kind() == Kind.NAME
                        || (column.kind() == Kind.WORD && !isOfSql(column.value()));
        if (!isColumn) {
            throw unexpected(column);
        }
        return new ColumnName(column.value(), token.is("BINARY"));
    }

    private static NumberLiteral number(Token token) throws IllegalConditionException {
        BigDecimal value = new BigDecimal(token.value());
        if (value.precision() > MOST_DIGITS || value.scale() > MOST_DECIMALS) {
            throw new IllegalConditionException(
                    "has a number of more digits than MySQL's DECIMAL; write one of at most "
                            + MOST_DIGITS
                            + " digits, "
                            + MOST_DECIMALS
                            + " of them behind the point");
        }
        return new NumberLiteral(value);
    }

    private IllegalConditionException unexpected(Token token) {
        if (token.kind() == Kind.END) {
            return new IllegalConditionException(
                    "ends where a condition goes on; write one such as quality = 192");
        }
        String value = token.kind() == Kind.TEXT ? "'" + token.value() + "'" : token.value();
        if (token.kind() == Kind.WORD && isOfSql(token.value())) {
            return new IllegalConditionException(
                    "has "
                            + value
                            + ", which is not for here; "
                            + ConditionTokens.KNOWN
                            + ", and a column of this name in backticks");
        }
        return new IllegalConditionException(
                "has " + value + " where it does not belong; " + ConditionTokens.KNOWN);
    }
}
