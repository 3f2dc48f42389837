/** Runs job graphs on an embedded MiniCluster and watches them. */
@NullMarked
package io.iotdbmigrate.flink.launch;

import org.jspecify.annotations.NullMarked;
