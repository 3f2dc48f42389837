package io.iotdbmigrate.model;

import java.io.Serializable;

/** A MySQL table's full name. */
public record TableId(String database, String table) implements Serializable {

    /** Takes apart what {@link #toString} made; a database's name has no dot. */
    public static TableId parse(String name) {
        int dot = name.indexOf('.');
        return new TableId(name.substring(0, dot), name.substring(dot + 1));
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
