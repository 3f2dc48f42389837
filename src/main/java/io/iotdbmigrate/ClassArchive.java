package io.iotdbmigrate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The archive of classes that makes later commands start faster. The launcher uses it where there
 * is one; where not, it has Java list the classes that it loads and says by system properties where
 * the archive belongs. Without an archive nothing works differently.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class data
 *     sharing</a>
 */
final class ClassArchive {
    /**
     * Waits until the list is complete, which it is when its Java has ended. A list without a job,
     * as of a dry run, is dropped. Has Java make the archive with little priority, gives it its
     * name when all of it is on the disk, and removes its predecessors. Those of other versions go
     * when they are a month old; who still runs such a version has it made again. While another one
     * makes it, as after two jobs in a row, it leaves it to that one: making takes 10 CPU seconds.
     * One that was cut off keeps others from it for five minutes.
     */
    static final String MAKE =
            """
            list=$2.$1.list new=$2.$1.new n=0
            while kill -0 "$1" 2>/dev/null; do
                n=$((n + 1)); [ $n -lt 100 ] || exit 1
                sleep 0.1
            done
            if grep -q minicluster/MiniCluster "$list" &&
                [ -z "$(find "${2%/*}" -name "${2##*/}.*.new" -mmin -5)" ] && : >"$new" &&
                nice -n 5 "$3" -Xshare:dump -XX:SharedClassListFile="$list" \\
                    -XX:SharedArchiveFile="$new" -Xmx512m -Xlog:disable -cp "$4" &&
                sync "$new"
            then
                made=$2-$(wc -c <"$new").jsa
                mv -f "$new" "$made"
                for old in "$2"-*.jsa; do [ "$old" = "$made" ] || rm -f "$old"; done
                rm -f "$2".*.list "$2".*.new
                find "${2%/*}" -type f -mtime +30 -exec rm -f {} +
            fi
            rm -f "$list" "$new"
            """;

    private ClassArchive() {}

    /**
     * Has it made by a process that begins when this one has ended, or drops the list. Does nothing
     * unless the launcher asks for it.
     *
     * @param endedWell whether the list tells what a job loads
     */
    static void afterThisProcess(boolean endedWell) {
        String archive = System.getProperty("iotdbmigrate.class.archive");
        if (archive == null) {
            return;
        }
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            if (endedWell) {
                make(archive, pid);
            } else {
                Files.deleteIfExists(Path.of(archive + "." + pid + ".list"));
            }
        } catch (IOException e) {
            // not in a field: --help loads nothing of the log
            LoggerFactory.getLogger(ClassArchive.class).info("no archive of classes is made", e);
        }
    }

    private static void make(String archive, String pid) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jars = System.getProperty("java.class.path");
        new ProcessBuilder("sh", "-c", MAKE, "archive of classes", pid, archive, java, jars)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
