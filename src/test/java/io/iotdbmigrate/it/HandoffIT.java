package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the backfill to the replication, while the application goes on writing. */
@ExtendWith(ServersExtension.class)
class HandoffIT {
    private static final int PER_SECOND = 500;

    /** The backfill and the start of the replication are over by then. */
    private static final int ENOUGH = 2_000;

    /** With one writer to IoTDB, and with an exchange between the reader and two. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingIsLostBetweenBackfillAndReplication(
            int parallelism, TestDatabase database, @TempDir Path state) throws Exception {
        Migration migration =
                new Migration(
                        database,
                        state,
                        Writer.mapping(),
                        "backfill: {chunk_rows: 500, parallelism: %d}\nflink: {checkpoint_interval: 200ms}"
                                .formatted(parallelism));
        try (Writer writer = Writer.start(database, PER_SECOND)) {
            migration.restart();
            try (Replication cdc = migration.replicate()) {
                cdc.await(progress -> progress.events() > ENOUGH);
                assertThat(writer.stop()).isGreaterThan(ENOUGH);
                cdc.awaitApplied();
                assertThat(migration.contents()).isEqualTo(migration.expected());
                assertThat(migration.contents().size()).isGreaterThan(1_000);
            }
        }
    }
}
