package io.iotdbmigrate.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** For scripts: each line of progress on stdout as soon as it is there, sentences on stderr. */
public final class JsonLinesArea implements ProgressArea {
    private final PrintWriter out;
    private final PrintWriter err;

    public JsonLinesArea(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void show(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    @Override
    public void print(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
