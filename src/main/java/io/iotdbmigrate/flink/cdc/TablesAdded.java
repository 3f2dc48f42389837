package io.iotdbmigrate.flink.cdc;

import java.io.IOException;

/**
 * The reason of a restart that is no failure: from now on the job follows more tables. Every part
 * of it begins with them.
 */
public final class TablesAdded extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one sentence that names them
     */
    TablesAdded(String message) {
        super(message);
    }
}
