package io.iotdbmigrate.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.mysql.dialect.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    ALTER TABLE t ADD v VECTOR(3) | ALTER TABLE t ADD v LONGBLOB
                    ALTER TABLE t ADD COLUMN vector vector ( 3 ) NOT NULL | ALTER TABLE t ADD COLUMN vector LONGBLOB NOT NULL
                    ALTER TABLE t ADD v VECTOR, ADD w INT | ALTER TABLE t ADD v LONGBLOB, ADD w INT
                    ALTER TABLE t MODIFY `a b` Vector(2048) | ALTER TABLE t MODIFY `a b` LONGBLOB
                    CREATE TABLE t (`v` vector(3) DEFAULT NULL COMMENT 'a vector(3)', x int) | CREATE TABLE t (`v` LONGBLOB DEFAULT NULL COMMENT 'a vector(3)', x int)
                    """)
    void namesABlobInstead(String sql, String expected) {
        assertThat(ConnectorSql.known(sql, Dialect.of("9.7.4"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES ('v VECTOR(3)')",
                "ALTER TABLE t ADD vector INT, DROP COLUMN vector",
                "ALTER TABLE vectors ADD x INT /* v VECTOR(3) */",
                "CREATE TABLE t (`vector` int)"
            })
    void leavesTheRestAlone(String sql) {
        assertThat(ConnectorSql.known(sql, Dialect.of("9.7.4"))).isEqualTo(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    ALTER TABLE t ADD u UUID DEFAULT uuid() | ALTER TABLE t ADD u BINARY(16) DEFAULT uuid()
                    CREATE TABLE t (`u` uuid NOT NULL, uuid CHAR(36), i inet6, j INET4) | CREATE TABLE t (`u` BINARY(16) NOT NULL, uuid CHAR(36), i BINARY(16), j BINARY(4))
                    ALTER TABLE t CHANGE COLUMN a uuid CHAR(36) | ALTER TABLE t CHANGE COLUMN a uuid CHAR(36)
                    ALTER TABLE t CHANGE a uuid uuid | ALTER TABLE t CHANGE a uuid BINARY(16)
                    SET STATEMENT lock_wait_timeout = 1 FOR ALTER ONLINE TABLE IF EXISTS a.t WAIT 5 ADD x INT | ALTER TABLE a.t ADD x INT
                    ALTER TABLE wait ADD x INT | ALTER TABLE wait ADD x INT
                    ALTER TABLE t ADD CHECK (x > 0) NOT ENFORCED, ADD y INT, ADD enforced INT | ALTER TABLE t ADD CHECK (x > 0) , ADD y INT, ADD enforced INT
                    TRUNCATE TABLE t NOWAIT | TRUNCATE TABLE t
                    ALTER TABLE t DROP COLUMN IF EXISTS z, DROP IF EXISTS y, ALGORITHM=NOCOPY | ALTER TABLE t DROP COLUMN z, DROP y, ALGORITHM=INPLACE
                    ALTER TABLE t ADD COLUMN IF NOT EXISTS z INT, ADD INDEX IF NOT EXISTS i (z) | ALTER TABLE t ADD COLUMN z INT, ADD INDEX IF NOT EXISTS i (z)
                    """)
    void putsMariaDbIntoOtherWords(String sql, String expected) {
        assertThat(
                        ConnectorSql.known(sql, Dialect.of("11.8.9-MariaDB"))
                                .replaceAll(" +", " ")
                                .strip())
                .isEqualTo(expected);
    }
}
