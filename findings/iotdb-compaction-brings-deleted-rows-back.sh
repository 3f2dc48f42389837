#!/usr/bin/env bash
# Expected: a row that DELETE removed stays away, whatever the server does with its files meanwhile.
# Seen: of rows that are deleted one batch after another, with a FLUSH behind each, while the server compacts its
# files, some come back for good. One session, no restart, no error. Without a compaction at the same time
# none comes back.
# The files are compacted often here, by three settings, to see it in a minute. With the defaults it was met after
# some minutes of deletions. It is apache/iotdb#16799, mended in November 2025, which tells of settle compactions.
# Any compaction does it, and a statement that deletes many rows of a table is met far more often than one of the tree.
# iotdb-migrate's check warns on this version, and says how to switch compaction off (src/docs/table-model.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5, table model" \
    "a deleted row stays away" \
    "it may come back if it was deleted while the server compacted its file"
# A server of its own, for its settings are.
if [[ -n ${FINDINGS_SHARED-} ]]; then
    unset FINDINGS_SHARED
    work=$(mktemp -d)
fi
start_iotdb compaction_schedule_interval_in_ms=1000 inner_compaction_candidate_file_num=3 \
    compaction_read_operation_per_second=20
seen=$(run_java iotdb "$lib/IotdbDeletions.java" "$iotdb_port" on 240)
same "deleted rows that are back for good, while files are compacted" some "$seen"
seen=$(run_java iotdb "$lib/IotdbDeletions.java" "$iotdb_port" off 60)
same "with compaction switched off" none "$seen"
stands
