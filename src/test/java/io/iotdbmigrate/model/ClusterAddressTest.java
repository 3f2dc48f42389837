package io.iotdbmigrate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {
    @ParameterizedTest
    @CsvSource({
        "jm:8082, jm, 8082, jm:8082",
        "jm, jm, 8081, jm:8081",
        "http://10.0.0.7:80/, 10.0.0.7, 80, 10.0.0.7:80",
        "[::1]:8081, ::1, 8081, [::1]:8081",
    })
    void readsHostAndPort(String text, String host, int port, String shown) {
        ClusterAddress address = ClusterAddress.parse(text);

        assertThat(address).isEqualTo(new ClusterAddress(host, port)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":8081", "jm:port", "jm:99999", "u:p@jm:1", "https://jm", "jm/x", "a b"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> ClusterAddress.parse(text))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--remote is " + text)
                .hasMessageContaining("host:port");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "::1, true", "10.0.0.7, false"})
    void knowsTheLoopback(String host, boolean loopback) {
        assertThat(new ClusterAddress(host, 1).isLoopback()).isEqualTo(loopback);
    }
}
