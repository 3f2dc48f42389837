/** What differs between the servers that speak MySQL's protocol. */
@NullMarked
package io.iotdbmigrate.mysql.dialect;

import org.jspecify.annotations.NullMarked;
