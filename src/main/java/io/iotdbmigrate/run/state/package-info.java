/** The files of the state folder. */
@NullMarked
package io.iotdbmigrate.run.state;

import org.jspecify.annotations.NullMarked;
