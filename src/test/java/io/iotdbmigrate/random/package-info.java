/**
 * A test of replication by chance: an application whose statements come from a seed, and what
 * befalls it meanwhile. A further kind of statement is a further constant of {@link RowChange} or
 * {@link UnitKind}, a further mishap one of {@link Mishap}.
 */
package io.iotdbmigrate.random;
