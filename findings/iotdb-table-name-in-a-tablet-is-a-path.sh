#!/usr/bin/env bash
# Expected: the name of a table in a tablet is a name. CREATE TABLE "line 1" worked, so a tablet for the
# table line 1 is written.
# Seen: the server reads the name as a path of the tree model. Blanks and words such as time are refused
# with 509 though the table is there; the same name in quotes or backticks is taken. Names of columns are
# names, whatever is in them.
# iotdb-migrate takes letters, digits and _ for target_table (src/docs/table-model.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5" \
    "ITableSession.insert writes into the table whose name the tablet has" \
    "the name is read as a path: what needs quotes in SQL needs them in the tablet, too"
start_iotdb
same "a row for each table" "line_1: rows 1
line 1: error 509
\"line 1\": rows 1
\`line 1\`: rows 1
time: error 509" "$(run_java iotdb "$lib/IotdbTablet.java" "$iotdb_port" "t_$db" line_1 'line 1' '"line 1"' '`line 1`' time)"
stands
