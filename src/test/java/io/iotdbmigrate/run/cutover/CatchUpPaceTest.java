package io.iotdbmigrate.run.cutover;

import static io.iotdbmigrate.run.cutover.CatchUpPace.Next.AGAIN;
import static io.iotdbmigrate.run.cutover.CatchUpPace.Next.ENOUGH;
import static io.iotdbmigrate.run.cutover.CatchUpPace.Next.OUTRUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.run.cutover.CatchUpPace.Next;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpPaceTest {
    private static final Duration MAX_LAG = Duration.ofSeconds(30);

    /** Seconds of applying and of comparing, in turn. */
    private static List<Next> after(double... seconds) {
        CatchUpPace pace = new CatchUpPace(MAX_LAG);
        List<Next> next = new ArrayList<>();
        for (int i = 0; i < seconds.length; i += 2) {
            next.add(pace.after(of(seconds[i]), of(seconds[i + 1])));
        }
        assertThat(pace.rounds()).isEqualTo(seconds.length / 2);
        return next;
    }

    private static Duration of(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    @Test
    void anIdleSourceTakesTwoRounds() {
        assertThat(after(0.7, 0.03, 0.6, 0.03)).containsExactly(AGAIN, ENOUGH);
    }

    @Test
    void goesOnWhileComparingGetsShorter() {
        assertThat(after(3, 40, 1.5, 9, 1.2, 3, 1, 2.9))
                .containsExactly(AGAIN, AGAIN, AGAIN, ENOUGH);
    }

    @Test
    void aBacklogThatIsWorkedOffIsWaitedFor() {
        assertThat(after(120, 20, 80, 20, 40, 10, 1, 0.5))
                .containsExactly(AGAIN, AGAIN, AGAIN, ENOUGH);
    }

    /** Measured with 1,000 statements a second, 50 of them deletions, on two cores. */
    @Test
    void aBacklogThatGrowsEndsIt() {
        assertThat(after(9.8, 23.4, 28, 19.6, 38.3, 18.2)).containsExactly(AGAIN, AGAIN, OUTRUN);
    }

    @Test
    void endsAfterTenRounds() {
        double[] busy = new double[20];
        double[] behind = new double[20];
        for (int round = 0; round < 10; round++) {
            busy[2 * round] = 5;
            behind[2 * round] = 100 - round;
        }
        assertThat(after(busy)).hasSize(10).endsWith(AGAIN, ENOUGH);
        assertThat(after(behind)).hasSize(10).endsWith(AGAIN, OUTRUN);
    }
}
