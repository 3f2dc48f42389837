package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.MySqlType.Kind;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as MariaDB 10.11 and 11.8 spelled them. */
class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "UUID, 0123456789abcdef8123456789abcdef, 01234567-89ab-cdef-8123-456789abcdef",
        "UUID, 01, 01000000-0000-0000-0000-000000000000",
        "INET4, 0a0001, 10.0.1.0",
        "INET6, '', ::",
        "INET6, 00000000000000000000000000000001, ::1",
        "INET6, 00000000000000000000000001020304, ::1.2.3.4",
        "INET6, 00000000000000000000ffff01020304, ::ffff:1.2.3.4",
        "INET6, 0000000000000000ffff000000010002, ::ffff:0:1:2",
        "INET6, 00010000000200030004000500060007, 1::2:3:4:5:6:7",
        "INET6, 00010000000000020000000000000003, 1:0:0:2::3",
        "INET6, 0001000200030004000500060007, 1:2:3:4:5:6:7::",
        "INET6, 00000000000100000000000500060007, ::1:0:0:5:6:7",
        "INET6, 20010db8, 2001:db8::",
    })
    void areThoseOfMariaDb(Kind kind, String stored, String text) {
        assertThat(Addresses.text(kind, HexFormat.of().parseHex(stored))).isEqualTo(text);
    }
}
