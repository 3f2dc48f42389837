/** Changes as IoTDB gets them: gathered, cleared, written in order. */
@NullMarked
package io.iotdbmigrate.flink.cdc.apply;

import org.jspecify.annotations.NullMarked;
