#!/usr/bin/env bash
# Expected: a server that was set read-only refuses each write with one code, 600, and says that it is
# read-only.
# Seen: it does for a database that has data. A write to a database without any is refused with 1003, for
# there are not enough DataNodes, as if one had to be started.
# iotdb-migrate asks the server itself whether it is read-only (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, tree model" \
    "a read-only server refuses all writes with code 600" \
    "into a database without data it answers 1003, not enough DataNodes"
start_iotdb
seen=$(iotdb_sql tree UTC <<SQL
create database root.$db
create database root.${db}_new
insert into root.$db.d(timestamp, v) values (1, 5)
set system to readonly on cluster
insert into root.$db.d(timestamp, v) values (2, 6)
insert into root.${db}_new.d(timestamp, v) values (2, 6)
set system to running on cluster
insert into root.${db}_new.d(timestamp, v) values (2, 6)
select v from root.${db}_new.d
SQL
)
same "read-only: into data, into a new database; afterwards" $'error 600\nerror 1003\n2 6.0' "$seen"
stands
