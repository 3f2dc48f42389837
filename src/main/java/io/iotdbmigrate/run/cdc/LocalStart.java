package io.iotdbmigrate.run.cdc;

/** A way to start the replication of a state folder on this machine again. */
@FunctionalInterface
public interface LocalStart {

    /**
     * Returns when the state folder knows of the job.
     *
     * @throws io.iotdbmigrate.model.UserException if it does not start
     */
    void start() throws Exception;
}
