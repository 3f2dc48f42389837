/** The job that notes which rows MySQL has changed. */
@NullMarked
package io.iotdbmigrate.flink.touched;

import org.jspecify.annotations.NullMarked;
