package io.iotdbmigrate.config.yaml;

import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * From text to YAML nodes. A syntax error becomes one sentence with its place; the line itself is
 * never quoted, because a password may stand in it.
 */
public final class YamlSyntax {
    private static final int MOST_ALIASES = 50;

    private YamlSyntax() {}

    /** Parses the root of the file; null for a file without content. */
    public static @Nullable Node compose(String fileName, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
        try {
            // Not by the class Yaml, which makes a constructor of objects: that looks into each
            // jar.
            ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
            return new Composer(parser, new Resolver(), options).getSingleNode();
        } catch (MarkedYAMLException e) {
            throw broken(fileName, e.getProblemMark(), sentence(e));
        } catch (ReaderException e) {
            throw illegalCharacter(fileName, text, e);
        } catch (YAMLException e) {
            throw new ConfigException(
                    fileName,
                    List.of(
                            new ConfigProblem(
                                    "",
                                    0,
                                    0,
                                    "is too large or too deeply nested for a config file; write it"
                                            + " without so many aliases (*name).")));
        }
    }

    private static String sentence(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        String opened =
                e.getContextMark() == null
                        ? ""
                        : " opened on line " + (e.getContextMark().getLine() + 1);
        if (problem.contains("\\t") || problem.contains("TAB")) {
            return "a tab is used for indentation; use spaces.";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a colon stands where no key can be; correct the indentation, or put the value"
                    + " into quotes if the colon belongs to it.";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a colon is missing after a key; write key: value.";
        }
        if (problem.contains("expected ',' or")) {
            return "a bracket or brace" + opened + " is not closed; close it.";
        }
        if (problem.contains("unexpected end of stream")) {
            return "a quoted text" + opened + " is not closed; close it.";
        }
        if (problem.contains("that cannot start any token")) {
            return "a value begins with a character that YAML reserves; put the value into quotes.";
        }
        if (problem.contains("found undefined alias")) {
            return "a value begins with *, which YAML reads as an alias; put the value into quotes.";
        }
        if (problem.contains("found unknown escape character")) {
            return "a text in double quotes has a backslash that YAML does not know; use single"
                    + " quotes.";
        }
        if (problem.contains("expected <block end>")
                || problem.contains("expected <document start>")) {
            return "the indentation of this line fits no line above it; align it with its"
                    + " neighbours.";
        }
        if (problem.contains("but found another document")) {
            return "a second YAML document begins here (---); keep one.";
        }
        return "this is not valid YAML; check quotes, brackets and indentation on this line and"
                + " the one above.";
    }

    private static ConfigException illegalCharacter(
            String fileName, String text, ReaderException e) {
        String before = text.substring(0, Math.min(e.getPosition(), text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - (before.lastIndexOf('\n') + 1);
        return new ConfigException(
                fileName,
                List.of(
                        new ConfigProblem(
                                "",
                                line + 1,
                                column + 1,
                                "an invisible control character stands here; delete it.")));
    }

    private static ConfigException broken(String fileName, @Nullable Mark mark, String sentence) {
        int line = mark == null ? 0 : mark.getLine() + 1;
        int column = mark == null ? 0 : mark.getColumn() + 1;
        return new ConfigException(
                fileName, List.of(new ConfigProblem("", line, column, sentence)));
    }
}
