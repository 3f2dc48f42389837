/** What the status and stop commands do. */
@NullMarked
package io.iotdbmigrate.run.status;

import org.jspecify.annotations.NullMarked;
