package io.iotdbmigrate.iotdb;

/** The database in the tree that has the journals of all migrations. */
public final class JournalDatabase {
    public static final String PATH = "root.iotdb_migrate";

    private JournalDatabase() {}
}
