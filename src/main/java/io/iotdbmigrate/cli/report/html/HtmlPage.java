package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.body;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;
import static java.nio.charset.StandardCharsets.UTF_8;

import j2html.TagCreator;
import j2html.tags.DomContent;
import j2html.tags.specialized.MainTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page of its own: what it needs is in it, and its policy forbids a browser to load or run
 * anything else. All text is escaped.
 */
final class HtmlPage {
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");
    private static final String LIVE_SCRIPT = resource("live.js");
    private static final String POLICY =
            "default-src 'none'; style-src "
                    + hash(STYLE)
                    + "; base-uri 'none'; form-action 'none'; script-src ";

    private final String title;
    private final MainTag content = main();

    /** What a headline says at a glance; never by its colour alone. */
    enum Mood {
        GOOD("good", "✓"),
        ATTENTION("attention", "!"),
        BAD("bad", "✗");

        private final String type;
        private final String sign;

        Mood(String type, String sign) {
            this.type = type;
            this.sign = sign;
        }
    }

    /**
     * @param kind of report, for the window's title
     */
    HtmlPage(String kind, Origin origin) {
        this.title = kind + " of " + origin.migration();
        content.with(
                p(title + ": from " + origin.source() + " to " + origin.target())
                        .withClass("origin"));
    }

    HtmlPage headline(Mood mood, String text) {
        content.with(
                h1(
                                span(mood.sign).withClass("sign").attr("aria-hidden", "true"),
                                span().with(Words.of(text)))
                        .withId("headline")
                        .withClass(mood.type));
        return this;
    }

    HtmlPage paragraph(String text) {
        content.with(p().with(Words.of(text)));
        return this;
    }

    /** Adds a list of sentences under a title; nothing if there are none. */
    HtmlPage list(String id, String heading, List<String> sentences) {
        if (!sentences.isEmpty()) {
            section(
                    id,
                    heading,
                    ul().with(sentences.stream().map(s -> li().with(Words.of(s))).toList()));
        }
        return this;
    }

    HtmlPage section(String id, String heading, DomContent... parts) {
        content.with(TagCreator.section(h2().with(Words.of(heading))).with(parts).withId(id));
        return this;
    }

    /** Returns the page with a sentence at its end. */
    String render(String written) {
        return document(title, content, written, POLICY + hash(SCRIPT), SCRIPT);
    }

    /** Returns the part of a live page that changes. */
    String part() {
        return content.render();
    }

    /**
     * Returns a page that asks where it came from for its newest part.
     *
     * @param part see {@link #part}
     */
    static String live(String title, String part, String written) {
        return document(
                title,
                rawHtml(part),
                written,
                POLICY + hash(LIVE_SCRIPT) + "; connect-src 'self'",
                LIVE_SCRIPT);
    }

    private static String document(
            String title, DomContent content, String written, String policy, String script) {
        return TagCreator.document(
                html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().attr("http-equiv", "Content-Security-Policy")
                                                .withContent(policy),
                                        meta().withName("viewport")
                                                .withContent("width=device-width, initial-scale=1"),
                                        meta().withName("color-scheme").withContent("light dark"),
                                        title(title),
                                        TagCreator.style(rawHtml(STYLE))),
                                body(
                                        content,
                                        footer(p().with(Words.of(written))),
                                        TagCreator.script(rawHtml(script))))
                        .withLang("en"));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
