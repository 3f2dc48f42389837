package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import org.jspecify.annotations.Nullable;

/**
 * The position of the binlog at which replication is to begin when the backfill has finished. MySQL
 * may purge it meanwhile.
 */
final class NotedPosition {
    private final MySqlConfig mysql;
    private final BinlogPosition position;

    NotedPosition(MySqlConfig mysql, BinlogPosition position) {
        this.mysql = mysql;
        this.position = position;
    }

    /**
     * Looks whether the binlog can still be read from there.
     *
     * @return why the backfill is of no use any more; null if it is of use
     * @throws UserException exit code 4, if MySQL does not answer; that says nothing
     */
    @Nullable UserException look() {
        try (BinlogServer server = new BinlogServer(mysql.origin())) {
            String noted = position.server();
            boolean hasTheRows = !mysql.isReadOnlySource();
            if (hasTheRows && noted != null && !noted.equals(server.uuid())) {
                return another(server.uuid(), noted);
            }
            return server.history()
                    .whyUnavailable(position)
                    .map(
                            why ->
                                    new UserException(
                                            ExitCode.MYSQL,
                                            "the backfill stops, for cdc could not go on where it"
                                                    + " began: "
                                                    + why.getMessage()
                                                    + "; if no cdc is to follow, set"
                                                    + " mysql.cdc.startup_mode to latest and start"
                                                    + " the backfill again"))
                    .orElse(null);
        }
    }

    /**
     * Requires that the server that has answered to the end is the one that was there at the begin.
     *
     * @throws UserException exit code 4, if it is another one
     */
    static void requireServer(MySqlConfig mysql, BinlogPosition position, String answers) {
        String noted = position.server();
        if (noted != null && !noted.equals(answers)) {
            throw new NotedPosition(mysql, position).another(answers, noted);
        }
    }

    private UserException another(String answers, String noted) {
        return new UserException(
                ExitCode.MYSQL,
                "the backfill stops: "
                        + mysql.address()
                        + " is another server (server_uuid "
                        + answers
                        + ") than when it began ("
                        + noted
                        + "), and rows that only that one had may have been copied; copy the tables"
                        + " anew with iotdb-migrate backfill --restart");
    }
}
