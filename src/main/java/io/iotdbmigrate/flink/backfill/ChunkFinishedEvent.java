package io.iotdbmigrate.flink.backfill;

import org.apache.flink.api.connector.source.SourceEvent;

/** A reader tells the enumerator that it has read a chunk to its end. */
record ChunkFinishedEvent(int mapping, long rows) implements SourceEvent {}
