/** What a migration left behind, read from its journal and its state folder. */
@NullMarked
package io.iotdbmigrate.run.history;

import org.jspecify.annotations.NullMarked;
