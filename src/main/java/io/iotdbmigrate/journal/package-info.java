/** What the tool notes about a migration in IoTDB, and under which keys. */
@NullMarked
package io.iotdbmigrate.journal;

import org.jspecify.annotations.NullMarked;
