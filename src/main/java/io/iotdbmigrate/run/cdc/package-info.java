/** What the cdc command does. */
@NullMarked
package io.iotdbmigrate.run.cdc;

import org.jspecify.annotations.NullMarked;
