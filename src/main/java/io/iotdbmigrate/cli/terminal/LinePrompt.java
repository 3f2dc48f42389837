package io.iotdbmigrate.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lines of a stream. A read cannot be interrupted, so a thread of its own reads; it ends with the
 * process.
 */
final class LinePrompt implements Prompt {
    private final BufferedReader in;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private boolean reading;

    LinePrompt(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> readLine() throws InterruptedException {
        begin();
        Optional<String> line = lines.take();
        if (line.isEmpty()) {
            lines.add(line);
        }
        return line;
    }

    private synchronized void begin() {
        if (!reading) {
            reading = true;
            Thread reader = new Thread(this::readAll, "prompt");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void readAll() {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // As if it had ended: nobody can answer any more.
        }
        lines.add(Optional.empty());
    }
}
