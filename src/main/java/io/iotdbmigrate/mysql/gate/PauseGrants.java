package io.iotdbmigrate.mysql.gate;

import io.iotdbmigrate.config.CutoverConfig.Pause;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.GlobalGrants;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a user of the server needs for a pause of writes. */
public final class PauseGrants {
    private static final String SUBJECT = "MySQL grants";

    private PauseGrants() {}

    /**
     * What a user may not do.
     *
     * @param problem behind the name of the user
     * @param remedy the statement that grants it
     */
    public record Missing(String problem, String remedy) {}

    /**
     * Finds what the connected user lacks.
     *
     * @param user as in the config, for the remedy
     * @param databases of the mapped tables
     */
    public static Optional<Missing> of(
            Connection connection, Pause pause, String user, Collection<String> databases)
            throws SQLException {
        GlobalGrants grants = GlobalGrants.of(connection);
        return switch (pause) {
            case READ_ONLY, SUPER_READ_ONLY -> {
                List<String> enough = Dialect.of(connection).readOnlyGrants();
                yield enough.stream().anyMatch(grants::has)
                        ? Optional.empty()
                        : Optional.of(
                                missing(
                                        "may not set " + pause.name().toLowerCase(Locale.ROOT),
                                        enough.get(0) + " ON *.*",
                                        user));
            }
            case LOCK_TABLES ->
                    databases.stream()
                            .filter(database -> !grants.hasIn(database, "LOCK TABLES"))
                            .findFirst()
                            .map(
                                    database ->
                                            missing(
                                                    "may not lock tables",
                                                    "LOCK TABLES ON "
                                                            + SqlName.quote(database)
                                                            + ".*",
                                                    user));
            case HOOK, MANUAL -> Optional.empty();
        };
    }

    /**
     * Tells whether the connected user may pause writes, as a check of the cutover does.
     *
     * @param may what is right if nothing is missing, behind the name of the user
     */
    static Finding finding(
            Connection connection,
            Pause pause,
            String user,
            Collection<String> databases,
            String may)
            throws SQLException {
        return of(connection, pause, user, databases)
                .map(
                        missing ->
                                Finding.error(
                                        ExitCode.NOT_SWITCHED,
                                        SUBJECT,
                                        user + " " + missing.problem(),
                                        missing.remedy()))
                .orElseGet(() -> Finding.ok(SUBJECT, user + " " + may));
    }

    private static Missing missing(String problem, String grant, String user) {
        return new Missing(
                problem,
                "run GRANT "
                        + grant
                        + " TO '"
                        + user
                        + "'@'%' as an administrator, or choose another cutover.pause");
    }
}
