#!/usr/bin/env bash
# Expected: a time is a 64-bit number of milliseconds, so 9999-12-31, which many MySQL applications
# store for "for ever", is a time like another.
# Seen: anything above 10,000,000,000,000 ms (2286-11-20T17:46:40Z) is refused with code 701 and doubt
# about the unit; it is no matter of the type, for a TIMESTAMP *value* may have it. Downwards there is
# no such bound: the smallest long is taken as a time.
# Meant to catch a wrong unit (apache/iotdb#11151; below zero only since #14828). 2.0.10 takes year 9999 by tablet.
# iotdb-migrate: src/docs/surprises.md; the bound is the server's, which answers it row by row.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta (timestamp_precision ms)" \
    "9999-12-31T23:59:59 is accepted as a time, as in MySQL" \
    "times end at 2286-11-20T17:46:40Z; below, even year -292275055 is accepted"
start_iotdb
seen=$(iotdb_sql tree UTC <<SQL
insert into root.$db.d(timestamp, a) values (10000000000000, 1)
insert into root.$db.d(timestamp, a) values (10000000000001, 2)
insert into root.$db.d(timestamp, a) values (9999-12-31T23:59:59, 3)
insert into root.$db.d(timestamp, a) values (-9223372036854775807, 4)
select a from root.$db.d
create timeseries root.$db.v.until TIMESTAMP
insert into root.$db.v(timestamp, until) values (1, 9999-12-31T23:59:59)
select until from root.$db.v
SQL
)
same "10^13 ms, one more, year 9999, smallest long; year 9999 as a value" "error 701
error 701
-9223372036854775807 4.0
10000000000000 1.0
1 253402300799000" "$seen"
stands
