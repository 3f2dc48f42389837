package io.iotdbmigrate.cutover;

import java.util.function.UnaryOperator;

/** What a running step knows and adds. Void once the step has been given up. */
interface Notes {
    Facts facts();

    /** Adds what the next journal entry will have. */
    void add(UnaryOperator<Facts> change);

    /** Adds it and returns when the journal has it. */
    void addNow(UnaryOperator<Facts> change) throws Exception;

    /** Says something to people, and in the report. */
    void remark(String sentence);
}
