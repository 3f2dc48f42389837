package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Sentences about a server that answers at the address of another, exit code 4. */
public final class OtherServer {
    private static final String COPY =
            " copy the tables anew with iotdb-migrate backfill --restart, then start cdc again";

    private OtherServer() {}

    /** Tells that a position means nothing on the server that answers now. */
    public static UserException withoutGtids(
            String address, String former, String uuid, String position) {
        return new UserException(
                ExitCode.MYSQL,
                changed(address, former, uuid)
                        + ", and without GTIDs the position "
                        + position
                        + " of the former means nothing in its binlog; nothing behind it was"
                        + " applied. Let the former server answer again, or"
                        + COPY);
    }

    /**
     * Tells that the server that answers lacks transactions that were read.
     *
     * @param lacking GTIDs
     */
    public static UserException lacks(String address, String uuid, String lacking) {
        return new UserException(
                ExitCode.MYSQL,
                product(uuid)
                        + " at "
                        + address
                        + " ("
                        + named(uuid)
                        + ") lacks transactions that count as read: "
                        + lacking
                        + "; a failover or a restore has lost them, and IoTDB may hold their rows."
                        + " Nothing behind them was applied. Let the former server answer again, or"
                        + COPY);
    }

    /**
     * Refuses a server that lacks transactions that were read.
     *
     * @param gtids of them; may be empty
     * @throws UserException exit code 4, if it does
     * @throws IOException if it does not answer
     */
    public static void requireHas(MySqlConfig config, String gtids) throws IOException {
        try (Connection connection = MySqlConnections.connect(config);
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed)")) {
            select.setString(1, gtids);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                String lacking = row.getString(1).replace("\n", "");
                if (!lacking.isEmpty()) {
                    throw lacks(config.address(), BinlogPositions.server(connection), lacking);
                }
            }
        } catch (SQLException e) {
            throw new IOException("MySQL does not say which transactions it has", e);
        }
    }

    /**
     * Tells that a binlog has begun anew since it was read.
     *
     * @param place that was read or noted in the former one
     */
    public static UserException begunAnew(String address, String uuid, String place) {
        return new UserException(
                ExitCode.MYSQL,
                "the binlog of "
                        + product(uuid)
                        + " at "
                        + address
                        + " is another one than that in which "
                        + place
                        + " was noted: it was begun anew, as by RESET MASTER or RESET BINARY LOGS"
                        + " AND GTIDS, or the server was restored, and changes may be missing for"
                        + " good; nothing of it was applied. Now,"
                        + COPY);
    }

    private static String changed(String address, String former, String uuid) {
        return product(uuid)
                + " at "
                + address
                + " is another server ("
                + named(uuid)
                + ") than the one whose binlog was read ("
                + named(former)
                + ")";
    }

    private static String product(String server) {
        return server.startsWith("server_id ") ? "MariaDB" : "MySQL";
    }

    /** Names what is unique to a server. MariaDB has no UUID, and its words tell what they are. */
    private static String named(String server) {
        return server.startsWith("server_id ") ? server : "server_uuid " + server;
    }
}
