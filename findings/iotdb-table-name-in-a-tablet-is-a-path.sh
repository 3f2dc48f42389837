#!/usr/bin/env bash
# Expected: the name of a table in a tablet is a name. CREATE TABLE "line 1" worked, so a tablet for the
# table line 1 fills it.
# Seen: the server reads the name as a path of the tree model and takes a part of it. The insert answers
# success, the table stays empty, and the rows are in a table that nobody created: root.1, or root.rature
# for température. Quotes and backticks do not help, and time is refused with 509 though it is there.
# iotdb-migrate takes letters a to z, digits, _ and Han characters for target_table (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5" \
    "ITableSession.insert writes into the table whose name the tablet has, or answers an error" \
    "with a blank or an accent in the name it answers success, and the rows are in another table"
start_iotdb
seen=$(run_java iotdb "$lib/IotdbTablet.java" "$iotdb_port" "t_$db" line_1 'line 1' '"line 1"' température 温度 time)
same "rows after an insert of one into each" "line_1: rows 1
line 1: rows 0
\"line 1\": rows 0
température: rows 0
温度: rows 1
time: error 509" "$(grep -v '^table ' <<<"$seen")"
same "where they are" "table line_1: rows 1
table root. 1\": rows 1
table root.1: rows 1
table root.rature: rows 1
table 温度: rows 1" "$(grep 'rows 1$' <<<"$seen" | grep '^table ' | LC_ALL=C sort)"
stands
