package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.MariaDbSql;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A statement that stands in the binlog as its text, seen from the mapped tables. */
public final class BinlogStatement {
    private static final Set<String> CHANGES_ROWS =
            Set.of(
                    "INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "WITH", "SELECT", "CALL", "DO",
                    "TABLE", "VALUES", "(");
    private static final Set<String> DEFINES =
            Set.of("ALTER", "CREATE", "DROP", "RENAME", "TRUNCATE", "IMPORT", "REPAIR");

    private static final List<String> WAYS = List.of("VIEW", "TRIGGER", "FUNCTION", "PROCEDURE");

    /** The database of the server itself. */
    private static final String SERVER = "mysql";

    private final String database;
    private final String sql;
    private final StatementTokens tokens;

    private BinlogStatement(String database, String sql) {
        this.database = database;
        this.sql = sql;
        this.tokens = StatementTokens.of(database, sql);
    }

    /**
     * Takes a statement apart.
     *
     * @param database the one that names without a database belong to; may be empty
     */
    public static BinlogStatement parse(String database, String sql) {
        return new BinlogStatement(database, MariaDbSql.plain(sql));
    }

    /** What a statement does to rows of a mapped table without naming them. */
    public enum Effect {
        /** It changes rows, and stands there instead of them. */
        LOGGED_AS_STATEMENT("was logged without the rows that it changed in the database of "),
        PARTITION_DROPPED("takes away the rows of a partition of "),
        PARTITION_EXCHANGED("exchanges rows of "),
        FILE_REPLACED("replaces the file with the rows of "),
        EMPTIED("takes away all rows of "),
        DUPLICATES_DELETED("may take away rows of "),
        VERSIONED("has the server keep former rows in "),
        COMPRESSED("compresses values of ");

        private final String verb;

        Effect(String verb) {
            this.verb = verb;
        }
    }

    /** An effect on a table. */
    public record Change(Effect effect, TableId table) {
        /** Completes "the statement ...". */
        public String what() {
            return effect.verb + table;
        }
    }

    /** Returns its text on one line. */
    public String text() {
        return sql.strip().replaceAll("\\s+", " ");
    }

    /**
     * Returns the identifier of an XA transaction, as MySQL writes it, if it is {@code XA verb}.
     */
    public Optional<String> xa(String verb) {
        return tokens.starts("XA") && tokens.at(1, verb)
                ? Optional.of(sql.strip().substring(2).strip().substring(verb.length()).strip())
                        .map(BinlogStatement::withoutComment)
                : Optional.empty();
    }

    private static String withoutComment(String xid) {
        return xid.replaceFirst("(?i)\\s*(ONE PHASE)?\\s*(/\\*.*)?$", "").strip();
    }

    /** Returns what it alters. */
    public TableAlteration alteration() {
        return new TableAlteration(tokens);
    }

    /** Returns what it names. */
    public TableNaming naming() {
        return new TableNaming(tokens);
    }

    /** Tells whether it changes rows, and stands in the binlog instead of them. */
    public boolean changesRows() {
        return tokens.size() > 0
                && CHANGES_ROWS.contains(tokens.get(0).text().toUpperCase(Locale.ROOT));
    }

    /** Tells whether it takes back what its transaction did before it. */
    public boolean takesBack() {
        return tokens.starts("ROLLBACK");
    }

    /**
     * Tells whether it may change rows of one of the tables, or how they are read: such a statement
     * has to be seen before anybody says that nothing is left to do. One that stands there instead
     * of rows may change any table, by a view, a trigger or a foreign key.
     */
    public boolean concerns(Collection<TableId> tables) {
        if (xa("COMMIT").isPresent()) {
            return true;
        }
        if (tokens.size() == 0) {
            return false;
        }
        if (changesRows()) {
            return !isOfServer();
        }
        String first = tokens.get(0).text().toUpperCase(Locale.ROOT);
        return DEFINES.contains(first) && tables.stream().anyMatch(this::mentions);
    }

    /** Tells whether it defines a table of a kind, or takes one away. */
    public boolean defines(Predicate<TableId> kind) {
        return tokens.size() > 0
                && DEFINES.contains(tokens.get(0).text().toUpperCase(Locale.ROOT))
                && !naming().isOfTemporaryTable()
                && IntStream.range(1, tokens.size())
                        .filter(i -> tokens.get(i).isName() && !tokens.at(i - 1, "."))
                        .mapToObj(tokens::name)
                        .anyMatch(kind);
    }

    /** Tells whether rows may come to a table by it that have no events. */
    public boolean mayFill(TableId table) {
        return changesRows()
                ? isIn(table)
                : tokens.starts("ALTER")
                        && mentions(table)
                        && (tokens.says("IMPORT") || tokens.says("EXCHANGE"));
    }

    /**
     * Tells whether it is about tables of the server itself, which have no triggers, as by what a
     * provider runs there.
     */
    public boolean isOfServer() {
        boolean named = database.equalsIgnoreCase(SERVER);
        if (!named && !database.isEmpty()) {
            return false; // What has no database before its name is of this one.
        }
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.at(i, ".")) {
                if (!tokens.get(i - 1).folded().equals(SERVER)) {
                    return false;
                }
                named = true;
            }
        }
        return named;
    }

    /**
     * Tells whether it makes something by which statements of other databases may change rows of
     * the tables.
     */
    public boolean makesWayInto(Collection<TableId> tables) {
        return (tokens.starts("CREATE") || tokens.starts("ALTER"))
                && WAYS.stream().anyMatch(tokens::says)
                && tables.stream().anyMatch(t -> tokens.says(t.database()));
    }

    /** Returns what it says of foreign keys. */
    public KeyClauses keys() {
        return new KeyClauses(tokens);
    }

    /** Returns what it does to keys that keep rows apart. */
    public DefinedKeys definedKeys() {
        return new DefinedKeys(tokens);
    }

    /** Tells whether it is logged in the database of a table, or names that. */
    public boolean isIn(TableId table) {
        return database.equalsIgnoreCase(table.database()) || tokens.says(table.database());
    }

    private boolean mentions(TableId table) {
        boolean whole = tokens.at(1, "DATABASE") || tokens.at(1, "SCHEMA");
        return isIn(table) && (whole || tokens.says(table.table()));
    }

    /** Returns what it does to one of the tables without row events; the first that is found. */
    public Optional<Change> change(Collection<TableId> tables) {
        if (!concerns(tables)) {
            return Optional.empty();
        }
        if (changesRows()) {
            return tables.stream()
                    .filter(this::isIn)
                    .findFirst()
                    .map(t -> new Change(Effect.LOGGED_AS_STATEMENT, t));
        }
        if (tokens.starts("DROP") && (tokens.at(1, "DATABASE") || tokens.at(1, "SCHEMA"))) {
            return tables.stream()
                    .filter(t -> tokens.says(t.database()))
                    .findFirst()
                    .map(t -> new Change(Effect.EMPTIED, t));
        }
        if (tokens.starts("CREATE") && tokens.at(1, "OR") && tokens.at(3, "TABLE")) {
            return tokens.mapped(4, tables).map(t -> new Change(Effect.EMPTIED, t));
        }
        if (tokens.starts("ALTER") && tokens.at(1, "IGNORE") && tokens.at(2, "TABLE")) {
            return tokens.mapped(3, tables).map(t -> new Change(Effect.DUPLICATES_DELETED, t));
        }
        return alteration().altersTable() ? alteration().change(tables) : Optional.empty();
    }
}
