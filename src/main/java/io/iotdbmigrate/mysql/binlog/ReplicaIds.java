package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The ids under which readers of a binlog are registered. */
final class ReplicaIds {
    /** Far above what people number their servers with. */
    private static final long FIRST_FREE = 1_000_000_000L;

    /** The connector takes no larger ones. */
    private static final long LAST = Integer.MAX_VALUE;

    private final BinlogServer server;

    ReplicaIds(BinlogServer server) {
        this.server = server;
    }

    /**
     * Returns an id under which no other replica is registered.
     *
     * @param wanted {@code mysql.cdc.server_id}, null if any will do
     * @throws UserException exit code 3, if a wanted one is taken
     */
    ServerIdRange free(@Nullable ServerIdRange wanted) {
        Set<Long> taken = server.ask(this::takenIds);
        if (wanted == null) {
            long id;
            do {
                id = ThreadLocalRandom.current().nextLong(FIRST_FREE, LAST);
            } while (taken.contains(id));
            return new ServerIdRange(id, id);
        }
        for (long id = wanted.first(); id <= wanted.last(); id++) {
            if (!taken.contains(id)) {
                return new ServerIdRange(id, id);
            }
        }
        throw new UserException(
                ExitCode.CONFIG,
                "mysql.cdc.server_id: "
                        + (wanted.first() == wanted.last()
                                ? wanted.first() + " is taken"
                                : "all of " + wanted.first() + "-" + wanted.last() + " are taken")
                        + " by another replica of "
                        + server.place()
                        + "; choose another one, or remove the key and a free one is picked");
    }

    private Set<Long> takenIds() throws SQLException {
        Set<Long> taken = new HashSet<>();
        try (Statement statement = server.connection().createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT @@server_id")) {
                row.next();
                taken.add(row.getLong(1));
            }
            String replicas = Dialect.of(server.connection()).replicas();
            try (ResultSet rows = statement.executeQuery(replicas)) {
                while (rows.next()) {
                    taken.add(rows.getLong(1));
                }
            }
        }
        return taken;
    }
}
