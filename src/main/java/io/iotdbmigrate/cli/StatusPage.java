package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.cli.report.html.StatusHtml;
import io.iotdbmigrate.cli.report.html.StatusSample;
import io.iotdbmigrate.cli.web.LiveContent;
import io.iotdbmigrate.cli.web.LiveSite;
import io.iotdbmigrate.run.status.MigrationStatus;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A live page of how a migration stands, with its last minutes. Not thread-safe. */
final class StatusPage implements AutoCloseable {
    private static final int MOST_SAMPLES = 600;

    private final Origin origin;
    private final LiveContent content;
    private final LiveSite site;
    private final Deque<StatusSample> samples = new ArrayDeque<>();
    private @Nullable MigrationStatus seen;
    private Instant seenAt = Instant.EPOCH;
    private boolean away;

    StatusPage(InetSocketAddress address, Origin origin) {
        this.origin = origin;
        this.content =
                new LiveContent(
                        part -> StatusHtml.page(origin, part),
                        StatusHtml.waiting(origin, "waiting for the first look"));
        this.site = new LiveSite(address, content);
    }

    /** Returns what a person types into a browser. */
    String address() {
        return site.address();
    }

    void show(MigrationStatus status) {
        Instant now = Instant.now();
        samples.add(StatusSample.of(status, now, away));
        if (samples.size() > MOST_SAMPLES) {
            samples.remove();
        }
        away = false;
        seen = status;
        seenAt = now;
        content.renew(StatusHtml.part(status, List.copyOf(samples), origin, now, null));
    }

    /** Shows what was seen last, if anything, and why nothing newer is known. */
    void showTrouble(String trouble) {
        away = true;
        content.renew(
                seen == null
                        ? StatusHtml.waiting(origin, trouble)
                        : StatusHtml.part(seen, List.copyOf(samples), origin, seenAt, trouble));
    }

    @Override
    public void close() {
        site.close();
    }
}
