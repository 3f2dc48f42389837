/** Reads MySQL chunk by chunk: a FLIP-27 source on flink-connector-base. */
@NullMarked
package io.iotdbmigrate.flink.source;

import org.jspecify.annotations.NullMarked;
