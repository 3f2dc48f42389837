package io.iotdbmigrate.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerPreflightTest {
    @ParameterizedTest
    @CsvSource({
        "2.0.1-beta, true",
        "2.0.9, true",
        "2.0.10, true",
        "2.0.11, false",
        "2.0.100, false",
        "2.1.1, false"
    })
    void versionsBeforeRowsInMemoryMayBeDeletedAreKnown(String version, boolean damages) {
        assertThat(ServerPreflight.damagesRows(version)).isEqualTo(damages);
    }
}
