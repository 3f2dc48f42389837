#!/usr/bin/env bash
# Expected: while a DELETE runs, another session sees a row as it was, or not at all.
# Seen: in the table model it sees values that were overwritten long ago. The deletion is written to one file
# after another, by several threads and in no order, without a lock: where the file of the newest value has it
# and that of an older value has not, the older one is the row's. With many files that takes seconds.
# The deletion also goes on when its client is gone, so a client that starts anew reads such values.
# In the tree model the region is locked meanwhile.
# iotdb-migrate notes values before it deletes their rows, and believes the notes (src/docs/table-model.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5, table model" \
    "a row that is being deleted is read as it was, or not at all" \
    "it is read with older values"
start_iotdb
seen=$(run_java iotdb "$lib/IotdbHalfDeletion.java" "$iotdb_port")
same "overwritten values before, any of them during one DELETE, rows after it" $'0\nsome\n0' "$seen"
stands
