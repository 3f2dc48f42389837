package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.mysql.GtidTags;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.IOException;
import java.util.List;

/**
 * What the server that answers says of itself over the connection that will have its events. A
 * second connection could be to another one.
 */
final class AnsweringServer {
    /** Column of the GTIDs in what tells where the binlog ends. */
    private static final int EXECUTED = 4;

    private final Questions questions;
    private final String uuid;
    private final ChangePosition head;
    private final String executed;

    private AnsweringServer(
            Questions questions, String uuid, ChangePosition head, String executed) {
        this.questions = questions;
        this.uuid = uuid;
        this.head = head;
        this.executed = executed;
    }

    /** A way to run a query: rows of texts. */
    @FunctionalInterface
    interface Questions {
        List<String[]> ask(String sql) throws IOException;
    }

    /** Asks who it is, and where its binlog ends. */
    static AnsweringServer ask(Questions questions) throws IOException {
        Dialect dialect = Dialect.of(questions.ask(Dialect.VERSION).get(0)[0]);
        String identity = questions.ask(dialect.identity()).get(0)[0];
        String[] status = questions.ask(dialect.binlogStatus()).get(0);
        ChangePosition head =
                new ChangePosition(
                        status[0], Long.parseLong(status[1]), Long.parseLong(status[1]), -1, 0);
        String executed = dialect.hasGtidSets() ? status[EXECUTED].replace("\n", "") : "";
        return new AnsweringServer(questions, identity, head, executed);
    }

    String uuid() {
        return uuid;
    }

    /** Tells whether its GTIDs have tags. */
    boolean hasTags() {
        return GtidTags.in(executed);
    }

    /** Returns the end of its binlog. */
    ChangePosition head() {
        return head;
    }

    /** Tells whether its binlog ends before a place, where it had been read already. */
    boolean endsBefore(String file, long offset) {
        int files = ChangePosition.compareFiles(head.file(), file);
        return files < 0 || (files == 0 && head.offset() < offset);
    }

    /** Returns the transactions of a set that it does not have; empty if it has all. */
    String lacks(String gtids) throws IOException {
        return questions
                .ask("SELECT GTID_SUBTRACT('" + gtids + "', '" + executed + "')")
                .get(0)[0]
                .replace("\n", "");
    }

    /** Tells whether it has no transaction that is not in a set. */
    boolean isAllIn(String gtids) throws IOException {
        return questions
                .ask("SELECT GTID_SUBSET('" + executed + "', '" + gtids + "')")
                .get(0)[0]
                .equals("1");
    }
}
