/**
 * Everything asked of IoTDB through its session client. {@link io.iotdbmigrate.iotdb.Target} is the
 * seam to its tree model.
 */
@NullMarked
package io.iotdbmigrate.iotdb;

import org.jspecify.annotations.NullMarked;
