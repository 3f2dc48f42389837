/** The binlog: what a server must be like, its positions, and what is behind one. */
@NullMarked
package io.iotdbmigrate.mysql.binlog;

import org.jspecify.annotations.NullMarked;
