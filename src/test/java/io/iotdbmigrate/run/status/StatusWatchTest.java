package io.iotdbmigrate.run.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.state.RunningJob;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StatusWatchTest {
    private final AwayException away =
            new AwayException(
                    ExitCode.IOTDB,
                    "IoTDB at 127.0.0.1:6667 did not take a request; see that it runs",
                    new IOException());

    private final Deque<Object> answers = new ArrayDeque<>();
    private long nanos;
    private String jobId = "ab";
    private final StatusWatch watch = new StatusWatch(this::look, answers::isEmpty, () -> nanos);

    private MigrationStatus look() throws Exception {
        nanos += 5_000_000_000L;
        Object answer = answers.remove();
        if (answer instanceof Exception failure) {
            throw failure;
        }
        return new MigrationStatus(
                "plant",
                answer instanceof Long events ? Optional.of(job(events)) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new BinlogPosition("binlog.000003", 5000, ""),
                OptionalLong.empty(),
                Optional.empty());
    }

    private MigrationStatus.Job job(long events) {
        return new MigrationStatus.Job(
                new RunningJob("cdc", true, 0, "", "http://jm:8081", jobId, Instant.EPOCH, ""),
                "RUNNING",
                events,
                0,
                Duration.ZERO,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** A remote cluster has new figures every ten seconds: most looks see none. */
    @Test
    void theRateIsThatOfTheLastSeconds() throws Exception {
        answers.addAll(List.of(9L, 9L, 109L, 109L, 209L, 209L, 209L, 209L, 209L));
        assertThat(rates()).containsExactly(0L, 0L, 10L, 7L, 10L, 10L, 5L, 5L, 0L);
    }

    /** While a cluster restarts a job it has no figures, and then those count from 0. */
    @Test
    void aRestartIsNoRate() throws Exception {
        answers.addAll(List.of(900_000L, 900_100L, 0L, 900_200L, 900_300L, 50L, 100L));
        assertThat(rates()).containsExactly(0L, 20L, 0L, 0L, 20L, 0L, 10L);
    }

    @Test
    void anotherJobIsLookedAtAnew() throws Exception {
        answers.addAll(List.of(100L, 200L));
        assertThat(rates()).containsExactly(0L, 20L);
        jobId = "cd";
        answers.addAll(List.of(90_000L, 90_050L));
        assertThat(rates()).containsExactly(0L, 10L);
    }

    private List<Long> rates() throws Exception {
        List<Long> rates = new ArrayList<>();
        while (watch.next()) {
            rates.add(watch.status().job().orElseThrow().eventsPerSecond());
        }
        return rates;
    }

    private static UserException mysql(int error) {
        return new UserException(
                ExitCode.MYSQL,
                "MySQL cannot be reached; see that it runs",
                new SQLException("no", "08S01", error));
    }

    @Test
    void goesOnWhileAServerIsAwayAndSaysSoOnce() throws Exception {
        answers.addAll(List.of("seen", away, mysql(0)));
        assertThat(watch.next()).isTrue();
        assertThat(watch.trouble()).isEmpty();
        assertThat(watch.next()).isTrue();
        assertThat(watch.trouble())
                .hasValueSatisfying(
                        said ->
                                assertThat(said)
                                        .startsWith("no status since 2")
                                        .endsWith(
                                                "Z, looking goes on: IoTDB at 127.0.0.1:6667 did"
                                                        + " not take a request"));
        assertThat(watch.next()).as("nothing new, until the end").isFalse();
        answers.add("seen again");
        assertThat(watch.next()).isTrue();
        assertThat(watch.trouble()).isEmpty();
        assertThat(watch.status().name()).isEqualTo("plant");
    }

    @Test
    void aFirstLookThatFailsEndsIt() {
        answers.add(away);
        assertThatThrownBy(watch::next).isSameAs(away);
    }

    /** A login that is refused again and again locks accounts. */
    @Test
    void aRefusedLoginEndsIt() throws Exception {
        UserException refused = mysql(1045);
        answers.addAll(List.of("seen", refused));
        assertThat(watch.next()).isTrue();
        assertThatThrownBy(watch::next).isSameAs(refused);
    }

    @Test
    void aJobManagerThatRestartsIsAway() throws Exception {
        answers.addAll(
                List.of(
                        "seen",
                        new UserException(
                                ExitCode.JOB_FAILED,
                                "no Flink cluster answers at jm:8081; check the address",
                                new IOException("Connection refused"))));
        assertThat(watch.next()).isTrue();
        assertThat(watch.next()).isTrue();
        assertThat(watch.trouble())
                .hasValueSatisfying(said -> assertThat(said).endsWith("answers at jm:8081"));
    }

    /** No look mends it. */
    @Test
    void whatMySqlCannotTellEndsIt() throws Exception {
        UserException purged =
                new UserException(
                        ExitCode.MYSQL,
                        "MySQL did not answer",
                        new SQLException("there is no binlog binlog.000003 any more"));
        answers.addAll(List.of("seen", purged));
        assertThat(watch.next()).isTrue();
        assertThatThrownBy(watch::next).isSameAs(purged);
    }

    /** A server that hangs holds a look up for good, and nobody is to wait for that in silence. */
    @Test
    void aLookThatTakesLongIsToldBeforeItEnds() throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        AtomicBoolean enough = new AtomicBoolean();
        answers.addAll(List.of("seen", "late"));
        StatusWatch hanging =
                new StatusWatch(
                        () -> {
                            MigrationStatus seen = look();
                            if (answers.isEmpty() && answer.get() instanceof Exception failure) {
                                throw failure;
                            }
                            return seen;
                        },
                        enough::get,
                        () -> 0,
                        Duration.ofMillis(20));
        assertThat(hanging.next()).isTrue();
        assertThat(hanging.trouble()).isEmpty();
        assertThat(hanging.next()).isTrue();
        assertThat(hanging.trouble())
                .hasValueSatisfying(
                        said ->
                                assertThat(said)
                                        .startsWith("no status since 2")
                                        .endsWith(": the servers have not answered for 0 s"));
        enough.set(true);
        assertThat(hanging.next()).as("Ctrl-C while it hangs").isFalse();
        enough.set(false);
        answer.complete(away);
        assertThat(hanging.next()).isTrue();
        assertThat(hanging.trouble().orElseThrow()).as("why").contains("IoTDB at 127.0.0.1:6667");
        answers.add("seen again");
        answers.add("and again");
        assertThat(hanging.next()).isTrue();
        assertThat(hanging.trouble()).isEmpty();
    }

    /** When it hangs from the start, a person reads that, too. */
    @Test
    void aFirstLookThatTakesLongIsTold() throws Exception {
        StatusWatch hanging =
                new StatusWatch(
                        () -> new CompletableFuture<MigrationStatus>().get(),
                        () -> false,
                        () -> 0,
                        Duration.ofMillis(20));
        assertThat(hanging.next()).isTrue();
        assertThat(hanging.trouble().orElseThrow()).contains("the servers have not answered");
    }
}
