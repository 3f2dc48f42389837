package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The tables of one mapping: names, or a regular expression that stands for all that match it.
 *
 * @param names of tables, each {@code table} or {@code database.table}; of a pattern only that
 */
public record TablesConfig(boolean isPattern, List<String> names) implements Serializable {
    /** A pattern with a dot that is meant as such is one of {@code database.table}. */
    private static final String DOT = "\\.";

    public TablesConfig {
        names = List.copyOf(names);
    }

    /** Spells the names of a list otherwise. */
    TablesConfig spelling(UnaryOperator<String> spelling) {
        return isPattern ? this : new TablesConfig(false, names.stream().map(spelling).toList());
    }

    /** Tells whether a pattern is one of the database, too. */
    public boolean namesDatabase() {
        return isPattern && names.get(0).contains(DOT);
    }

    /** Returns the pattern, for names as the server has them. */
    public Pattern pattern() {
        if (!isPattern) {
            throw new IllegalStateException("a list of tables, and no pattern");
        }
        return Pattern.compile(names.get(0));
    }

    /**
     * Tells whether it is a pattern that a table matches.
     *
     * @param usual the database of tables whose pattern names none
     */
    public boolean matches(String usual, String database, String table) {
        return isPattern
                && (namesDatabase() || database.equalsIgnoreCase(usual))
                && pattern().matcher(namesDatabase() ? database + "." + table : table).matches();
    }
}
