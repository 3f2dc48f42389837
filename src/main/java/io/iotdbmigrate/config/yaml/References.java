package io.iotdbmigrate.config.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that replace {@code ${env:NAME}} and {@code ${file:PATH}} by what they stand for.
 * Failures name the variable or the file and never show a value.
 */
public final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final Pattern LOOKS_LIKE_ONE = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern NEWLINES_AT_END = Pattern.compile("[\\r\\n]+\\z");

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder where relative paths of {@code ${file:PATH}} begin
     */
    public References(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    public static boolean in(String text) {
        return REFERENCE.matcher(text).find();
    }

    public String resolve(String text) throws UnresolvedException {
        if (LOOKS_LIKE_ONE.matcher(text).matches() && !REFERENCE.matcher(text).matches()) {
            throw new UnresolvedException(
                    "looks like a reference, but is neither ${env:NAME} nor ${file:PATH}; write one"
                            + " of these two");
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2);
            String value = matcher.group(1).equals("env") ? variable(name) : content(name);
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String variable(String name) throws UnresolvedException {
        String value = environment.get(name);
        if (value == null) {
            throw new UnresolvedException(
                    "the environment variable " + name + " is not set; set it before the start");
        }
        return value;
    }

    private String content(String name) throws UnresolvedException {
        try {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                throw new UnresolvedException(
                        "the file " + file + " does not exist; create it or correct ${file:PATH}");
            }
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new UnresolvedException(
                        "the file "
                                + file
                                + " cannot be read; it must be a file this user may read");
            }
            return NEWLINES_AT_END.matcher(Files.readString(file)).replaceFirst("");
        } catch (CharacterCodingException e) {
            throw new UnresolvedException(
                    "the file " + name + " is not UTF-8 text; save it as such");
        } catch (IOException | InvalidPathException e) {
            throw new UnresolvedException(
                    "the file " + name + " cannot be read; it must be a file this user may read");
        }
    }

    /** An exception whose message is a sentence about the reference, without a value. */
    static final class UnresolvedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnresolvedException(String sentence) {
            super(sentence);
        }
    }
}
