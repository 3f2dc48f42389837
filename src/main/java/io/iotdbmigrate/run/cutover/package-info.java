/** The ports of cutover, on a real migration. */
@NullMarked
package io.iotdbmigrate.run.cutover;

import org.jspecify.annotations.NullMarked;
