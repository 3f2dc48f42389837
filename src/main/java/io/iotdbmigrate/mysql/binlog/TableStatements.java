package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.BinlogStatement.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements in the binlog by which a table comes to be, changes and goes. */
final class TableStatements {
    private static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);
    private static final Pattern DEFINITION =
            Pattern.compile(
                    "(use `[^`]*`; )?((alter|create|drop|rename|truncate)\\b.*)",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final List<TableId> tables;
    private final String name;

    TableStatements(Connection connection, TableId table) {
        this.connection = connection;
        this.tables = List.of(table);
        this.name = BinlogTail.fold(table.toString());
    }

    /** Returns the last statement behind a position that defines the table, and its place. */
    Optional<String> definition(BinlogPosition position) throws SQLException {
        List<String> found = new ArrayList<>();
        new BinlogEvents(connection, NO_LIMIT)
                .walk(
                        position.file(),
                        position.offset(),
                        (file, event) -> {
                            Matcher definition = DEFINITION.matcher(event.info());
                            if (event.type().startsWith("Query")
                                    && definition.matches()
                                    && isNamed(definition.group(2))) {
                                found.add(
                                        "\"%s\" at %s:%d"
                                                .formatted(
                                                        definition.group(2),
                                                        file,
                                                        event.position()));
                            }
                            return true;
                        });
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /** What the binlog tells of how a table came to be. */
    enum Creation {
        /** Nothing. */
        NONE,
        /** It was created if there was none: there may have been one. */
        IF_MISSING,
        /** It was created, or given its name. */
        SURE
    }

    /** Returns what the statements behind a place tell of how the table came to be. */
    Creation creation(String firstFile, long firstOffset) throws SQLException {
        Creation[] found = {Creation.NONE};
        boolean[] altered = {false};
        statements(
                firstFile,
                firstOffset,
                (place, statement) -> {
                    if (statement.naming().given().noneMatch(this::isOne)) {
                        altered[0] |= mayAlter(statement);
                    } else if (statement.naming().createsIfMissing()) {
                        found[0] = Creation.IF_MISSING;
                    } else {
                        found[0] = Creation.SURE;
                    }
                    return found[0] != Creation.SURE;
                });
        // The age of a table is that of its last alteration.
        return found[0] == Creation.IF_MISSING && altered[0] ? Creation.NONE : found[0];
    }

    /**
     * Returns the first statement behind a place that drops the table, by itself or with its
     * database, or takes its name.
     */
    Optional<Taken> taken(String firstFile, long firstOffset) throws SQLException {
        List<Taken> found = new ArrayList<>();
        statements(
                firstFile,
                firstOffset,
                (place, statement) -> {
                    TableNaming naming = statement.naming();
                    boolean drops = naming.drops() && !naming.emptied(tables).isEmpty();
                    boolean empties =
                            statement
                                    .change(tables)
                                    .filter(c -> c.effect() == Effect.EMPTIED)
                                    .isPresent();
                    if (drops || empties || naming.renamed(tables).isPresent()) {
                        found.add(new Taken(statement.text(), place, drops));
                    }
                    return found.isEmpty();
                });
        return found.stream().findFirst();
    }

    /**
     * A statement that takes a table away.
     *
     * @param at where it stands
     * @param drops whether it drops the table itself
     */
    record Taken(String statement, BinlogPosition at, boolean drops) {
        String words() {
            return "\"%s\" at %s:%d".formatted(statement, at.file(), at.offset());
        }
    }

    /** Tells whether it may define the table anew; the age of a table stays if rows change. */
    private boolean mayAlter(BinlogStatement statement) {
        return !statement.changesRows()
                && statement.xa("COMMIT").isEmpty()
                && statement.concerns(tables);
    }

    private boolean isOne(TableId table) {
        return name.equals(BinlogTail.fold(table.toString()));
    }

    /** A taker of statements. */
    private interface Statements {
        /** Tells whether to go on with the next one. */
        boolean next(BinlogPosition place, BinlogStatement statement);
    }

    private void statements(String firstFile, long firstOffset, Statements statements)
            throws SQLException {
        new BinlogEvents(connection, NO_LIMIT)
                .walk(
                        firstFile,
                        firstOffset,
                        (file, event) -> {
                            Matcher statement = BinlogTail.STATEMENT.matcher(event.info());
                            return !event.type().startsWith("Query")
                                    || !statement.matches()
                                    || statements.next(
                                            new BinlogPosition(file, event.position(), "", null),
                                            BinlogStatement.parse(
                                                    BinlogTail.unquoted(statement.group(1)),
                                                    statement.group(2)));
                        });
    }

    private boolean isNamed(String statement) {
        List<String> words = List.of(BinlogTail.fold(statement).split("[^\\p{L}\\p{N}_$]+"));
        return words.contains(name.substring(name.indexOf('.') + 1));
    }
}
