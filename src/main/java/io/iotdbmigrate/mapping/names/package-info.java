/** The names that look-ups give, as changes of their tables bring them. No I/O. */
@NullMarked
package io.iotdbmigrate.mapping.names;

import org.jspecify.annotations.NullMarked;
