/** The command line: one command per file. No Flink, JDBC or IoTDB import. */
@NullMarked
package io.iotdbmigrate.cli;

import org.jspecify.annotations.NullMarked;
