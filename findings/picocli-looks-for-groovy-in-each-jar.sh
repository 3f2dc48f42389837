#!/usr/bin/env bash
# Expected: making the parser of a command needs picocli's own jar.
# Seen: it asks for groovy.lang.Closure, which is in no jar of a Java program. To know that, Java opens every
# jar of the class path and reads its list of entries: with 79 jars and 70,000 entries a --help took 0.72 s of
# processor time with that look and 0.60 s without (src/docs/performance.md).
# The system property picocli.disable.closures=true ends that.
# iotdb-migrate sets it before it makes the first parser (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "picocli 4.7.7" \
    "a parser is made without a look for classes of others" \
    "each program looks for Groovy in all its jars, unless picocli.disable.closures is true"
jars picocli info.picocli:picocli:4.7.7
same "classes looked for and not found" groovy.lang.Closure \
    "$(run_java picocli "$lib/JarLooks.java" "$work/picocli")"
export JAVA_TOOL_OPTIONS=-Dpicocli.disable.closures=true
same "the same with the property" none "$(run_java picocli "$lib/JarLooks.java" "$work/picocli")"
stands
