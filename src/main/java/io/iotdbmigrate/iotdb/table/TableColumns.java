package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.TagValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** The columns of a table as the server has them, in its order; none: there is no such table. */
record TableColumns(List<Column> columns) {

    /** What a column is for. */
    enum Category {
        TIME,
        TAG,
        ATTRIBUTE,
        FIELD
    }

    /**
     * One column.
     *
     * @param name in lower case
     * @param type by its name
     */
    record Column(String name, Category category, String type) {}

    TableColumns {
        columns = List.copyOf(columns);
    }

    /** Asks the server. */
    static TableColumns of(Session session, String database, String table)
            throws IoTDBConnectionException, StatementExecutionException {
        List<Column> columns = new ArrayList<>();
        ServerQuery.each(
                session,
                "SELECT column_name, datatype, category FROM information_schema.columns WHERE"
                        + " database = "
                        + TagValues.literal(database)
                        + " AND table_name = "
                        + TagValues.literal(table),
                row ->
                        columns.add(
                                new Column(
                                        String.valueOf(row.get("column_name")),
                                        Category.valueOf(String.valueOf(row.get("category"))),
                                        String.valueOf(row.get("datatype")))));
        return new TableColumns(columns);
    }

    /** Returns the names of columns. */
    static List<String> names(List<Column> of) {
        return of.stream().map(Column::name).toList();
    }

    boolean exists() {
        return !columns.isEmpty();
    }

    List<String> tags() {
        return of(Category.TAG).stream().map(Column::name).toList();
    }

    List<Column> fields() {
        return of(Category.FIELD);
    }

    List<String> attributes() {
        return of(Category.ATTRIBUTE).stream().map(Column::name).toList();
    }

    private List<Column> of(Category category) {
        return columns.stream().filter(c -> c.category() == category).toList();
    }

    Optional<Column> field(String name) {
        return fields().stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
