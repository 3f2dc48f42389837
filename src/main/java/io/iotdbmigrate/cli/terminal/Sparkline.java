package io.iotdbmigrate.cli.terminal;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Locale;

/** A line of small bars for the last values of something; not thread-safe. */
public final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int MOST_VALUES = 40;

    private final boolean blocks;
    private final Deque<Long> values = new ArrayDeque<>();

    /**
     * @param blocks whether the terminal has characters of bars; otherwise words say the same
     */
    public Sparkline(boolean blocks) {
        this.blocks = blocks;
    }

    /**
     * Takes the newest value.
     *
     * @param value 0 or more
     */
    public void add(long value) {
        values.add(value);
        if (values.size() > MOST_VALUES) {
            values.remove();
        }
    }

    /** Returns the bars and between which values they are; empty before there are two. */
    public String text() {
        if (values.size() < 2) {
            return "";
        }
        long least = Collections.min(values);
        long most = Collections.max(values);
        String range = String.format(Locale.ROOT, "%,d to %,d", least, most);
        if (!blocks) {
            return range + " in the last " + values.size() + " looks";
        }
        StringBuilder bars = new StringBuilder();
        for (long value : values) {
            int height = most == 0 ? 0 : (int) ((BARS.length() - 1) * (double) value / most);
            bars.append(BARS.charAt(height));
        }
        return bars + "  " + range;
    }
}
