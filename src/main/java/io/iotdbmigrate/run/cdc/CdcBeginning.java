package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.run.state.CdcRunFile;
import java.util.List;
import java.util.Optional;

/**
 * The place where a replication begins.
 *
 * @param file what the state folder is to hold of the run
 * @param start where the binlog is read from
 * @param checkpoint that the job is restored from; empty: it begins afresh
 * @param runDir folder of the run's checkpoints and savepoints
 * @param words the place for a person
 * @param gone tables that MySQL has no more and whose rows in the binlog are read nevertheless
 */
record CdcBeginning(
        CdcRunFile file,
        CdcStart start,
        Optional<String> checkpoint,
        String runDir,
        String words,
        List<TableId> gone) {}
