# Processes of one sandbox: $dir/run/NAME.pid holds the id and the start time of each, so that a
# reused process id is never mistaken for ours.

say() { printf '%s\n' "sandbox: $*" >&2; }

fail() {
    local code=$1
    shift
    say "$*"
    exit "$code"
}

now() { echo "$EPOCHSECONDS"; }

# Waits a moment, as sleep would, but without a process for it.
exec {never}<> <(:)
pause() { read -rt 0.2 -u "$never" || true; }

# One command at a time per folder. Servers do not inherit the lock: spawn closes it.
lock_dir() {
    until [[ $dir/lock -ef /dev/fd/9 ]]; do # a purge may delete it while we wait
        mkdir -p "$dir"
        exec 9>"$dir/lock"
        flock -w 300 9 || fail 1 "another scripts/sandbox still works on $dir"
    done
}

# Field 22 of /proc/PID/stat; the name in field 2 may hold blanks. Fails for a process that has
# ended: a zombie without other threads (with some, a killed server still holds its ports).
start_time_of() {
    local stat
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    stat=${stat##*) }
    # shellcheck disable=SC2086  # split into fields
    set -- $stat
    if [[ $1 == Z ]] && ((${18} <= 1)); then return 1; fi
    echo "${20}"
}

pid_of() {
    local pid=-
    if [[ -e $dir/run/$1.pid ]]; then read -r pid _ <"$dir/run/$1.pid"; fi
    echo "$pid"
}

is_running() {
    local pid started
    [[ -e $dir/run/$1.pid ]] || return 1
    read -r pid started <"$dir/run/$1.pid"
    [[ $(start_time_of "$pid") == "$started" ]]
}

# spawn NAME COMMAND...: in a session of its own; its log begins with the command line.
spawn() {
    local name=$1 log=$dir/log/$1.log pid
    shift
    mkdir -p "$dir/tmp" # a killed JVM leaves libraries there
    {
        printf '%q ' "$@"
        echo
    } >>"$log"
    setsid "$@" >>"$log" 2>&1 </dev/null 9>&- &
    pid=$!
    disown
    echo "$pid $(start_time_of "$pid")" >"$dir/run/$name.pid"
}

# The flags of a JVM that runs for minutes; they stand behind those that they change. Its heap comes
# in huge pages, for each first touch of a page costs time in a virtual machine. Its classes
# come from an archive, which saves IoTDB 6 of 14 CPU seconds at each start (IoTDB 2.0.1-beta, Java 17), and
# which is not moved to another address at each start. Those of each job of Flink's are not verified once more.
short_lived_flags() {
    local name=$1 archive
    if [[ ! -e $dir/short-lived ]]; then return; fi
    echo -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UseTransparentHugePages
    echo -XX:-UsePerfData -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions
    echo -XX:ArchiveRelocationMode=0 -XX:-BytecodeVerificationRemote
    archive=$(class_archives)/$name.jsa
    if [[ -n $archive_classes ]]; then
        echo "-XX:ArchiveClassesAtExit=$archive_classes/$name.jsa"
    elif [[ -e $archive ]]; then
        echo "-XX:SharedArchiveFile=$archive"
    fi
}

signal_process() {
    if is_running "$1"; then kill -s "$2" "$(pid_of "$1")" 2>/dev/null || true; fi
}

# Seconds that a server may take to end; one that writes its archive of classes takes longer.
patience() { if [[ -e $dir/archives-classes ]]; then echo 180; else echo 20; fi; }

# stop_process NAME SIGNAL SECONDS: KILL when the signal has not worked in time.
stop_process() {
    local deadline=$(($(now) + $3))
    signal_process "$1" "$2"
    while is_running "$1"; do
        if (($(now) >= deadline)); then
            signal_process "$1" KILL
            deadline=$(($(now) + 10))
        fi
        pause
    done
    rm -f "$dir/run/$1.pid"
}

# await NAME PROBE...: until the probe succeeds; fails when the process ends or time is up.
await() {
    local name=$1 deadline
    shift
    deadline=$(($(now) + 120))
    until "$@"; do
        is_running "$name" || fail 1 "$name ended while starting; see $dir/log/$name.log"
        (($(now) < deadline)) || fail 1 "$name does not answer after 120 s; see $dir/log/$name.log"
        pause
    done
}

ready() { say "$1 on $2 ready in $SECONDS s"; }
