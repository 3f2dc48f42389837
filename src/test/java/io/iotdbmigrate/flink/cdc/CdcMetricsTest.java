package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.AwaitedServer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CdcMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:01:00.5Z");

    @Test
    void namesTheServerThatHasNotAnsweredForLong() {
        assertThat(CdcMetrics.awaited(waits(31_000, 11_000), NOW))
                .contains(new AwaitedServer("IoTDB", Instant.parse("2026-11-22T10:00:29Z")));
        assertThat(CdcMetrics.awaited(waits(0, 60_000), NOW))
                .contains(new AwaitedServer("MySQL", Instant.parse("2026-11-22T10:00:00Z")));
    }

    @Test
    void aLongRequestAndAnIdleBinlogAreNoTrouble() {
        assertThat(CdcMetrics.awaited(waits(29_000, 29_000), NOW)).isEmpty();
        assertThat(CdcMetrics.awaited(Map.of(), NOW)).isEmpty();
    }

    private static Map<String, Long> waits(long iotdb, long mysql) {
        return Map.of(CdcMetrics.IOTDB_WAIT, iotdb, CdcMetrics.MYSQL_WAIT, mysql);
    }
}
