/** The jobs of verify: both sides summed up, and the rows behind the sums that differ. */
@NullMarked
package io.iotdbmigrate.flink.verify;

import org.jspecify.annotations.NullMarked;
