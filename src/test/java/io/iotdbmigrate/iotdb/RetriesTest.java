package io.iotdbmigrate.iotdb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.config.yaml.Secret;
import io.iotdbmigrate.model.AwayException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {
    /** As a stopped process does: the system takes connections for it. */
    @Test
    void aServerThatSaysNothingIsNotAskedAgainWhereAPersonWaits() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Retries retries =
                        Retries.brief(
                                new IotdbConfig(
                                        List.of("127.0.0.1:" + silent.getLocalPort()),
                                        "root",
                                        new Secret("root"),
                                        new IotdbConfig.Tls(false, null, null)),
                                1_000,
                                Duration.ofMillis(100),
                                said -> {})) {
            assertThatThrownBy(() -> retries.call(session -> true))
                    .isInstanceOf(AwayException.class)
                    .hasMessageContaining("did not take a request in 1 try")
                    .hasMessageContaining("see that it runs");
        }
    }
}
