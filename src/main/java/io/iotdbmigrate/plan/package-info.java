/** The plan of a migration: tables as MySQL has them, mapped by the config. */
@NullMarked
package io.iotdbmigrate.plan;

import org.jspecify.annotations.NullMarked;
