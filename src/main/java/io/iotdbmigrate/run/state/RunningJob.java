package io.iotdbmigrate.run.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.model.ClusterAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;

/**
 * Where the job of this state folder can be spoken to, written while it runs.
 *
 * @param command backfill or cdc
 * @param remote whether it runs on a cluster of its own, where it stays when that process ends
 * @param pid of the process that submitted it, 0 if that is not known
 * @param host of that process
 * @param rest address of Flink's REST API, e.g. {@code http://127.0.0.1:8081}
 * @param job Flink's id
 * @param savepoints URI of the folder for savepoints, in the one that the run has for itself; empty
 *     if there is none or it is not known
 */
public record RunningJob(
        String command,
        boolean remote,
        long pid,
        String host,
        String rest,
        String job,
        Instant startedAt,
        String savepoints) {
    /** Reads it from its file; empty if there is none. */
    public static Optional<RunningJob> read(Path file) throws IOException {
        return StateFile.read(file, RunningJob.class);
    }

    /**
     * Returns the same as a job that a remote cluster has; empty if it runs inside a process of
     * ours.
     */
    public Optional<RemoteJob> sent() {
        return remote
                ? Optional.of(new RemoteJob(command, ClusterAddress.parse(rest), job))
                : Optional.empty();
    }

    /** Returns the URI of the folder that the run has for itself. */
    public String runDir() {
        return new org.apache.flink.core.fs.Path(savepoints).getParent().toString();
    }

    /** Returns the URI of the folder for what is neither checkpoint nor savepoint. */
    public String workDir() {
        return runDir() + "/work";
    }

    /**
     * Tells whether it is known to have ended without a word, as after {@code kill -9}: its process
     * is not on this machine any more, or its cluster does not know it or says that it has ended.
     * Of a process elsewhere, and of a cluster that does not answer, nothing is known.
     */
    public boolean isGone() throws IOException {
        return remote ? isGoneFromCluster() : isGoneFromHere();
    }

    /**
     * Tells whether its process is gone. The number may have been given to another process since.
     */
    private boolean isGoneFromHere() throws IOException {
        return host.equals(InetAddress.getLocalHost().getHostName())
                && ProcessHandle.of(pid)
                        .filter(
                                process ->
                                        process.info()
                                                .startInstant()
                                                .map(start -> !start.isAfter(startedAt))
                                                .orElse(true))
                        .isEmpty();
    }

    private boolean isGoneFromCluster() throws IOException {
        try {
            JsonNode page = new JobPages(rest, job).get("");
            return page.isMissingNode()
                    || JobStatus.valueOf(page.path("state").asText()).isGloballyTerminalState();
        } catch (IOException e) {
            // A cluster that does not answer may be back in a moment, and the job with it.
            return false;
        }
    }

    /** Tells where it runs, in words: a process, or a job on a cluster. */
    public String where() {
        return sent().map(RemoteJob::toString).orElse("process " + pid + " on " + host);
    }

    public void write(Path file) throws IOException {
        StateFile.write(file, this);
    }
}
