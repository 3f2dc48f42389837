#!/usr/bin/env bash
# Expected: DELETE FROM root.db.device removes the device's points, as DELETE FROM a table does, or is
# refused because root.db.device is no series.
# Seen: success, and every point is still there. The path must name series: root.db.device.* does it.
# The client's deleteData("root.db.device", time) answers success in the same way. Who cleans up before
# a second copy, or has to erase data by law, is told that it is done.
# The manual says that paths are series; that another path is a success is not said; apache/iotdb#15846 ran into it.
# iotdb-migrate always names series (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, tree model" \
    "DELETE FROM a device deletes its points, or is an error" \
    "it answers success and deletes nothing; so does a series that does not exist"
start_iotdb
seen=$(iotdb_sql tree UTC <<SQL
insert into root.$db.device(timestamp, a, b) values (1, 1, 1)
delete from root.$db.device
delete from root.$db.device where time <= 10
delete from root.$db.device.c where time <= 10
select count(a) from root.$db.device
delete from root.$db.device.* where time <= 10
select count(a) from root.$db.device
SQL
)
same "points after three deletions without an error; after one of device.*" $'1\n0' "$seen"
stands
