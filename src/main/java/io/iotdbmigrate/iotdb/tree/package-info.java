/** IoTDB's tree of series as a target. */
@NullMarked
package io.iotdbmigrate.iotdb.tree;

import org.jspecify.annotations.NullMarked;
