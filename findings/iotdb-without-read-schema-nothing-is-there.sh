#!/usr/bin/env bash
# Expected: a user that may read data and not the schema is refused when it asks which devices there are.
# Seen: SHOW DEVICES is empty and COUNT DEVICES is 0, without an error, though the same user reads the
# values of these devices. A program that lists devices first takes the target for empty.
# iotdb-migrate asks for READ_SCHEMA before a row moves (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, tree model" \
    "without READ_SCHEMA, SHOW DEVICES is refused" \
    "it answers that there is no device, and so does COUNT DEVICES; SELECT reads the values"
start_iotdb
seen=$(iotdb_sql tree UTC <<SQL
insert into root.$db.d(timestamp, v) values (1, 5)
insert into root.$db.d(timestamp, v) values (2, 6)
create user finder 'secret-of-finder'
grant read_data on root.$db.** to user finder
show devices root.$db.**
SQL
)
same "root: SHOW DEVICES" "root.$db.d false null INF" "$seen"
seen=$(iotdb_sql tree UTC "finder" secret-of-finder <<SQL
show devices root.$db.**
count devices root.$db.**
select count(v) from root.$db.d
SQL
)
same "a user with READ_DATA: SHOW DEVICES, COUNT DEVICES, values" $'no row\n0\n2' "$seen"
stands
