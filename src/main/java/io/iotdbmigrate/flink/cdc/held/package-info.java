/** The times of the rows that tables hold, for those that lose all their rows at once. */
@NullMarked
package io.iotdbmigrate.flink.cdc.held;

import org.jspecify.annotations.NullMarked;
