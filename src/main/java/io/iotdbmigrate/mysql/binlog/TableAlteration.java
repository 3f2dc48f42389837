package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.BinlogStatement.Change;
import io.iotdbmigrate.mysql.binlog.BinlogStatement.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an {@code ALTER TABLE} does to its table; nothing, if it is another statement. */
public final class TableAlteration {
    private final StatementTokens tokens;

    TableAlteration(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /** Tells whether it is one. */
    boolean altersTable() {
        return tokens.starts("ALTER") && tokens.at(1, "TABLE");
    }

    /** Returns the one of the tables that it alters; empty if it alters none. */
    public Optional<TableId> table(Collection<TableId> tables) {
        return altersTable() ? tokens.mapped(2, tables) : Optional.empty();
    }

    /** Returns what it does to rows of one of the tables; the first that is found. */
    Optional<Change> change(Collection<TableId> tables) {
        Optional<TableId> altered = tokens.mapped(2, tables);
        int depth = 0;
        for (int i = 2; i < tokens.size(); i++) {
            depth += tokens.at(i, "(") ? 1 : tokens.at(i, ")") ? -1 : 0;
            if (depth > 0) {
                continue;
            }
            Optional<Effect> effect = effect(i);
            int with = i;
            Optional<TableId> table =
                    effect.equals(Optional.of(Effect.PARTITION_EXCHANGED))
                            ? altered.or(() -> tokens.mapped(afterWithTable(with), tables))
                            : altered;
            if (effect.isPresent() && table.isPresent()) {
                return Optional.of(new Change(effect.get(), table.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Effect> effect(int i) {
        boolean partition = tokens.at(i + 1, "PARTITION");
        boolean moves = tokens.at(i, "CONVERT") && (partition || tokens.at(i + 1, "TABLE"));
        if (moves || (tokens.at(i, "EXCHANGE") && partition)) {
            return Optional.of(Effect.PARTITION_EXCHANGED);
        }
        if ((tokens.at(i, "SYSTEM") && tokens.at(i + 1, "VERSIONING"))
                || tokens.at(i, "SYSTEM_TIME")) {
            return Optional.of(Effect.VERSIONED);
        }
        if (tokens.at(i, "COMPRESSED") && isBehindType(i - 1)) {
            return Optional.of(Effect.COMPRESSED);
        }
        if ((tokens.at(i, "DROP") || tokens.at(i, "TRUNCATE")) && partition) {
            return Optional.of(Effect.PARTITION_DROPPED);
        }
        if ((tokens.at(i, "DISCARD") || tokens.at(i, "IMPORT"))
                && (partition || tokens.at(i + 1, "TABLESPACE"))) {
            return Optional.of(Effect.FILE_REPLACED);
        }
        boolean blackhole = tokens.at(i + 1, "BLACKHOLE") || tokens.at(i + 2, "BLACKHOLE");
        return tokens.at(i, "ENGINE") && blackhole ? Optional.of(Effect.EMPTIED) : Optional.empty();
    }

    /**
     * Returns the partitions that it drops or truncates, in lower case; empty if it names all of
     * them, or none.
     */
    public List<String> partitions() {
        List<String> names = new ArrayList<>();
        for (int i = 2; i < tokens.size(); i++) {
            if ((tokens.at(i, "DROP") || tokens.at(i, "TRUNCATE"))
                    && tokens.at(i + 1, "PARTITION")) {
                int name = tokens.at(i + 2, "IF") ? i + 4 : i + 2;
                do {
                    names.add(tokens.get(name).folded());
                    name += 2;
                } while (tokens.at(name - 1, ",") && name < tokens.size());
                return names.equals(List.of("all")) ? List.of() : names;
            }
        }
        return names;
    }

    /** Tells whether it lays out a table's partitions anew. */
    public boolean rearrangesPartitions() {
        return tokens.starts("ALTER")
                && tokens.tokens().stream()
                        .anyMatch(t -> t.is("PARTITION") || t.is("PARTITIONING"));
    }

    /** Tells it from ROW_FORMAT = COMPRESSED and from a name. */
    private boolean isBehindType(int i) {
        String text = tokens.get(i).text().toUpperCase(Locale.ROOT);
        return tokens.at(i, ")") || text.endsWith("TEXT") || text.endsWith("BLOB");
    }

    private int afterWithTable(int from) {
        for (int i = from; i + 2 < tokens.size(); i++) {
            if (tokens.at(i, "WITH") && tokens.at(i + 1, "TABLE")) {
                return i + 2;
            }
        }
        return tokens.size();
    }

    /** A column of a table, by their names. */
    public record AddedColumn(TableId table, String column) {}

    /**
     * Returns the columns of one of the tables that it adds only if there are none of their names,
     * as MariaDB does with {@code ADD COLUMN IF NOT EXISTS}.
     */
    public List<AddedColumn> addedIfMissing(Collection<TableId> tables) {
        List<AddedColumn> added = new ArrayList<>();
        Optional<TableId> table = table(tables);
        for (int i = 3; table.isPresent() && i + 3 < tokens.size(); i++) {
            boolean adds =
                    tokens.at(i - 1, "ADD")
                            || (tokens.at(i - 1, "COLUMN") && tokens.at(i - 2, "ADD"));
            if (adds
                    && tokens.at(i, "IF")
                    && tokens.at(i + 1, "NOT")
                    && tokens.at(i + 2, "EXISTS")) {
                added.add(new AddedColumn(table.get(), tokens.get(i + 3).text()));
            }
        }
        return added;
    }

    /**
     * A column that it takes away or defines anew.
     *
     * @param how what that means for the column's values
     */
    public record Altered(String column, How how) {
        /** What becomes of the values. */
        public enum How {
            /** They are gone, or have another name. */
            GONE,
            /** They are computed, rounded or filled up. */
            COMPUTED,
            /** They stay, if they fit. */
            DEFINED
        }
    }

    /** Returns the columns that it takes away or defines anew, a clause after the other. */
    public List<Altered> columns() {
        List<Altered> columns = new ArrayList<>();
        int begin = tokens.at(3, ".") ? 5 : 3;
        int depth = 0;
        for (int i = begin; altersTable() && i <= tokens.size(); i++) {
            depth += tokens.at(i, "(") ? 1 : tokens.at(i, ")") ? -1 : 0;
            if (i == tokens.size() || (depth == 0 && tokens.at(i, ","))) {
                column(begin, i).ifPresent(columns::add);
                begin = i + 1;
            }
        }
        return columns;
    }

    private Optional<Altered> column(int begin, int end) {
        int name = begin + (tokens.at(begin + 1, "COLUMN") ? 2 : 1);
        name += tokens.at(name, "IF") && tokens.at(name + 1, "EXISTS") ? 2 : 0;
        if (name >= end) {
            return Optional.empty();
        }
        boolean drops = tokens.at(begin, "DROP") && !isOtherThanColumn(begin + 1);
        boolean renames = tokens.at(begin, "RENAME") && tokens.at(begin + 1, "COLUMN");
        boolean changes = tokens.at(begin, "CHANGE");
        if (!drops && !renames && !changes && !tokens.at(begin, "MODIFY")) {
            return Optional.empty();
        }
        int other = renames ? name + 2 : name + 1;
        boolean another =
                (renames || changes)
                        && other < end
                        && !tokens.get(name).folded().equals(tokens.get(other).folded());
        Altered.How how =
                drops || another
                        ? Altered.How.GONE
                        : isComputed(changes ? name + 2 : name + 1, end)
                                ? Altered.How.COMPUTED
                                : Altered.How.DEFINED;
        return renames && !another
                ? Optional.empty()
                : Optional.of(new Altered(tokens.get(name).text(), how));
    }

    private boolean isOtherThanColumn(int i) {
        return List.of(
                        "INDEX",
                        "KEY",
                        "PRIMARY",
                        "FOREIGN",
                        "CONSTRAINT",
                        "CHECK",
                        "PARTITION",
                        "SYSTEM",
                        "PERIOD",
                        "DEFAULT")
                .stream()
                .anyMatch(word -> tokens.at(i, word));
    }

    /**
     * Tells whether a type or what follows on it changes values that fit: FLOAT(7,3) rounds,
     * BINARY(16) fills up, an AUTO_INCREMENT gives numbers for 0.
     */
    private boolean isComputed(int type, int end) {
        boolean rounds =
                (tokens.at(type, "FLOAT")
                                || tokens.at(type, "DOUBLE")
                                || tokens.at(type, "REAL")
                                || tokens.at(type, "BINARY"))
                        && (tokens.at(type + 1, "(") || tokens.at(type + 2, "("));
        int depth = 0;
        for (int i = type; i < end; i++) {
            depth += tokens.at(i, "(") ? 1 : tokens.at(i, ")") ? -1 : 0;
            if (depth == 0 && (tokens.at(i, "AS") || tokens.at(i, "AUTO_INCREMENT"))) {
                return true;
            }
        }
        return rounds;
    }

    /**
     * Tells whether it converts the texts of one of the tables to another character set, and so
     * changes how rows behind it are to be read.
     */
    public boolean convertsCharacters() {
        for (int i = 2; tokens.starts("ALTER") && i < tokens.size(); i++) {
            if (tokens.at(i, "CONVERT") && tokens.at(i + 1, "TO")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether it alters one of the tables and does nothing but show or hide columns, which
     * neither changes rows nor how they are logged.
     */
    public boolean onlyShowsOrHides() {
        if (!altersTable()) {
            return false;
        }
        int i = tokens.at(3, ".") ? 5 : 3;
        while (i < tokens.size()) {
            int next = tokens.at(i, "ALTER") ? i + 1 : tokens.size();
            next = tokens.at(next, "COLUMN") ? next + 1 : next;
            boolean visibility = tokens.at(next + 2, "VISIBLE") || tokens.at(next + 2, "INVISIBLE");
            if (next >= tokens.size() || !tokens.at(next + 1, "SET") || !visibility) {
                return false;
            }
            i = next + 3;
            if (i < tokens.size() && !tokens.at(i++, ",")) {
                return false;
            }
        }
        return true;
    }
}
