#!/usr/bin/env bash
# Expected: deleting a row that is gone already changes nothing.
# Seen: the device's other rows vanish, without an error, at the deletion whose number is that of the device's
# rows in memory. It needs rows that came out of the order of time, a query, which sorts them, and no FLUSH since:
# the server marks a row as deleted at its place of arrival, looks for the mark at its place in time, and so counts
# the row each time. When it has counted as many as there are, it drops the device's part of the memory.
# So in tables, and with device.* in aligned devices of the tree; not if the series are named, not behind a FLUSH.
# A row that is written and deleted in turn, as by retries of a replication, comes to the same.
# iotdb-migrate names the series of rows that it wrote since the last FLUSH (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, both models" \
    "a deletion of a row that is gone changes nothing" \
    "repeated, it deletes the other rows of the device that are in memory"
start_iotdb

# TARGET TIME...: writes rows of these times, deletes the one at 1 four times from TARGET, tells what is left.
tree_rows_left() {
    local target=$1
    shift
    {
        echo "create aligned timeseries root.$db.d(a int32, b int32)"
        for time in "$@"; do
            if [[ $time == flush ]]; then echo flush
            else echo "insert into root.$db.d(timestamp, a, b) aligned values ($time, $time, $time)"; fi
        done
        echo "select a from root.$db.d"
        for _ in 1 2 3 4; do echo "delete from ${target//D/root.$db.d} where time = 1"; done
        echo "select a from root.$db.d"
        echo "delete timeseries root.$db.d.*"
    } | iotdb_sql tree UTC
}
before=$'1 1\n2 2\n3 3\n4 4\n'
seen=$(tree_rows_left 'D.*' 4 3 2 1)
same "aligned, rows came out of order" "${before}no row" "$seen"
seen=$(tree_rows_left 'D.*' 1 2 3 4)
same "rows came in order" "$before"$'2 2\n3 3\n4 4' "$seen"
seen=$(tree_rows_left 'D.*' 4 3 2 1 flush)
same "a FLUSH before" "$before"$'2 2\n3 3\n4 4' "$seen"
seen=$(tree_rows_left 'D.a, D.b' 4 3 2 1)
same "the series are named" "$before"$'2 2\n3 3\n4 4' "$seen"

seen=$({
    echo "create database t_$db"
    echo "use t_$db"
    echo "create table m (d string tag, a int32 field)"
    for time in 4 3 2 1; do echo "insert into m (time, d, a) values ($time, 'x', $time)"; done
    echo "select time, a from m"
    for _ in 1 2 3; do echo "delete from m where d = 'x' and time = 1"; done
    echo "select time, a from m"
    echo "delete from m where d = 'x' and time = 1"
    echo "select time, a from m"
    echo "drop database t_$db"
} | iotdb_sql table UTC)
same "table: before, three deletions, four" "$before"$'2 2\n3 3\n4 4\nno row' "$seen"
stands
