/** Pausing of MySQL's writes. */
@NullMarked
package io.iotdbmigrate.mysql.gate;

import org.jspecify.annotations.NullMarked;
