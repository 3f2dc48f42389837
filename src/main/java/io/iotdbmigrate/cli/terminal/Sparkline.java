package io.iotdbmigrate.cli.terminal;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** A line of small bars for the last values of something; not thread-safe. */
public final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String GAP = "  ";
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

    /**
     * Returns the bars and between which values they are; empty before there are two.
     *
     * @param room characters; where few fit, bars of older values are left out
     */
    public String text(int room) {
        if (values.size() < 2) {
            return "";
        }
        List<Long> shown = List.copyOf(values);
        if (!blocks) {
            return range(shown) + " in the last " + shown.size() + " looks";
        }
        while (shown.size() > 1 && line(shown).length() > room) {
            shown = shown.subList(1, shown.size());
        }
        return shown.size() > 1 ? line(shown) : range(List.copyOf(values));
    }

    private static String line(List<Long> values) {
        long most = Collections.max(values);
        StringBuilder bars = new StringBuilder();
        for (long value : values) {
            int height = most == 0 ? 0 : (int) ((BARS.length() - 1) * (double) value / most);
            bars.append(BARS.charAt(height));
        }
        return bars + GAP + range(values);
    }

    private static String range(List<Long> values) {
        return String.format(
                Locale.ROOT, "%,d to %,d", Collections.min(values), Collections.max(values));
    }
}
