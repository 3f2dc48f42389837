/** Serializers, and what both jobs write besides IoTDB. */
@NullMarked
package io.iotdbmigrate.flink.io;

import org.jspecify.annotations.NullMarked;
