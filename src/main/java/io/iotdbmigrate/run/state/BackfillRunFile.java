package io.iotdbmigrate.run.state;

import io.iotdbmigrate.model.ClusterAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill leaves behind so that the next one can take it up; deleted when it has finished.
 *
 * @param runId its name in the journal
 * @param fingerprint of what it copies and how
 * @param sent where its job runs or ran, null if that was inside the process
 */
public record BackfillRunFile(String runId, String fingerprint, @Nullable RemoteJob sent) {
    /** The file's content; the job and its cluster are both there or both null. */
    private record Content(
            String run, String fingerprint, @Nullable String cluster, @Nullable String job) {}

    /** Reads it from its file; empty if there is none. */
    public static Optional<BackfillRunFile> read(Path file) throws IOException {
        return StateFile.read(file, Content.class).map(BackfillRunFile::of);
    }

    private static BackfillRunFile of(Content content) {
        String cluster = content.cluster();
        String job = content.job();
        return new BackfillRunFile(
                content.run(),
                content.fingerprint(),
                cluster == null || job == null
                        ? null
                        : new RemoteJob("backfill", ClusterAddress.parse(cluster), job));
    }

    public void write(Path file) throws IOException {
        StateFile.write(
                file,
                new Content(
                        runId,
                        fingerprint,
                        sent == null ? null : sent.cluster().toString(),
                        sent == null ? null : sent.job()));
    }
}
