package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spelling of tables as the server has it. With {@code lower_case_table_names = 1} it takes any
 * spelling, and stores and logs all names in lower case.
 */
public final class ServerSpelling {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSpelling.class);

    private ServerSpelling() {}

    /**
     * Returns a config with the names as the server has them. Asks it only if they are not in lower
     * case already; one that does not answer is left for whoever needs it.
     */
    public static MigrationConfig of(MigrationConfig config) {
        boolean folded =
                Stream.concat(Stream.of(config.mysql().database()), config.writtenTables().stream())
                        .allMatch(name -> fold(name).equals(name));
        return folded || !isFolding(config) ? config : config.spelling(ServerSpelling::fold);
    }

    /**
     * Returns names of the command line as the server has them.
     *
     * @param spelled by {@link #of}
     */
    public static List<String> names(MigrationConfig spelled, List<String> names) {
        List<String> mapped = spelled.mappedTables();
        boolean known =
                names.stream().allMatch(n -> mapped.contains(n) || !mapped.contains(fold(n)));
        return known || !isFolding(spelled)
                ? names
                : names.stream().map(n -> mapped.contains(fold(n)) ? fold(n) : n).toList();
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean isFolding(MigrationConfig config) {
        try (Connection connection = MySqlConnections.open(config.mysql());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT @@GLOBAL.lower_case_table_names = 1")) {
            return row.next() && row.getBoolean(1);
        } catch (UserException | SQLException e) {
            LOG.info("MySQL does not say how it spells tables", e);
            return false;
        }
    }
}
