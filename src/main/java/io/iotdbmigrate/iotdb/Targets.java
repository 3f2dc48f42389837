package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.iotdb.tree.TreeTarget;

/** Factory of targets: the one place that knows which kinds there are. */
public final class Targets {
    private Targets() {}

    /** Opens the target that a connection leads to; closing it closes the connection. */
    public static Target open(Retries connection) {
        return new TreeTarget(connection);
    }
}
