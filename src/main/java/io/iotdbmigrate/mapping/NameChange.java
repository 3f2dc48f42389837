package io.iotdbmigrate.mapping;

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
        String reference, String table, String key, String name, String newName, String position) {}
