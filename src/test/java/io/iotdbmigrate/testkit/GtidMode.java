package io.iotdbmigrate.testkit;

import java.sql.SQLException;
import java.util.List;

/** MySQL's GTIDs, which are on, switched off until it is closed. */
public final class GtidMode implements AutoCloseable {
    private static final List<String> TO_OFF = List.of("ON_PERMISSIVE", "OFF_PERMISSIVE", "OFF");
    private static final List<String> TO_ON = List.of("OFF_PERMISSIVE", "ON_PERMISSIVE", "ON");

    private final TestDatabase database;
    private final boolean on;

    private GtidMode(TestDatabase database, boolean on) {
        this.database = database;
        this.on = on;
    }

    /** Has them on or off. */
    public static GtidMode of(TestDatabase database, boolean on) throws SQLException {
        GtidMode mode = new GtidMode(database, on);
        if (!on) {
            mode.pass(TO_OFF);
        }
        return mode;
    }

    private void pass(List<String> modes) throws SQLException {
        for (String mode : modes) {
            database.execute("SET GLOBAL gtid_mode = " + mode);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!on) {
            pass(TO_ON);
        }
    }
}
