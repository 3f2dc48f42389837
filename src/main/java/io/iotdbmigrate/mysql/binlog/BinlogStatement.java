package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.MariaDbSql;
import io.iotdbmigrate.mysql.SqlTokens;
import io.iotdbmigrate.mysql.SqlTokens.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A statement that stands in the binlog as its text, seen from the mapped tables. */
public final class BinlogStatement {
    private static final Set<String> CHANGES_ROWS =
            Set.of(
                    "INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "WITH", "SELECT", "CALL", "DO",
                    "TABLE", "VALUES", "(");
    private static final Set<String> DEFINES =
            Set.of("ALTER", "CREATE", "DROP", "RENAME", "TRUNCATE", "IMPORT", "REPAIR");

    private final String database;
    private final String sql;
    private final List<Token> tokens;

    private BinlogStatement(String database, String sql) {
        this.database = database;
        this.sql = sql;
        this.tokens = SqlTokens.of(sql);
    }

    /**
     * Takes a statement apart.
     *
     * @param database the one that names without a database belong to; may be empty
     */
    public static BinlogStatement parse(String database, String sql) {
        return new BinlogStatement(database.toLowerCase(Locale.ROOT), MariaDbSql.plain(sql));
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
        return starts("XA") && at(1, verb)
                ? Optional.of(sql.strip().substring(2).strip().substring(verb.length()).strip())
                        .map(BinlogStatement::withoutComment)
                : Optional.empty();
    }

    private static String withoutComment(String xid) {
        return xid.replaceFirst("(?i)\\s*(ONE PHASE)?\\s*(/\\*.*)?$", "").strip();
    }

    /** Tells whether it takes back what its transaction did before it. */
    public boolean takesBack() {
        return starts("ROLLBACK");
    }

    /**
     * Tells whether it may change rows of one of the tables, or how they are read: such a statement
     * has to be seen before anybody says that nothing is left to do.
     */
    public boolean concerns(Collection<TableId> tables) {
        if (xa("COMMIT").isPresent()) {
            return true;
        }
        if (tokens.isEmpty()) {
            return false;
        }
        String first = tokens.get(0).text().toUpperCase(Locale.ROOT);
        if (CHANGES_ROWS.contains(first)) {
            return tables.stream().anyMatch(this::isIn);
        }
        return DEFINES.contains(first) && tables.stream().anyMatch(this::mentions);
    }

    private boolean isIn(TableId table) {
        return database.equalsIgnoreCase(table.database()) || says(table.database());
    }

    private boolean mentions(TableId table) {
        boolean whole = at(1, "DATABASE") || at(1, "SCHEMA");
        return isIn(table) && (whole || says(table.table()));
    }

    private boolean says(String name) {
        return tokens.stream().anyMatch(t -> t.isName() && t.text().equalsIgnoreCase(name));
    }

    /** Returns what it does to one of the tables without row events; the first that is found. */
    public Optional<Change> change(Collection<TableId> tables) {
        if (!concerns(tables)) {
            return Optional.empty();
        }
        String first = tokens.get(0).text().toUpperCase(Locale.ROOT);
        if (CHANGES_ROWS.contains(first)) {
            return tables.stream()
                    .filter(this::isIn)
                    .findFirst()
                    .map(t -> new Change(Effect.LOGGED_AS_STATEMENT, t));
        }
        if (starts("DROP") && (at(1, "DATABASE") || at(1, "SCHEMA"))) {
            return tables.stream()
                    .filter(t -> says(t.database()))
                    .findFirst()
                    .map(t -> new Change(Effect.EMPTIED, t));
        }
        if (starts("CREATE") && at(1, "OR") && at(3, "TABLE")) {
            return mapped(4, tables).map(t -> new Change(Effect.EMPTIED, t));
        }
        if (starts("ALTER") && at(1, "IGNORE") && at(2, "TABLE")) {
            return mapped(3, tables).map(t -> new Change(Effect.DUPLICATES_DELETED, t));
        }
        if (starts("ALTER") && at(1, "TABLE")) {
            return alteration(tables);
        }
        return Optional.empty();
    }

    /** A column of a table, by their names. */
    public record AddedColumn(TableId table, String column) {}

    /**
     * Returns the columns of one of the tables that it adds only if there are none of their names,
     * as MariaDB does with {@code ADD COLUMN IF NOT EXISTS}.
     */
    public List<AddedColumn> addedIfMissing(Collection<TableId> tables) {
        List<AddedColumn> added = new ArrayList<>();
        Optional<TableId> table =
                starts("ALTER") && at(1, "TABLE") ? mapped(2, tables) : Optional.empty();
        for (int i = 3; table.isPresent() && i + 3 < tokens.size(); i++) {
            boolean adds = at(i - 1, "ADD") || (at(i - 1, "COLUMN") && at(i - 2, "ADD"));
            if (adds && at(i, "IF") && at(i + 1, "NOT") && at(i + 2, "EXISTS")) {
                added.add(new AddedColumn(table.get(), tokens.get(i + 3).text()));
            }
        }
        return added;
    }

    /**
     * Tells whether it converts the texts of one of the tables to another character set, and so
     * changes how rows behind it are to be read.
     */
    public boolean convertsCharacters() {
        for (int i = 2; starts("ALTER") && i < tokens.size(); i++) {
            if (at(i, "CONVERT") && at(i + 1, "TO")) {
                return true;
            }
        }
        return false;
    }

    private Optional<Change> alteration(Collection<TableId> tables) {
        Optional<TableId> altered = mapped(2, tables);
        int depth = 0;
        for (int i = 2; i < tokens.size(); i++) {
            depth += at(i, "(") ? 1 : at(i, ")") ? -1 : 0;
            if (depth > 0) {
                continue;
            }
            Optional<Effect> effect = effect(i);
            int with = i;
            Optional<TableId> table =
                    effect.equals(Optional.of(Effect.PARTITION_EXCHANGED))
                            ? altered.or(() -> mapped(afterWithTable(with), tables))
                            : altered;
            if (effect.isPresent() && table.isPresent()) {
                return Optional.of(new Change(effect.get(), table.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Effect> effect(int i) {
        boolean partition = at(i + 1, "PARTITION");
        boolean moves = at(i, "CONVERT") && (partition || at(i + 1, "TABLE"));
        if (moves || (at(i, "EXCHANGE") && partition)) {
            return Optional.of(Effect.PARTITION_EXCHANGED);
        }
        if ((at(i, "SYSTEM") && at(i + 1, "VERSIONING")) || at(i, "SYSTEM_TIME")) {
            return Optional.of(Effect.VERSIONED);
        }
        if (at(i, "COMPRESSED") && isBehindType(i - 1)) {
            return Optional.of(Effect.COMPRESSED);
        }
        if ((at(i, "DROP") || at(i, "TRUNCATE")) && partition) {
            return Optional.of(Effect.PARTITION_DROPPED);
        }
        if ((at(i, "DISCARD") || at(i, "IMPORT")) && (partition || at(i + 1, "TABLESPACE"))) {
            return Optional.of(Effect.FILE_REPLACED);
        }
        boolean blackhole = at(i + 1, "BLACKHOLE") || at(i + 2, "BLACKHOLE");
        return at(i, "ENGINE") && blackhole ? Optional.of(Effect.EMPTIED) : Optional.empty();
    }

    /**
     * Returns the partitions that it drops or truncates, in lower case; empty if it names all of
     * them, or none.
     */
    public List<String> partitions() {
        List<String> names = new ArrayList<>();
        for (int i = 2; i < tokens.size(); i++) {
            if ((at(i, "DROP") || at(i, "TRUNCATE")) && at(i + 1, "PARTITION")) {
                int name = at(i + 2, "IF") ? i + 4 : i + 2;
                do {
                    names.add(tokens.get(name).folded());
                    name += 2;
                } while (at(name - 1, ",") && name < tokens.size());
                return names.equals(List.of("all")) ? List.of() : names;
            }
        }
        return names;
    }

    /** Returns the one of the tables that it alters; empty if it alters none. */
    public Optional<TableId> altered(Collection<TableId> tables) {
        return starts("ALTER") && at(1, "TABLE") ? mapped(2, tables) : Optional.empty();
    }

    /** Tells whether it lays out a table's partitions anew. */
    public boolean rearrangesPartitions() {
        return starts("ALTER")
                && tokens.stream().anyMatch(t -> t.is("PARTITION") || t.is("PARTITIONING"));
    }

    /** Tells it from ROW_FORMAT = COMPRESSED and from a name. */
    private boolean isBehindType(int i) {
        String text = tokens.get(i).text().toUpperCase(Locale.ROOT);
        return at(i, ")") || text.endsWith("TEXT") || text.endsWith("BLOB");
    }

    private int afterWithTable(int from) {
        for (int i = from; i + 2 < tokens.size(); i++) {
            if (at(i, "WITH") && at(i + 1, "TABLE")) {
                return i + 2;
            }
        }
        return tokens.size();
    }

    /** Returns the mapped table whose name begins at a token. */
    private Optional<TableId> mapped(int i, Collection<TableId> tables) {
        if (i >= tokens.size()) {
            return Optional.empty();
        }
        boolean qualified = at(i + 1, ".") && i + 2 < tokens.size();
        String schema = qualified ? tokens.get(i).folded() : database;
        String name = tokens.get(qualified ? i + 2 : i).folded();
        return tables.stream()
                .filter(t -> t.database().equalsIgnoreCase(schema))
                .filter(t -> t.table().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Tells whether it alters one of the tables and does nothing but show or hide columns, which
     * neither changes rows nor how they are logged.
     */
    public boolean onlyShowsOrHides() {
        if (!starts("ALTER") || !at(1, "TABLE")) {
            return false;
        }
        int i = at(3, ".") ? 5 : 3;
        while (i < tokens.size()) {
            int next = at(i, "ALTER") ? i + 1 : tokens.size();
            next = at(next, "COLUMN") ? next + 1 : next;
            boolean visibility = at(next + 2, "VISIBLE") || at(next + 2, "INVISIBLE");
            if (next >= tokens.size() || !at(next + 1, "SET") || !visibility) {
                return false;
            }
            i = next + 3;
            if (i < tokens.size() && !at(i++, ",")) {
                return false;
            }
        }
        return true;
    }

    /** Returns the table that it creates; empty if it creates none. */
    public Optional<TableId> created() {
        int table = at(1, "OR") && at(2, "REPLACE") ? 3 : 1;
        if (!starts("CREATE") || !at(table, "TABLE")) {
            return Optional.empty();
        }
        return Optional.of(name(at(table + 1, "IF") ? table + 4 : table + 1));
    }

    /** Returns the names that it gives to tables that had others. */
    public List<TableId> newNames() {
        List<TableId> names = new ArrayList<>();
        boolean rename = starts("RENAME") && at(1, "TABLE");
        if (!rename && !(starts("ALTER") && renames())) {
            return names;
        }
        for (int i = 2; i + 1 < tokens.size(); i++) {
            boolean to = at(i, "TO") || at(i, "AS") || at(i, "=");
            boolean behind = rename || at(i - 1, "RENAME");
            if (to && behind) {
                names.add(name(i + 1));
            } else if (!rename && at(i, "RENAME") && isPlainName(i + 1)) {
                names.add(name(i + 1));
            }
        }
        return names;
    }

    private boolean isPlainName(int i) {
        return tokens.get(i).isName()
                && List.of("TO", "AS", "COLUMN", "INDEX", "KEY").stream()
                        .noneMatch(word -> at(i, word));
    }

    private TableId name(int i) {
        boolean qualified = at(i + 1, ".") && i + 2 < tokens.size();
        return i >= tokens.size()
                ? new TableId(database, "")
                : new TableId(
                        qualified ? tokens.get(i).text() : database,
                        tokens.get(qualified ? i + 2 : i).text());
    }

    /** Tells whether it gives a table another name. */
    public boolean renames() {
        if (starts("RENAME")) {
            return true;
        }
        for (int i = 2; starts("ALTER") && i < tokens.size(); i++) {
            if (at(i, "RENAME")
                    && !at(i + 1, "COLUMN")
                    && !at(i + 1, "INDEX")
                    && !at(i + 1, "KEY")) {
                return true;
            }
        }
        return false;
    }

    private boolean starts(String keyword) {
        return at(0, keyword);
    }

    private boolean at(int i, String keyword) {
        return i < tokens.size() && tokens.get(i).is(keyword);
    }
}
