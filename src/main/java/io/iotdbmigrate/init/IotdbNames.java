package io.iotdbmigrate.init;

import io.iotdbmigrate.mapping.PathNode;
import java.util.HashSet;
import java.util.Set;

/** Node names for databases and tables that need no quotes in IoTDB and differ from each other. */
final class IotdbNames {
    private final Set<String> given = new HashSet<>();

    /** Returns a name: of the names given so far, this one is new. */
    String next(String name) {
        String plain = plain(name);
        String unique = plain;
        for (int i = 2; !given.add(unique); i++) {
            unique = plain + "_" + i;
        }
        return unique;
    }

    static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return PathNode.needsQuotes(plain) ? "t_" + plain : plain;
    }
}
