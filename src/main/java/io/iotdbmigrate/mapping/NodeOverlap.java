package io.iotdbmigrate.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether two nodes of templates have a name in common. A node is taken as a row of tokens: a
 * letter, any letter, or any letters; a column, which is never empty, is the second and the third.
 */
final class NodeOverlap {
    private static final int ANY = -1;
    private static final int SOME = -2;

    private final List<Integer> one;
    private final List<Integer> other;

    private NodeOverlap(List<Integer> one, List<Integer> other) {
        this.one = one;
        this.other = other;
    }

    static boolean between(TemplateNode one, TemplateNode other) {
        if (one.isFixed() && other.isFixed()) {
            return one.equals(other);
        }
        return new NodeOverlap(tokens(one), tokens(other)).meet();
    }

    private static List<Integer> tokens(TemplateNode node) {
        List<Integer> tokens = new ArrayList<>();
        for (TemplateNode.Part part : node.parts()) {
            if (part.isColumn()) {
                tokens.add(ANY);
                tokens.add(SOME);
            } else {
                part.text().chars().forEach(tokens::add);
            }
        }
        return tokens;
    }

    /** Fills a table from the ends of both: whether what is left of them can be the same text. */
    private boolean meet() {
        boolean[][] meets = new boolean[one.size() + 1][other.size() + 1];
        for (int i = one.size(); i >= 0; i--) {
            for (int j = other.size(); j >= 0; j--) {
                meets[i][j] = meets(meets, i, j);
            }
        }
        return meets[0][0];
    }

    private boolean meets(boolean[][] meets, int i, int j) {
        boolean oneEnds = i == one.size();
        boolean otherEnds = j == other.size();
        if (oneEnds && otherEnds) {
            return true;
        }
        if (!oneEnds && one.get(i) == SOME) {
            return meets[i + 1][j] || (!otherEnds && meets[i][j + 1]);
        }
        if (!otherEnds && other.get(j) == SOME) {
            return meets[i][j + 1] || (!oneEnds && meets[i + 1][j]);
        }
        return !oneEnds && !otherEnds && same(one.get(i), other.get(j)) && meets[i + 1][j + 1];
    }

    private static boolean same(int a, int b) {
        return a == b || a == ANY || b == ANY;
    }
}
