package io.iotdbmigrate.random;

import java.util.List;

/**
 * What an application does as a whole, and does again if it does not know whether it did.
 *
 * @param statements in one connection, in this order
 * @param done a query with a row if it was done; empty where doing it twice is as good as once
 */
record Unit(List<String> statements, String done) {
    Unit {
        statements = List.copyOf(statements);
    }
}
