# Ports of one sandbox: a block of 16 free ones below the kernel's own range, kept in $dir/ports
# as shell variables. IoTDB and a restarted server need the same ones again, so a block is noted
# in $cache/ports, where parallel starts see it.

port_names=(
    MYSQL IOTDB IOTDB_DN IOTDB_MPP IOTDB_SCHEMA IOTDB_DATA IOTDB_CN IOTDB_CN_CONSENSUS
    FLINK_REST FLINK_JM_RPC FLINK_BLOB FLINK_TM_DATA FLINK_METRICS FLINK_MORE_METRICS
)

is_free() { ! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

block_is_free() {
    local owner port
    if [[ -e $cache/ports/$1 ]]; then
        owner=$(<"$cache/ports/$1")
        if [[ -e $owner/ports ]] && grep -qx "MYSQL=$1" "$owner/ports"; then return 1; fi
    fi
    for ((port = $1; port < $1 + 16; port++)); do is_free "$port" || return 1; done
}

reserve_ports() {
    if [[ -e $dir/ports ]]; then return; fi
    local base i
    mkdir -p "$cache/ports"
    exec 8>"$cache/ports.lock"
    flock 8
    base=$((20000 + 16 * (RANDOM % 700)))
    until block_is_free "$base"; do base=$((20000 + 16 * (RANDOM % 700))); done
    for i in "${!port_names[@]}"; do echo "${port_names[i]}=$((base + i))"; done >"$dir/ports.new"
    mv "$dir/ports.new" "$dir/ports"
    echo "$dir" >"$cache/ports/$base"
    exec 8>&-
    load_ports
}

# shellcheck source=/dev/null
load_ports() { source "$dir/ports"; }

# Data that stays behind keeps its ports; only a purged folder gives them back.
release_ports() { if $purge; then rm -f "$cache/ports/$MYSQL"; fi; }
