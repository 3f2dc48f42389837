package io.iotdbmigrate.mapping;

import io.iotdbmigrate.mapping.TemplateNode.Part;
import java.util.ArrayList;
import java.util.List;

/** A parser of {@code device_template}, which splits at the dots outside braces and backticks. */
final class TemplateParser {
    private final String template;
    private final List<TemplateNode> nodes = new ArrayList<>();
    private List<Part> parts = new ArrayList<>();
    private String separator = "";
    private final StringBuilder literal = new StringBuilder();

    private TemplateParser(String template) {
        this.template = template;
    }

    /** Reads a template that the config loader has found well-formed. */
    static List<TemplateNode> nodes(String template) {
        TemplateParser parser = new TemplateParser(template);
        parser.parse();
        return parser.nodes;
    }

    private void parse() {
        boolean quoted = false;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '`') {
                if (quoted && i + 1 < template.length() && template.charAt(i + 1) == '`') {
                    literal.append('`');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == '{' && !quoted) {
                endLiteral();
                int end = template.indexOf('}', i);
                addColumn(template.substring(i + 1, end));
                i = end;
            } else if (c == '.' && !quoted) {
                endNode();
            } else {
                literal.append(c);
            }
        }
        endNode();
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Part(false, literal.toString()));
            literal.setLength(0);
        }
    }

    private void addColumn(String name) {
        boolean splits = name.endsWith("/") || name.endsWith(".");
        int end = splits ? name.length() - 1 : name.length();
        if (splits) {
            separator = name.substring(end);
        }
        parts.add(new Part(true, name.substring(0, end)));
    }

    private void endNode() {
        endLiteral();
        nodes.add(new TemplateNode(parts, separator));
        parts = new ArrayList<>();
        separator = "";
    }
}
