/** Compares what both sides hold: digests, differences, repair. No Flink, JDBC or IoTDB. */
@NullMarked
package io.iotdbmigrate.verify;

import org.jspecify.annotations.NullMarked;
