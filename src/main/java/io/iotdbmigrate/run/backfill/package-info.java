/** What the backfill command does. */
@NullMarked
package io.iotdbmigrate.run.backfill;

import org.jspecify.annotations.NullMarked;
