/** Config and MySQL schema to decisions, and a MySQL row to a row for IoTDB. No I/O. */
@NullMarked
package io.iotdbmigrate.mapping;

import org.jspecify.annotations.NullMarked;
