package io.iotdbmigrate.model;

/** Quoting of MySQL identifiers. */
public final class SqlName {
    private SqlName() {}

    /** Returns the name in backticks, inner backticks doubled. */
    public static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
