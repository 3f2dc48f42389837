package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart.Restored;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import org.junit.jupiter.api.Test;

class RestoredStartTest {
    private static final String FORMER = "11111111-ec03-11f1-8dd2-02fc00000001";
    private static final String NOW = "22222222-ec03-11f1-8dd2-02fc00000002";

    /**
     * An old savepoint after a switch: its file and offset would be looked up in another binlog.
     */
    @Test
    void aSavepointOfAServerThatIsNotFollowedAnyMoreIsRefused() {
        assertThatThrownBy(() -> Restored.of(NOW, NOW).require(FORMER))
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.JOB_FAILED))
                .hasMessageContainingAll(
                        "binlog of the MySQL server " + FORMER, NOW + " answers", "--restart");
    }

    /** Where another server answers than was followed, the source asks it for what it has. */
    @Test
    void whatTheSourceLooksAtIsLeftToIt() {
        assertThatCode(() -> Restored.of(FORMER, NOW).require(NOW)).doesNotThrowAnyException();
        assertThatCode(() -> Restored.of(null, NOW).require(FORMER)).doesNotThrowAnyException();
    }

    @Test
    void theSameServerAndAnUnknownOneArePassed() {
        assertThatCode(() -> Restored.of(NOW, NOW).require(NOW)).doesNotThrowAnyException();
        assertThatCode(() -> Restored.of(NOW, NOW).require(null)).doesNotThrowAnyException();
    }
}
