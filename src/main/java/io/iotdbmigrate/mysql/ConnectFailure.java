package io.iotdbmigrate.mysql;

import com.mysql.cj.jdbc.Driver;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.MySqlConfig.Tls;
import io.iotdbmigrate.config.MySqlConfig.TlsMode;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.UserException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;

/**
 * Why MySQL cannot be connected to, or refuses a statement, as one sentence with a remedy behind
 * its semicolon.
 */
public final class ConnectFailure {
    private static final int ACCESS_DENIED = 1045;
    private static final int ACCESS_DENIED_TO_DATABASE = 1044;
    private static final int UNKNOWN_DATABASE = 1049;

    /** Access denied to a database, for a user, for a user without a password. */
    private static final Set<Integer> LOGIN =
            Set.of(ACCESS_DENIED, ACCESS_DENIED_TO_DATABASE, UNKNOWN_DATABASE, 1698);

    /**
     * No such column or table; denied are a table, a column, a privilege, a routine; the account is
     * locked. A table's storage engine is off, its tablespace is missing or discarded, its engine
     * or the keyring lacks it; a view names what is gone, its definer too.
     */
    private static final Set<Integer> STATEMENT =
            Set.of(
                    1054, 1142, 1143, 1146, 1227, 1286, 1356, 1370, 1449, 1812, 1814, 1932, 3118,
                    3185);

    /** The class of SQL states of values that cannot be computed, as of a generated column. */
    private static final String DATA_EXCEPTION = "22";

    private ConnectFailure() {}

    /** Tells whether the user itself was refused: no login is tried twice. */
    static boolean isOfLogin(SQLException e) {
        return LOGIN.contains(e.getErrorCode());
    }

    /** Tells whether a person has to do something before the same can succeed. */
    public static boolean isRefusal(SQLException e) {
        return isOfLogin(e)
                || STATEMENT.contains(e.getErrorCode())
                || (e.getSQLState() != null && e.getSQLState().startsWith(DATA_EXCEPTION));
    }

    /** Describes a refusal, exit code 4. */
    public static UserException refusal(MySqlConfig config, SQLException e) {
        return isOfLogin(e)
                ? explain(config, e)
                : new UserException(
                        ExitCode.MYSQL,
                        ServerName.at(config)
                                + " refuses what is asked ("
                                + e.getMessage()
                                + "); see the grants of user "
                                + config.user()
                                + " and the tables, then start again",
                        e);
    }

    /** Describes a failed attempt, exit code 4. May try once more to find out why. */
    public static UserException explain(MySqlConfig config, SQLException e) {
        String sentence =
                switch (e.getErrorCode()) {
                    case ACCESS_DENIED -> denied(config);
                    case ACCESS_DENIED_TO_DATABASE, UNKNOWN_DATABASE ->
                            ServerName.greetingAt(config)
                                    + " has no database "
                                    + config.database()
                                    + " that user "
                                    + config.user()
                                    + " may use; check connections.mysql.database, or run GRANT"
                                    + " SELECT ON "
                                    + SqlName.quote(config.database())
                                    + ".* TO '"
                                    + config.user()
                                    + "'@'%' as an administrator";
                    default -> unreachable(config, e);
                };
        return new UserException(ExitCode.MYSQL, sentence, e);
    }

    /** Tells a user that has to encrypt from a wrong password: MySQL's answer is the same. */
    private static String denied(MySqlConfig config) {
        Tls tls = config.tls();
        if (tls.mode() == TlsMode.DISABLED && isTakenWithTls(config)) {
            return ServerName.greetingAt(config)
                    + " accepts user "
                    + config.user()
                    + " over TLS only; set connections.mysql.tls.mode to required or stricter";
        }
        return ServerName.greetingAt(config)
                + " refuses user "
                + config.user()
                + "; check connections.mysql.user and password"
                + (tls.mode() == TlsMode.DISABLED || tls.cert() != null
                        ? ""
                        : ", and if the user has to show a certificate (REQUIRE X509), set"
                                + " connections.mysql.tls.cert_file and key_file");
    }

    private static boolean isTakenWithTls(MySqlConfig config) {
        Properties properties = MySqlConnections.properties(config);
        properties.setProperty("sslMode", TlsMode.REQUIRED.name());
        try (Connection connection =
                new Driver().connect(MySqlConnections.url(config), properties)) {
            return connection != null;
        } catch (SQLException e) {
            return false;
        }
    }

    private static String unreachable(MySqlConfig config, SQLException e) {
        boolean untrusted = false;
        boolean otherName = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            untrusted |=
                    cause instanceof CertPathBuilderException
                            || cause instanceof CertPathValidatorException;
            otherName |= cause instanceof CertificateException;
        }
        if (untrusted) {
            return ServerName.greetingAt(config)
                    + (config.tls().ca() == null
                            ? " shows a certificate that Java does not trust; name the file of its CA"
                                    + " in connections.mysql.tls.ca_file"
                            : " does not show a certificate of connections.mysql.tls.ca_file, "
                                    + config.tls().ca().path()
                                    + "; name the file of the CA that has signed the server's");
        }
        if (otherName) {
            return ServerName.greetingAt(config)
                    + " shows a certificate for another name ("
                    + Causes.message(e)
                    + "); set "
                    + config.hostKey()
                    + " to a name in it, or tls.mode to verify_ca";
        }
        return "cannot connect to "
                + ServerName.greetingAt(config)
                + " ("
                + Causes.message(e)
                + "); check "
                + config.placeKeys()
                + ", and that the server runs";
    }
}
