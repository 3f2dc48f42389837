/** What the verify command does. */
@NullMarked
package io.iotdbmigrate.run.verify;

import org.jspecify.annotations.NullMarked;
