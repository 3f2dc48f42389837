package io.iotdbmigrate.mapping.names;

/**
 * A change of a look-up's row whose key names rows in IoTDB.
 *
 * @param reference as the config has it, such as {@code itemid.key_}
 * @param table that is looked into
 * @param key of the row
 * @param name that the rows have in IoTDB until now
 * @param newName that later rows have; empty: the row is gone, and they keep the name
 * @param position in the binlog
 */
public record NameChange(
        String reference, String table, String key, String name, String newName, String position) {

    /** Says it to people. */
    @Override
    public String toString() {
        return "look-up {"
                + reference
                + "}: at "
                + position
                + " the row of "
                + key
                + " in "
                + table
                + (newName.isEmpty()
                        ? " was deleted; its rows keep the name \"" + name + "\""
                        : " was renamed from \""
                                + name
                                + "\" to \""
                                + newName
                                + "\"; rows go on under the new name");
    }
}
