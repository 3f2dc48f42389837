# What quickstart and test share: steps with their time, one sentence on failure, the tools needed.

program=${0##*/}
failed=false
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# A Maven of a minute earns nothing back from Java's second compiler.
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS-}"

# fail CODE SENTENCE
fail() {
    local code=$1
    shift
    failed=true
    printf '%s: %s\n' "$program" "$*" >&2
    exit "$code"
}

require_tools() {
    local version
    [[ $(uname -sm) == 'Linux x86_64' ]] || fail 1 "needs Linux on x86-64; this is $(uname -sm)"
    command -v "$java" >/dev/null || fail 1 "needs a JDK 17 or newer; there is no $java"
    version=$("$java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
    ((${version:-0} >= 17)) || fail 1 "needs a JDK 17 or newer; $java is version ${version:-unknown}"
    command -v "${java}c" >/dev/null || fail 1 "needs a JDK; $java has no javac beside it"
    command -v mvn >/dev/null || fail 1 "needs Maven; there is no mvn on PATH"
}

# now_ms: EPOCHREALTIME has a point or a comma before its six digits.
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# took MILLISECONDS: as 12.3 s or 2 min 05 s
took() {
    if (($1 < 100000)); then
        printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100))
    else
        printf '%d min %02d s' $(($1 / 60000)) $(($1 / 1000 % 60))
    fi
}

# step TITLE LOG COMMAND...: one line that ends with the time it took; on a terminal the time runs.
step() {
    local title=$1 log=$2 started status=0
    shift 2
    started=$(now_ms)
    printf '  %-56s' "$title"
    if [[ -t 1 ]]; then run_clock "$title" "$started" & clock=$!; fi
    "$@" >>"$log" 2>&1 || status=$?
    stop_clock
    if [[ -t 1 ]]; then printf '\r  %-56s' "$title"; fi
    printf '%12s\n' "$(took $(($(now_ms) - started)))"
    return $status
}

run_clock() {
    while sleep 1; do printf '\r  %-56s%12s' "$1" "$(took $(($(now_ms) - $2)))"; done
}

stop_clock() {
    if [[ -n ${clock-} ]]; then
        kill -KILL "$clock" 2>/dev/null || true # TERM may be ignored by now
        wait "$clock" 2>/dev/null || true
        clock=
    fi
}
