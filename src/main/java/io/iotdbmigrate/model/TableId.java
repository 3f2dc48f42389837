package io.iotdbmigrate.model;

import java.io.Serializable;

/** A MySQL table's full name. */
public record TableId(String database, String table) implements Serializable {

    /** Quoted for SQL: {@code `db`.`table`}. */
    public String quoted() {
        return SqlName.quote(database) + "." + SqlName.quote(table);
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
