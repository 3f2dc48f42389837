package io.iotdbmigrate.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorSqlTest {
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
        assertThat(VectorSql.withoutVectors(sql)).isEqualTo(expected);
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
        assertThat(VectorSql.withoutVectors(sql)).isEqualTo(sql);
    }
}
