package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names that a statement gives to tables: to a new one, or to one that had another. */
public final class TableNaming {
    private final StatementTokens tokens;

    TableNaming(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /** Returns the table that it creates; empty if it creates none. */
    public Optional<TableId> created() {
        int table = tokens.at(1, "OR") && tokens.at(2, "REPLACE") ? 3 : 1;
        if (!tokens.starts("CREATE") || !tokens.at(table, "TABLE")) {
            return Optional.empty();
        }
        return Optional.of(tokens.name(tokens.at(table + 1, "IF") ? table + 4 : table + 1));
    }

    /** Tells whether it creates a table only if there is none: MySQL logs it in either case. */
    public boolean createsIfMissing() {
        int table = tokens.at(1, "OR") && tokens.at(2, "REPLACE") ? 3 : 1;
        return created().isPresent() && tokens.at(table + 1, "IF");
    }

    /** Returns the names that stand for a table from here on: a new one, or one renamed. */
    Stream<TableId> given() {
        return Stream.concat(created().stream(), renamings().stream().map(Renaming::to));
    }

    /** A table that gets another name. */
    public record Renaming(TableId from, TableId to) {}

    /** Returns the tables that it gives other names, in the order in which it does. */
    public List<Renaming> renamings() {
        if (tokens.starts("RENAME") && isTable(1)) {
            return renamedOneByOne();
        }
        return tokens.starts("ALTER") && renames() ? altered() : List.of();
    }

    private List<Renaming> renamedOneByOne() {
        List<Renaming> renamings = new ArrayList<>();
        for (int i = 2; i + 1 < tokens.size(); i++) {
            if (tokens.at(i, "TO")) {
                int from = tokens.at(i - 2, ".") ? i - 3 : i - 1;
                renamings.add(new Renaming(tokens.name(from), tokens.name(i + 1)));
            }
        }
        return renamings;
    }

    private List<Renaming> altered() {
        List<Renaming> renamings = new ArrayList<>();
        int table = 1;
        while (!tokens.at(table, "TABLE") && table < tokens.size()) {
            table++;
        }
        TableId from = tokens.name(tokens.at(table + 1, "IF") ? table + 3 : table + 1);
        for (int i = table + 1; i + 1 < tokens.size(); i++) {
            boolean to = tokens.at(i, "RENAME") && isFiller(i + 1);
            if (to || (tokens.at(i, "RENAME") && isPlainName(i + 1))) {
                renamings.add(new Renaming(from, tokens.name(to ? i + 2 : i + 1)));
            }
        }
        return renamings;
    }

    private boolean isFiller(int i) {
        return tokens.at(i, "TO") || tokens.at(i, "AS") || tokens.at(i, "=");
    }

    private boolean isPlainName(int i) {
        return tokens.get(i).isName()
                && List.of("TO", "AS", "COLUMN", "INDEX", "KEY").stream()
                        .noneMatch(word -> tokens.at(i, word));
    }

    /** Tells whether it gives a table another name. */
    public boolean renames() {
        if (tokens.starts("RENAME")) {
            return true;
        }
        for (int i = 2; tokens.starts("ALTER") && i < tokens.size(); i++) {
            if (tokens.at(i, "RENAME")
                    && !tokens.at(i + 1, "COLUMN")
                    && !tokens.at(i + 1, "INDEX")
                    && !tokens.at(i + 1, "KEY")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the first of the tables that loses its name, also to another database. */
    public Optional<TableId> renamed(Collection<TableId> tables) {
        if (tokens.starts("ALTER") && tokens.at(1, "TABLE") && renames()) {
            return tokens.mapped(2, tables);
        }
        for (int i = 2; tokens.starts("RENAME") && isTable(1) && i < tokens.size(); i++) {
            boolean first = i == 2 || tokens.at(i - 1, ",");
            Optional<TableId> renamed = first ? tokens.mapped(i, tables) : Optional.empty();
            if (renamed.isPresent()) {
                return renamed;
            }
        }
        return Optional.empty();
    }

    /** Tells whether it drops tables. */
    public boolean drops() {
        return tokens.starts("DROP") && isTable(1);
    }

    /** Returns those of the tables that lose all their rows. */
    public List<TableId> emptied(Collection<TableId> tables) {
        if (tokens.starts("TRUNCATE")) {
            return tokens.mapped(tokens.at(1, "TABLE") ? 2 : 1, tables).stream().toList();
        }
        List<TableId> emptied = new ArrayList<>();
        int begin = tokens.at(2, "IF") ? 4 : 2;
        for (int i = begin; drops() && i < tokens.size(); i++) {
            if (i == begin || tokens.at(i - 1, ",")) {
                tokens.mapped(i, tables).ifPresent(emptied::add);
            }
        }
        return emptied;
    }

    /** Tells whether it is about a table of one session, which has the place of another one. */
    public boolean isOfTemporaryTable() {
        return (tokens.starts("DROP") || tokens.starts("CREATE"))
                && tokens.at(1, "TEMPORARY")
                && isTable(2);
    }

    /** Tells whether it may make a foreign key. */
    public boolean refers() {
        return (tokens.starts("ALTER") || tokens.starts("CREATE"))
                && tokens.tokens().stream().anyMatch(t -> t.is("REFERENCES"));
    }

    private boolean isTable(int i) {
        return tokens.at(i, "TABLE") || tokens.at(i, "TABLES");
    }
}
