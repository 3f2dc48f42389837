/** Flink itself: clusters in this process and elsewhere, their settings, jobs and metrics. */
@NullMarked
package io.iotdbmigrate.flink.cluster;

import org.jspecify.annotations.NullMarked;
