package io.iotdbmigrate.flink.cluster;

import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** A way for a cluster to come by the code of our jobs. */
@FunctionalInterface
interface JobCode {
    /** Sends {@code job.jar} with each job. */
    JobCode SENT = graph -> graph.addJar(new Path(JobJar.find().toUri()));

    /** Adds the code, or where the cluster finds it, to a job. */
    void addTo(JobGraph graph) throws Exception;
}
