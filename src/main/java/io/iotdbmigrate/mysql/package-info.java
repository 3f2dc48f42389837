/** Everything asked of MySQL through JDBC: schema, positions, chunks, rows. */
@NullMarked
package io.iotdbmigrate.mysql;

import org.jspecify.annotations.NullMarked;
