package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a statement does to the primary key and the unique keys of a table. A key with a prefix of a
 * column, with an expression or with a column that may be NULL lets rows be alike.
 */
public final class DefinedKeys {
    private final StatementTokens tokens;

    DefinedKeys(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /** Returns the one of the tables whose keys it may change; empty if it changes none. */
    public Optional<TableId> table(Collection<TableId> tables) {
        int name =
                tokens.starts("ALTER") && tokens.at(1, "TABLE")
                        ? 2
                        : definesIndex() ? behind("ON") : tokens.size();
        return tokens.mapped(name, tables);
    }

    private boolean definesIndex() {
        return (tokens.starts("CREATE") && createsUnique()) || dropsIndex();
    }

    private boolean createsUnique() {
        return tokens.at(unique(), "UNIQUE");
    }

    /** Returns where UNIQUE stands: MariaDB has CREATE OR REPLACE UNIQUE INDEX. */
    private int unique() {
        return tokens.at(1, "OR") ? 3 : 1;
    }

    private boolean dropsIndex() {
        return tokens.starts("DROP") && tokens.at(1, "INDEX");
    }

    private int behind(String word) {
        for (int i = 2; i < tokens.size(); i++) {
            if (tokens.at(i, word)) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    /** Returns the table that a {@code CREATE TABLE} takes for its pattern; empty if none. */
    public Optional<TableId> like() {
        for (int i = 2; i + 1 < tokens.size() && i < 9; i++) {
            if (tokens.at(i, "LIKE")) {
                return Optional.of(tokens.name(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Returns the keys of the table that a {@code CREATE TABLE} defines. */
    public List<TableKey> created() {
        Keys keys = new Keys(List.of(), column -> false);
        int begin = 2;
        while (begin < tokens.size() && !tokens.at(begin, "(")) {
            begin++;
        }
        definitions(begin + 1, close(begin), keys);
        return keys.result();
    }

    /**
     * Returns the keys that the table has behind it.
     *
     * @param before those that it had
     * @param notNull tells whether a column could not be NULL
     */
    public List<TableKey> after(List<TableKey> before, Predicate<String> notNull) {
        Keys keys = new Keys(before, notNull);
        if (createsUnique()) {
            int name = unique() + 2 + (tokens.at(unique() + 2, "IF") ? 3 : 0);
            keys.add(tokens.get(name).text(), columns(behind("ON"), tokens.size()));
        } else if (dropsIndex()) {
            keys.drop(tokens.get(tokens.at(2, "IF") ? 4 : 2).text());
        } else {
            int begin = tokens.at(3, ".") ? 5 : 3;
            for (int end = begin; begin < tokens.size(); begin = end + 1) {
                end = clauseEnd(begin, tokens.size());
                clause(begin, end, keys);
            }
        }
        return keys.result();
    }

    /** Returns where a clause ends: at a comma outside of parentheses, or at the end. */
    private int clauseEnd(int begin, int end) {
        int depth = 0;
        for (int i = begin; i < end; i++) {
            depth += tokens.at(i, "(") ? 1 : tokens.at(i, ")") ? -1 : 0;
            if (depth == 0 && tokens.at(i, ",")) {
                return i;
            }
        }
        return end;
    }

    private int close(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.at(i, "(") ? 1 : tokens.at(i, ")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    private void clause(int begin, int end, Keys keys) {
        int next = begin + 1;
        if (tokens.at(begin, "DROP")) {
            dropped(next, keys);
        } else if (tokens.at(begin, "RENAME") && isIndex(next)) {
            keys.rename(tokens.get(next + 1).text(), tokens.get(next + 3).text());
        } else if (tokens.at(begin, "ADD")) {
            int open = tokens.at(next, "COLUMN") ? next + 1 : next;
            if (tokens.at(open, "(")) {
                definitions(open + 1, close(open), keys);
            } else {
                definition(next, end, keys);
            }
        } else if (tokens.at(begin, "MODIFY")) {
            column(named(next), end, keys);
        } else if (tokens.at(begin, "CHANGE")) {
            int old = named(next);
            keys.renameColumn(tokens.get(old).folded(), tokens.get(old + 1).folded());
            column(old + 1, end, keys);
        }
    }

    private void dropped(int next, Keys keys) {
        if (tokens.at(next, "PRIMARY")) {
            keys.drop(TableKey.PRIMARY);
        } else if (isIndex(next) || tokens.at(next, "CONSTRAINT")) {
            keys.drop(tokens.get(tokens.at(next + 1, "IF") ? next + 3 : next + 1).text());
        }
    }

    private boolean isIndex(int i) {
        return tokens.at(i, "INDEX") || tokens.at(i, "KEY");
    }

    /** Passes over what may stand before a column's name. */
    private int named(int i) {
        int name = tokens.at(i, "COLUMN") ? i + 1 : i;
        return tokens.at(name, "IF") ? name + (tokens.at(name + 1, "NOT") ? 3 : 2) : name;
    }

    private void definitions(int from, int close, Keys keys) {
        for (int begin = from, end; begin < close; begin = end + 1) {
            end = clauseEnd(begin, close);
            definition(begin, end, keys);
        }
    }

    private void definition(int from, int end, Keys keys) {
        int begin = from;
        String symbol = "";
        if (tokens.at(begin, "CONSTRAINT")) {
            boolean named = !tokens.at(begin + 1, "PRIMARY") && !tokens.at(begin + 1, "UNIQUE");
            symbol = named ? tokens.get(begin + 1).text() : "";
            begin += named ? 2 : 1;
        }
        if (tokens.at(begin, "PRIMARY")) {
            keys.add(TableKey.PRIMARY, columns(begin, end));
        } else if (tokens.at(begin, "UNIQUE")) {
            int name = isIndex(begin + 1) ? begin + 2 : begin + 1;
            name += tokens.at(name, "IF") ? 3 : 0;
            boolean named = !tokens.at(name, "(") && !tokens.at(name, "USING");
            keys.add(named ? tokens.get(name).text() : symbol, columns(name, end));
        } else if (!isIndex(begin)
                && List.of("FULLTEXT", "SPATIAL", "FOREIGN", "CHECK", "PERIOD", "PARTITION")
                        .stream()
                        .noneMatch(word -> tokens.at(from, word))
                && !tokens.at(begin, "FOREIGN")
                && !tokens.at(begin, "CHECK")) {
            column(named(begin), end, keys);
        }
    }

    /** Takes in the definition of a column, which may make it a key. */
    private void column(int name, int end, Keys keys) {
        if (name >= end) {
            return;
        }
        String column = tokens.get(name).folded();
        boolean serial = tokens.at(name + 1, "SERIAL");
        keys.define(column, serial);
        if (serial) {
            keys.add("", List.of(column));
        }
        int depth = 0;
        for (int i = name + 1; i < end; i++) {
            depth += tokens.at(i, "(") ? 1 : tokens.at(i, ")") ? -1 : 0;
            if (depth > 0) {
                continue;
            }
            if (tokens.at(i, "NOT") && tokens.at(i + 1, "NULL")) {
                keys.define(column, true);
            } else if (tokens.at(i, "UNIQUE")) {
                keys.add("", List.of(column));
            } else if (tokens.at(i, "KEY") && !tokens.at(i - 1, "UNIQUE")) {
                keys.add(TableKey.PRIMARY, List.of(column));
            }
        }
    }

    /** Returns the columns of a key, in lower case; empty if it does not consist of columns. */
    private List<String> columns(int from, int end) {
        int open = from;
        while (open < end && !tokens.at(open, "(")) {
            open++;
        }
        List<String> columns = new ArrayList<>();
        int close = Math.min(close(open), end);
        for (int begin = open + 1; begin < close; begin = clauseEnd(begin, close) + 1) {
            if (tokens.at(begin, "(") || tokens.at(begin + 1, "(")) {
                return List.of();
            }
            columns.add(tokens.get(begin).folded());
        }
        return columns;
    }

    /** Keys that are being changed. Names of columns are in lower case. */
    private static final class Keys {
        private final List<TableKey> keys;
        private final Predicate<String> notNull;
        private final Map<String, Boolean> defined = new HashMap<>();

        Keys(List<TableKey> before, Predicate<String> notNull) {
            this.keys = new ArrayList<>(before);
            this.notNull = notNull;
        }

        void drop(String name) {
            keys.removeIf(key -> key.name().equalsIgnoreCase(name));
        }

        void rename(String from, String to) {
            keys.replaceAll(
                    key ->
                            key.name().equalsIgnoreCase(from)
                                    ? new TableKey(to, key.columns(), key.rowsAreUnique())
                                    : key);
        }

        void renameColumn(String from, String to) {
            keys.replaceAll(
                    key ->
                            new TableKey(
                                    key.name(),
                                    key.columns().stream()
                                            .map(c -> c.equalsIgnoreCase(from) ? to : c)
                                            .toList(),
                                    key.rowsAreUnique()));
        }

        /** Takes in whether a column may be NULL now. */
        void define(String column, boolean notNull) {
            defined.put(column, notNull);
        }

        /**
         * Adds a key.
         *
         * @param given empty: the server names it by its first column
         */
        void add(String given, List<String> columns) {
            if (columns.isEmpty()) {
                return;
            }
            String name = given.isEmpty() ? columns.get(0) : given;
            for (int i = 2; given.isEmpty() && has(name); i++) {
                name = columns.get(0) + "_" + i;
            }
            if (!has(name)) {
                keys.add(new TableKey(name, columns, true));
                columns.forEach(c -> defined.putIfAbsent(c, notNull.test(c)));
            }
        }

        private boolean has(String name) {
            return keys.stream().anyMatch(key -> key.name().equalsIgnoreCase(name));
        }

        /** Returns them; what is no key of NOT NULL columns any more lets rows be alike. */
        List<TableKey> result() {
            List<String> primary =
                    keys.stream()
                            .filter(TableKey::isPrimary)
                            .flatMap(key -> key.columns().stream())
                            .map(c -> c.toLowerCase(Locale.ROOT))
                            .toList();
            return keys.stream()
                    .map(
                            key ->
                                    new TableKey(
                                            key.name(),
                                            key.columns(),
                                            key.columns().stream()
                                                    .map(c -> c.toLowerCase(Locale.ROOT))
                                                    .allMatch(
                                                            c ->
                                                                    primary.contains(c)
                                                                            || defined.getOrDefault(
                                                                                    c,
                                                                                    key
                                                                                            .rowsAreUnique()))))
                    .toList();
        }
    }
}
