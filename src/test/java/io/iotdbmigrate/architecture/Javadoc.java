package io.iotdbmigrate.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The first words of a Javadoc comment, as javac's parser sees it.
 *
 * @param kind of what it describes
 * @param place {@code file:line}
 * @param name of what it describes
 * @param text its first sentence, with tags as they are written
 */
record Javadoc(Kind kind, String place, String name, String text) {
    /** What a comment describes. */
    enum Kind {
        TYPE,
        METHOD
    }

    /** Reads all comments of methods, constructors and types below a folder of sources. */
    static List<Javadoc> below(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(folder)) {
            sources = files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    d -> {},
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            List<Javadoc> found = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Comments(docs, unit, found).scan(unit, null);
            }
            return found;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The first word, without punctuation. */
    String firstWord() {
        return text.split("[^\\p{L}'{@-]+", 2)[0];
    }

    @Override
    public String toString() {
        return place + " " + name + ": " + text;
    }

    private static final class Comments extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final CompilationUnitTree unit;
        private final List<Javadoc> found;

        Comments(DocTrees docs, CompilationUnitTree unit, List<Javadoc> found) {
            this.docs = docs;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            add(Kind.TYPE, type, type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            add(Kind.METHOD, method, method.getName().toString());
            return super.visitMethod(method, null);
        }

        private void add(Kind kind, Tree tree, String name) {
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment == null || comment.getFirstSentence().isEmpty()) {
                return;
            }
            long line =
                    unit.getLineMap()
                            .getLineNumber(docs.getSourcePositions().getStartPosition(unit, tree));
            String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
            String text =
                    comment.getFirstSentence().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining());
            found.add(new Javadoc(kind, file + ":" + line, name, text.replaceAll("\\s+", " ")));
        }
    }
}
