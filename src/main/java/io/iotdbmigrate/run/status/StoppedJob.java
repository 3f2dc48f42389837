package io.iotdbmigrate.run.status;

import java.util.Optional;

/**
 * What {@code stop} has stopped.
 *
 * @param command cdc or backfill
 * @param place URI of the savepoint of a cdc, or of its last checkpoint if it did not run, or of
 *     the newest checkpoint of a backfill; empty if there was none
 */
public record StoppedJob(String command, Optional<String> place) {}
