package io.iotdbmigrate.testkit;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/**
 * Which server the tests run on, as it says itself.
 *
 * @param text such as {@code 9.7.4} or {@code 11.8.9-MariaDB-log}
 */
public record SourceVersion(String text, int major, int minor) {
    static SourceVersion of(Connection connection) throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        return new SourceVersion(
                server.getDatabaseProductVersion(),
                server.getDatabaseMajorVersion(),
                server.getDatabaseMinorVersion());
    }

    /** Tells whether it is not MySQL. */
    public boolean isMariaDb() {
        return text.contains("MariaDB");
    }

    /** Tells whether it logs the rows that a foreign key changes: MySQL does since 9.6. */
    public boolean logsCascades() {
        return !isMariaDb() && (major > 9 || (major == 9 && minor >= 6));
    }
}
