/** Job graphs and what travels through them. The only package tree that imports Flink. */
@NullMarked
package io.iotdbmigrate.flink;

import org.jspecify.annotations.NullMarked;
