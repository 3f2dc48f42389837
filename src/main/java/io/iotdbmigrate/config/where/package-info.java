/** The text of {@code where} of a mapping, and what it says; knows no table. */
@NullMarked
package io.iotdbmigrate.config.where;

import org.jspecify.annotations.NullMarked;
