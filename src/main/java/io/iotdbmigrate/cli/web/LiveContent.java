package io.iotdbmigrate.cli.web;

import java.util.function.UnaryOperator;

/** What a live page shows, renewed by one thread and awaited by others. Thread-safe. */
public final class LiveContent {
    private final UnaryOperator<String> frame;
    private String html;
    private long number;
    private boolean ended;

    /**
     * @param frame makes a whole page of its changing part
     * @param first that part before anything is known
     */
    public LiveContent(UnaryOperator<String> frame, String first) {
        this.frame = frame;
        this.html = first;
    }

    /**
     * One state of the changing part.
     *
     * @param number grows with each
     * @param last whether there will be no other, and this is none either
     */
    record Part(long number, String html, boolean last) {}

    /** Renews the changing part. */
    public synchronized void renew(String part) {
        html = part;
        number++;
        notifyAll();
    }

    synchronized String page() {
        return frame.apply(html);
    }

    /** Waits for a state newer than one. */
    synchronized Part after(long seen) throws InterruptedException {
        while (number <= seen && !ended) {
            wait();
        }
        return new Part(number, html, ended);
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
