#!/usr/bin/env bash
# Expected: a tablet of a table with the rows of one device behind those of another, each device in order of time, is
# sent as it is: the server keeps devices apart, so it needs no order between them.
# Seen: the client sorts all rows of the tablet by time, in the caller's own arrays, so that devices alternate from row
# to row. The server takes the rows of a device in one step only as long as they follow each other. With 200 devices of
# 100 rows each in a tablet, of 1,000,000 rows, the client took 1.05 to 1.26 s of CPU and the server 1.65 to 2.09 s;
# sent as they were, 0.53 to 0.57 s and 1.29 to 1.33 s (measured beside this script, on a busy machine).
# iotdb-migrate sends such tablets by a session that leaves them as they are (OrderedTablet, test TableModelIT).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
start_iotdb
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5, table model" \
    "a tablet whose devices are each in order is sent as it is" \
    "all rows are sorted by time in the caller's arrays: devices alternate"
same "times, devices and values of the tablet after insert" \
    "[1, 1, 2, 2, 3, 3] [a, b, a, b, a, b] [10, 40, 20, 50, 30, 60]" \
    "$(run_java iotdb "$lib/IotdbTabletSort.java" "$iotdb_port")"
stands
