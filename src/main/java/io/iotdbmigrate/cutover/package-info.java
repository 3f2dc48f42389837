/**
 * The switch from MySQL to IoTDB: steps that can be undone, the runner, and the ports behind which
 * MySQL, IoTDB and the CDC job are. Knows none of them.
 */
@NullMarked
package io.iotdbmigrate.cutover;

import org.jspecify.annotations.NullMarked;
