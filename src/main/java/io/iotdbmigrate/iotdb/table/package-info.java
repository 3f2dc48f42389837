/** IoTDB's tables of the table model as a target. */
@NullMarked
package io.iotdbmigrate.iotdb.table;

import org.jspecify.annotations.NullMarked;
