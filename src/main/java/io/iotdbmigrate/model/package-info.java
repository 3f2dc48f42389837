/** Rows, positions, keys and findings: what every other package speaks of. Knows java only. */
@NullMarked
package io.iotdbmigrate.model;

import org.jspecify.annotations.NullMarked;
