/** A first config from a live MySQL schema: guesses that are pure, a writer, and one reader. */
@NullMarked
package io.iotdbmigrate.init;

import org.jspecify.annotations.NullMarked;
