/** Row events from MySQL's binlog, by way of the Flink CDC connector. */
@NullMarked
package io.iotdbmigrate.flink.cdc.binlog;

import org.jspecify.annotations.NullMarked;
