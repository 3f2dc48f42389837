package io.iotdbmigrate.mysql.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    @ParameterizedTest
    @CsvSource({
        "8.0.33, MySQL, SHOW MASTER STATUS, true",
        "8.2.0, MySQL, SHOW BINARY LOG STATUS, true",
        "9.7.4-0ubuntu1, MySQL, SHOW BINARY LOG STATUS, true",
        "8.0.35-27, MySQL, SHOW MASTER STATUS, true",
        "5.7.44-log, MySQL, SHOW MASTER STATUS, false",
        "10.11.18-MariaDB-0+deb12u1-log, MariaDB, SHOW MASTER STATUS, true",
        "5.5.5-10.11.18-MariaDB, MariaDB, SHOW MASTER STATUS, false",
        "11.8.9-MariaDB-0+deb13u1 from Debian-log, MariaDB, SHOW MASTER STATUS, true",
        "10.5.1-mariadb, MariaDB, SHOW MASTER STATUS, false",
    })
    void isChosenByTheVersion(String version, String name, String status, boolean supported) {
        Dialect dialect = Dialect.of(version);
        assertThat(dialect.name()).isEqualTo(name);
        assertThat(dialect.binlogStatus()).isEqualTo(status);
        assertThat(dialect.unsupported().isEmpty()).isEqualTo(supported);
    }
}
