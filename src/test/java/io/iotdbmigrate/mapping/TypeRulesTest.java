package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeRulesTest {

    /** The type table of the config reference, with what {@code type:} may choose instead. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
tinyint(1)             | BOOLEAN   | INT32 INT64 FLOAT DOUBLE TEXT STRING
bit(1)                 | BOOLEAN   | INT32 INT64 FLOAT DOUBLE TEXT STRING
tinyint                | INT32     | INT64 FLOAT DOUBLE TEXT STRING
tinyint(4)             | INT32     | INT64 FLOAT DOUBLE TEXT STRING
tinyint unsigned       | INT32     | INT64 FLOAT DOUBLE TEXT STRING
smallint               | INT32     | INT64 FLOAT DOUBLE TEXT STRING
smallint(5) unsigned   | INT32     | INT64 FLOAT DOUBLE TEXT STRING
mediumint              | INT32     | INT64 FLOAT DOUBLE TEXT STRING
mediumint unsigned     | INT32     | INT64 FLOAT DOUBLE TEXT STRING
int                    | INT32     | INT64 DOUBLE TEXT STRING
int(11)                | INT32     | INT64 DOUBLE TEXT STRING
year                   | INT32     | INT64 DOUBLE TEXT STRING
int unsigned           | INT64     | DOUBLE TEXT STRING
bigint                 | INT64     | TEXT STRING
bigint unsigned        | INT64     | TEXT STRING
bit(8)                 | INT64     | INT32 FLOAT DOUBLE TEXT STRING
bit(24)                | INT64     | INT32 FLOAT DOUBLE TEXT STRING
bit(25)                | INT64     | INT32 DOUBLE TEXT STRING
bit(31)                | INT64     | INT32 DOUBLE TEXT STRING
bit(32)                | INT64     | DOUBLE TEXT STRING
bit(53)                | INT64     | DOUBLE TEXT STRING
bit(54)                | INT64     | TEXT STRING
bit(64)                | INT64     | TEXT STRING
float                  | FLOAT     | DOUBLE TEXT STRING
float unsigned         | FLOAT     | DOUBLE TEXT STRING
double                 | DOUBLE    | TEXT STRING
decimal(15,4)          | DOUBLE    | TEXT STRING
decimal(16,4)          | TEXT      | DOUBLE STRING
decimal(65,30)         | TEXT      | DOUBLE STRING
decimal(9,0)           | DOUBLE    | INT32 INT64 TEXT STRING
decimal(10,0)          | DOUBLE    | INT64 TEXT STRING
decimal(18,0)          | TEXT      | INT64 DOUBLE STRING
decimal(19,0)          | TEXT      | DOUBLE STRING
char(3)                | TEXT      | STRING BLOB BOOLEAN INT32 INT64 FLOAT DOUBLE
varchar(255)           | TEXT      | STRING BLOB BOOLEAN INT32 INT64 FLOAT DOUBLE
tinytext               | TEXT      | STRING BLOB BOOLEAN INT32 INT64 FLOAT DOUBLE
longtext               | TEXT      | STRING BLOB BOOLEAN INT32 INT64 FLOAT DOUBLE
enum('a','b')          | TEXT      | STRING BLOB BOOLEAN INT32 INT64 FLOAT DOUBLE
set('a','b')           | TEXT      | STRING BLOB
json                   | TEXT      | STRING BLOB
binary(4)              | BLOB      |
varbinary(255)         | BLOB      |
tinyblob               | BLOB      |
longblob               | BLOB      |
date                   | DATE      | TIMESTAMP TEXT STRING
datetime               | TIMESTAMP | INT64 TEXT STRING
datetime(6)            | TIMESTAMP | INT64 TEXT STRING
timestamp(3)           | TIMESTAMP | INT64 TEXT STRING
time(6)                | INT64     | TEXT STRING
""")
    void followsTheTypeTable(String declared, TargetType byDefault, String others) {
        MySqlType type = Columns.type(declared);
        Set<TargetType> expected =
                others == null
                        ? Set.of()
                        : Arrays.stream(others.split(" ", -1))
                                .map(TargetType::valueOf)
                                .collect(Collectors.toSet());
        assertThat(TypeRules.defaultTarget(type)).contains(byDefault);
        assertThat(TypeRules.targets(type))
                .contains(byDefault)
                .hasSize(expected.size() + 1)
                .containsAll(expected);
    }

    @Test
    void knowsNoTargetForGeometry() {
        assertThat(TypeRules.defaultTarget(Columns.type("geometry"))).isEmpty();
        assertThat(TypeRules.targets(Columns.type("geometry"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'decimal(15,4)', DOUBLE,    NS, ''",
        "'decimal(16,4)', DOUBLE,    NS, a DOUBLE keeps 15 of its 16 digits",
        "'decimal(16,4)', TEXT,      NS, ''",
        "datetime(3),     TIMESTAMP, MS, ''",
        "datetime(4),     TIMESTAMP, MS, 'the server''s timestamps are in ms, finer fractions are"
                + " cut off'",
        "datetime(6),     INT64,     MS, 'the server''s timestamps are in ms, finer fractions are"
                + " cut off'",
        "timestamp(6),    TIMESTAMP, MS, 'the server''s timestamps are in ms, finer fractions are"
                + " cut off'",
        "timestamp(6),    TIMESTAMP, US, ''",
        "datetime(6),     TIMESTAMP, NS, ''",
        "datetime(6),     TEXT,      MS, ''",
        "time(6),         INT64,     MS, ''",
        "double,          DOUBLE,    MS, ''"
    })
    void saysWhatIsLost(String declared, TargetType target, TimePrecision precision, String loss) {
        assertThat(TypeRules.loss(Columns.type(declared), target, precision).orElse(""))
                .isEqualTo(loss);
    }
}
