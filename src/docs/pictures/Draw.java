import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws boxes and arrows from a text file as SVG; the head of {@code way.txt} has the words. */
final class Draw {
    private static final int LINE_HEIGHT = 18;

    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final List<String> arrows = new ArrayList<>();
    private String size = "";

    private record Box(int left, int top, int width, int height, String kind, String[] lines) {}

    private record Point(int x, int y) {}

    public static void main(String[] args) throws IOException {
        Draw draw = new Draw();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                draw.read(line.strip());
            }
        }
        Files.writeString(Path.of(args[1]), draw.svg());
    }

    private void read(String line) {
        String[] words = line.split("\\s+", 4);
        switch (words[0]) {
            case "size" -> size = words[1] + " " + words[2];
            case "box" -> box(line.split("\\s+", 8));
            case "arrow" -> arrows.add(arrow(point(words[1]), point(words[2]), words[3]));
            default -> throw new IllegalArgumentException("what is " + words[0] + " in: " + line);
        }
    }

    private void box(String[] words) {
        int[] n = new int[4];
        for (int i = 0; i < n.length; i++) {
            n[i] = Integer.parseInt(words[i + 2]);
        }
        boxes.put(words[1], new Box(n[0], n[1], n[2], n[3], words[6], words[7].split(" \\| ")));
    }

    private Point point(String text) {
        String[] parts = text.split("[.]|(?=[+-])");
        Box box = boxes.get(parts[0]);
        int shift = parts.length > 2 ? Integer.parseInt(parts[2]) : 0;
        int middle = box.left + box.width / 2 + shift;
        int half = box.top + box.height / 2 + shift;
        return switch (parts[1]) {
            case "left" -> new Point(box.left, half);
            case "right" -> new Point(box.left + box.width, half);
            case "top" -> new Point(middle, box.top);
            case "bottom" -> new Point(middle, box.top + box.height);
            default -> throw new IllegalArgumentException("no such side: " + text);
        };
    }

    private static String arrow(Point from, Point to, String text) {
        boolean corner = Math.abs(from.x - to.x) > 5 && Math.abs(from.y - to.y) > 60;
        String way =
                corner
                        ? "M%d,%d V%d H%d".formatted(from.x, from.y, to.y, to.x)
                        : "M%d,%d L%d,%d".formatted(from.x, from.y, to.x, to.y);
        int x = (from.x + to.x) / 2;
        int y = corner ? to.y : (from.y + to.y) / 2;
        boolean upright = from.x == to.x;
        return """
                 <path d="%s" class="way" marker-end="url(#head)"/>
                 <text x="%d" y="%d" class="%s">%s</text>
               """
                .formatted(
                        way,
                        x + (upright ? 8 : 0),
                        y - (upright ? 0 : 8),
                        upright ? "side" : "small",
                        escaped(text));
    }

    private String svg() {
        String[] wh = size.split(" ");
        StringBuilder out =
                new StringBuilder(HEAD.formatted(wh[0], wh[1], wh[0], wh[1], wh[0], wh[1]));
        arrows.forEach(out::append);
        boxes.values().forEach(box -> out.append(drawn(box)));
        return out.append("</svg>\n").toString();
    }

    private static String drawn(Box box) {
        StringBuilder out = new StringBuilder();
        out.append(
                "  <rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" class=\"%s\"/>%n"
                        .formatted(box.left, box.top, box.width, box.height, box.kind));
        int x = box.left + box.width / 2;
        int y = box.top + box.height / 2 - (box.lines.length - 1) * LINE_HEIGHT / 2 + 5;
        for (int i = 0; i < box.lines.length; i++) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "  <text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>%n",
                            x,
                            y + i * LINE_HEIGHT,
                            i == 0 ? "title" : "small",
                            escaped(box.lines[i].strip())));
        }
        return out.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static final String HEAD =
            """
<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" font-family="sans-serif">
  <defs>
    <marker id="head" markerWidth="10" markerHeight="8" refX="9" refY="4" orient="auto"><path d="M0,0 L10,4 L0,8 z" fill="#555"/></marker>
  </defs>
  <style>
    .server { fill: #e8f0fe; stroke: #3367d6; stroke-width: 1.5 }
    .tool { fill: #e6f4ea; stroke: #188038; stroke-width: 1.5 }
    .person { fill: #fef7e0; stroke: #b06000; stroke-width: 1.5 }
    .way { fill: none; stroke: #555; stroke-width: 1.5 }
    text { text-anchor: middle; fill: #202124 }
    .title { font-size: 16px; font-weight: bold }
    .small { font-size: 13px }
    .side { font-size: 13px; text-anchor: start }
  </style>
  <rect width="%s" height="%s" fill="#fff"/>
""";
}
