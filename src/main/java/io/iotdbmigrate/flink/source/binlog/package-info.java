/** The binlog side of the source: Flink's MySQL CDC connector, and its records in our own form. */
@NullMarked
package io.iotdbmigrate.flink.source.binlog;

import org.jspecify.annotations.NullMarked;
