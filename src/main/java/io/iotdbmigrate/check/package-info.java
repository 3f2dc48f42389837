/** Everything that can be known before a row moves. No Flink, no command line. */
@NullMarked
package io.iotdbmigrate.check;

import org.jspecify.annotations.NullMarked;
