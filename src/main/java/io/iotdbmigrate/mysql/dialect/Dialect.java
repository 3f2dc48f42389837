package io.iotdbmigrate.mysql.dialect;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server calls what it has in common with the others, and what it lacks. It is chosen by the
 * server's own version string: the driver's product name is MySQL for all.
 */
public sealed interface Dialect extends Serializable permits MySql, MariaDb {
    /** Query of the version string. */
    String VERSION = "SELECT VERSION()";

    /**
     * Assignment behind {@code SET SESSION} that takes away the limit on a statement's time,
     * whichever server reads it: MariaDB passes over comments for MySQL 5.7, and MySQL over those
     * that begin with M.
     */
    String NO_TIME_LIMIT = "/*!50708 max_execution_time */ /*M!100101 max_statement_time */ = 0";

    /** Returns the dialect of the server behind a connection. */
    static Dialect of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(VERSION)) {
            row.next();
            return of(row.getString(1));
        }
    }

    /**
     * Returns the dialect of a version.
     *
     * @param version as the server prints it
     */
    static Dialect of(String version) {
        return version.toUpperCase(Locale.ROOT).contains("MARIADB")
                ? new MariaDb(version)
                : new MySql(version);
    }

    /** Returns the server's name. */
    String name();

    /** Returns the version as the server prints it. */
    String version();

    /** Says what the version means for a migration; empty if it is one that is supported. */
    Optional<String> unsupported();

    /** Returns the statement that tells where the binlog ends. */
    String binlogStatus();

    /**
     * Returns the query, of one row and one column, of what tells the server from all others that
     * may answer at its address.
     */
    String identity();

    /** Tells whether positions may have GTID sets that a replication begins behind. */
    boolean hasGtidSets();

    /** Returns the statement that lists replicas, their ids in the first column. */
    String replicas();

    /** Returns the statement that has a row if the server is a replica. */
    String replicaStatus();

    /** Returns the statement that lists prepared XA transactions, in the column {@code data}. */
    String preparedTransactions();

    /** Returns the condition on {@code information_schema.statistics} of an index that is used. */
    String usedIndex();

    /** Returns the settings without which the binlog does not hold all that changes. */
    List<Setting> binlogSettings();

    /** Returns the settings with which the binlog has whole rows, which all servers have. */
    default List<Setting> wholeRows() {
        return List.of(
                new Setting(
                        "binlog_format",
                        "ROW",
                        "does not hold rows",
                        persist("binlog_format = 'ROW'") + "; new connections then write rows"),
                new Setting(
                        "binlog_row_image",
                        "FULL",
                        "holds only parts of a row",
                        persist("binlog_row_image = 'FULL'")));
    }

    /** Returns what a user needs to read the binlog, and to find out where it stands. */
    List<String> replicationGrants();

    /** Returns what a user needs to set {@code read_only}; each of them suffices. */
    List<String> readOnlyGrants();

    /** Returns who may write nevertheless while {@code read_only} is ON. */
    String writesDespiteReadOnly();

    /**
     * Tells whether the CDC connector's questions and statements have to be put into this server's
     * words.
     */
    boolean isForeignToConnector();

    /**
     * Returns the types that the CDC connector does not know, each with one whose values the binlog
     * has in the same form.
     */
    Map<String, String> connectorTypes();

    /** Tells whether the binlog says in which character set a row's texts are, unless told to. */
    boolean logsCharacterSets();

    /** Tells whether the binlog says which databases a logged statement changed. */
    boolean logsChangedDatabases();

    /** Tells whether there is {@code super_read_only}. */
    boolean hasSuperReadOnly();

    /** Returns what else helps against rows that a foreign key changes, behind a comma. */
    String withoutCascades();

    /**
     * Tells how to set a variable so that it lasts.
     *
     * @param assignment such as {@code binlog_format = 'ROW'}
     */
    String persist(String assignment);

    /**
     * A variable of the server.
     *
     * @param value the one that is needed; a server that does not know the variable needs none
     * @param problem with another value, as the end of a sentence about the binlog
     * @param remedy what to do
     */
    record Setting(String name, String value, String problem, String remedy)
            implements Serializable {}
}
