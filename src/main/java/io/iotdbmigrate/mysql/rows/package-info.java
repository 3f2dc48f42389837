/**
 * Questions to MySQL about rows as a mapping sees them: counts, times, and who stands at a point.
 */
@NullMarked
package io.iotdbmigrate.mysql.rows;

import org.jspecify.annotations.NullMarked;
