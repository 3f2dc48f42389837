package io.iotdbmigrate.flink.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.BinlogPositions;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.verify.Recheck;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** What the journal says of replication, and MySQL of its binlog. */
public final class JournalReplication implements Recheck.Replication {
    /** Under which a running replication keeps its applied position. */
    private static final String KEY = "cdc";

    private final Journal journal;
    private final MySqlConfig mysql;

    public JournalReplication(Journal journal, MySqlConfig mysql) {
        this.journal = journal;
        this.mysql = mysql;
    }

    @Override
    public Optional<BinlogPosition> applied() throws IOException {
        return journal.state(KEY)
                .filter(state -> state.path("running").asBoolean())
                .map(JournalReplication::position);
    }

    private static BinlogPosition position(JsonNode state) {
        return new BinlogPosition(
                state.path("file").asText(),
                state.path("offset").asLong(),
                state.path("gtid_set").asText());
    }

    @Override
    public Optional<BinlogPosition> current() {
        try (Connection connection = MySqlConnections.open(mysql)) {
            return BinlogPositions.current(connection);
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "MySQL at "
                            + mysql.address()
                            + " does not say where its binlog is ("
                            + e.getMessage()
                            + "); grant user "
                            + mysql.user()
                            + " REPLICATION CLIENT",
                    e);
        }
    }

    @Override
    public void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for replication");
        }
    }
}
