/** The unbounded job that replicates changes. */
@NullMarked
package io.iotdbmigrate.flink.cdc;

import org.jspecify.annotations.NullMarked;
