package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillGraph;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.cluster.Checkpoints;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.flink.io.RejectedFiles;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The Flink job of one backfill, from its graph to what it leaves behind.
 *
 * @param runDir its checkpoints and work files
 */
record BackfillJob(MigrationConfig config, StateFolder state, BackfillSpec spec, String runDir) {

    /**
     * @param checkpoint to go on from
     */
    JobGraph graph(Optional<String> checkpoint) {
        Configuration settings =
                FlinkSettings.job(config.flink(), config.flink().backfillInterval(), runDir);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
        BackfillGraph.build(env, spec);
        StreamGraph stream = env.getStreamGraph();
        stream.setJobName("iotdb-migrate backfill " + config.name());
        JobGraph graph = stream.getJobGraph();
        checkpoint.ifPresent(
                path ->
                        graph.setSavepointRestoreSettings(
                                SavepointRestoreSettings.forPath(path, false)));
        return graph;
    }

    /**
     * Stays with the job to its end.
     *
     * @param graph any of this spec: the vertices' ids are derived from the operators' uids
     */
    BackfillOutcome follow(
            FlinkCluster cluster, JobID job, JobGraph graph, BackfillListener listener)
            throws Exception {
        JobVertexID source = graph.getVerticesSortedTopologicallyFromSources().get(0).getID();
        JobStatus status;
        try {
            status = new BackfillWatch(cluster, spec, listener).untilEnd(job, source);
        } finally {
            RejectedFiles.merge(spec.workDir(), state.rejectedRows());
        }
        return status == JobStatus.FINISHED
                ? collect(finished())
                : new BackfillOutcome.Stopped(Checkpoints.newest(runDir).isPresent());
    }

    private BackfillJournal.Finished finished() throws IOException {
        try (Journal journal = Journal.of(config)) {
            return BackfillJournal.finished(journal.entries(), spec.runId())
                    .orElseThrow(() -> new IOException("no finished entry in the journal"));
        }
    }

    /** Returns what is left to do here when the job has finished. */
    BackfillOutcome collect(BackfillJournal.Finished finished) throws IOException {
        RejectedFiles.merge(spec.workDir(), state.rejectedRows());
        Path folder = new Path(runDir);
        folder.getFileSystem().delete(folder, true);
        Files.deleteIfExists(state.backfillRunFile());
        return new BackfillOutcome.Finished(BackfillReports.of(config, spec, finished));
    }
}
