package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private long seconds;
    private Optional<BinlogPosition> head = at(100);
    private final SilenceWatch watch =
            new SilenceWatch(() -> head, () -> Duration.ofSeconds(seconds).toNanos());

    private static Optional<BinlogPosition> at(long offset) {
        return Optional.of(new BinlogPosition("binlog.000001", offset, ""));
    }

    /** The last event came at second 0. */
    private void look(int second) throws IOException {
        seconds = second;
        watch.look(0);
    }

    @Test
    void aBinlogThatGrowsWithoutAnEventIsNoticedWithinAMinute() throws Exception {
        look(31);
        head = at(200);
        assertThatThrownBy(() -> look(42))
                .isInstanceOf(IOException.class)
                .hasMessage("MySQL's binlog grows, and nothing of it has arrived for 42 s");
    }

    @Test
    void anIdleMySqlMayBeSilent() {
        assertThatCode(
                        () -> {
                            for (int second = 0; second < 600; second += 5) {
                                look(second);
                            }
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void aMySqlThatIsAwaySaysNothing() throws Exception {
        look(31);
        head = Optional.empty();
        assertThatCode(() -> look(60)).doesNotThrowAnyException();
        head = at(300);
        assertThatThrownBy(() -> look(90)).isInstanceOf(IOException.class);
    }

    @Test
    void anEventEndsTheSilence() throws Exception {
        look(31);
        head = at(200);
        seconds = 40;
        watch.look(Duration.ofSeconds(39).toNanos());
        look(41);
        assertThatCode(() -> look(43)).doesNotThrowAnyException();
    }
}
