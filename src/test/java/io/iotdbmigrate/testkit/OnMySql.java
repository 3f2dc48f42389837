package io.iotdbmigrate.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has the tests of a class run on another version of MySQL than the others. Where it cannot be had,
 * they are skipped. A class that asks for a MariaDB takes the servers of this JVM if they are one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnMySql {
    /** The version, as {@code scripts/sandbox up --mysql} takes it. */
    String value();

    /** Returns options of the server, {@code name=value}. */
    String[] options() default {};
}
