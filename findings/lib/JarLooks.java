import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/**
 * A class loader that notes which classes are in none of its jars: each such look opens all of
 * them. Its main method makes picocli's CommandLine of an empty command and prints those classes.
 * Argument: the folder of jars.
 */
final class JarLooks extends URLClassLoader {
    private final List<String> missing = new ArrayList<>();

    private JarLooks(URL[] jars) {
        super(jars, ClassLoader.getPlatformClassLoader());
    }

    public static void main(String[] arguments) throws Exception {
        File[] jars = new File(arguments[0]).listFiles((folder, name) -> name.endsWith(".jar"));
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toURI().toURL();
        }
        JarLooks looks = new JarLooks(urls);
        Class<?> spec = looks.loadClass("picocli.CommandLine$Model$CommandSpec");
        looks.loadClass("picocli.CommandLine")
                .getConstructor(Object.class)
                .newInstance(spec.getMethod("create").invoke(null));
        System.out.println(looks.missing.isEmpty() ? "none" : String.join(" ", looks.missing));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            return super.findClass(name);
        } catch (ClassNotFoundException e) {
            missing.add(name);
            throw e;
        }
    }
}
