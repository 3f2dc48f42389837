package io.iotdbmigrate.model;

import java.io.Serializable;

/** A MySQL table's full name. */
public record TableId(String database, String table) implements Serializable {

    /** Takes apart what {@link #toString} made; a database's name has no dot. */
    public static TableId parse(String name) {
        int dot = name.indexOf('.');
        return new TableId(name.substring(0, dot), name.substring(dot + 1));
    }

    /**
     * Reads a name as the config has it: {@code table} or {@code database.table}. A table whose own
     * name has a dot stands in backquotes.
     *
     * @param usual the database of a name without one
     */
    public static TableId named(String name, String usual) {
        if (name.length() > 2 && name.startsWith("`") && name.endsWith("`")) {
            return new TableId(usual, name.substring(1, name.length() - 1).replace("``", "`"));
        }
        return name.indexOf('.') > 0 ? parse(name) : new TableId(usual, name);
    }

    /** Returns the name by which the config has it, see {@link #named}. */
    public String name(String usual) {
        if (!database.equals(usual)) {
            return toString();
        }
        return table.indexOf('.') > 0 ? SqlName.quote(table) : table;
    }

    /** Returns it quoted for SQL: {@code `db`.`table`}. */
    public String quoted() {
        return SqlName.quote(database) + "." + SqlName.quote(table);
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
