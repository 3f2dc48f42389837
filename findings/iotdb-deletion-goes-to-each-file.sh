#!/usr/bin/env bash
# Expected: a deletion of one time is written where that time's row is, or nowhere if there is none.
# Seen: it is written, and forced to the disk, in each sealed file whose rows of the device lie around that
# time. Each FLUSH seals one file, so single deletions get slower with each FLUSH until compaction merges
# the files: with 20 files one deletion of a row that is not there writes to 20 files.
# Who follows changes and makes each batch durable by FLUSH makes the next deletions slower.
# The manual's page on deletion says nothing of its cost; its page on compaction says that unsequence files are
# merged later.
# iotdb-migrate deletes many times of a device by few statements, and says which setting makes fewer files
# (src/docs/performance.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, tree model" \
    "deleting a time at which nothing is writes to no file" \
    "it writes to each sealed file of the device, one for each FLUSH"
start_iotdb
rows() {
    local i
    for i in {1..20}; do
        printf 'insert into root.%s.d(timestamp, a) values (%d, 1)\n' "$db" $((i))
        printf 'insert into root.%s.d(timestamp, a) values (%d, 1)\n' "$db" $((100000 - i))
        echo flush
    done
}
marked() { find "$work" -path "*root.$db*" -name '*.mods*' -size +0 | wc -l; }
rows | iotdb_sql tree UTC >/dev/null
same "files with deletions before" 0 "$(marked)"
seen=$(iotdb_sql tree UTC <<SQL
delete from root.$db.d.* where time = 50000
select count(a) from root.$db.d
SQL
)
same "rows left" 40 "$seen"
files=$(find "$work" -path "*root.$db*" -name '*.tsfile' | wc -l)
same "is the deletion in each of the files" "20 of 20" "$(marked) of $files"
stands
