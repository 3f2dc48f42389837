#!/usr/bin/env bash
# Expected: an ATTRIBUTE that rows bring along is that of the row with the greatest time, as last_value() would
# have it, and a null in a tablet means "not told", as it does for a FIELD (iotdb-null-keeps-the-old-value).
# Seen: time does not matter. The tablet that arrives last wins, even with an older row, and a null clears
# the attribute. Only a tablet without that column keeps it. A tablet that has TAG and ATTRIBUTE alone, to
# set just these, adds a row without any value, and count(*) counts it.
# So writers in parallel, or a part of the data that is read again, leave what chance decides.
# iotdb-migrate gives a device those of its last row by time (src/docs/table-model.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5, table model" \
    "a device has the ATTRIBUTE of its row with the greatest time, and null keeps it" \
    "it has that of the last arrival, null clears it, and a tablet with nothing else adds a row"
start_iotdb
seen=$(run_java iotdb "$lib/IotdbAttributes.java" "$iotdb_port" "t_$db" \
    2000,v2,20 1000,v1,10 3000,,30 4000,null,null 5000,v5,)
same "time, attribute and field of each tablet, in order of arrival; what is there then" \
    "2000,v2,20: firmware v2, rows 1, values 1
1000,v1,10: firmware v1, rows 2, values 2
3000,,30: firmware v1, rows 3, values 3
4000,null,null: firmware null, rows 4, values 3
5000,v5,: firmware v5, rows 5, values 3" "$seen"
stands
