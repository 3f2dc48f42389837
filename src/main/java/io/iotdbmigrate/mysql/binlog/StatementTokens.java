package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.SqlTokens;
import io.iotdbmigrate.mysql.SqlTokens.Token;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of one statement, and the names of tables in it.
 *
 * @param database the one that names without a database belong to; may be empty
 */
record StatementTokens(String database, List<Token> tokens) {
    static StatementTokens of(String database, String sql) {
        return new StatementTokens(database, SqlTokens.of(sql));
    }

    int size() {
        return tokens.size();
    }

    Token get(int i) {
        return tokens.get(i);
    }

    boolean starts(String keyword) {
        return at(0, keyword);
    }

    /** Tells whether a token is a keyword; no token is beyond the end. */
    boolean at(int i, String keyword) {
        return i < tokens.size() && tokens.get(i).is(keyword);
    }

    /** Tells whether a name is somewhere in it. */
    boolean says(String name) {
        return tokens.stream().anyMatch(t -> t.isName() && t.text().equalsIgnoreCase(name));
    }

    /** Returns the mapped table whose name begins at a token. */
    Optional<TableId> mapped(int i, Collection<TableId> tables) {
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

    /** Returns the table whose name begins at a token. */
    TableId name(int i) {
        boolean qualified = at(i + 1, ".") && i + 2 < tokens.size();
        return i >= tokens.size()
                ? new TableId(database, "")
                : new TableId(
                        qualified ? tokens.get(i).text() : database,
                        tokens.get(qualified ? i + 2 : i).text());
    }
}
