#!/usr/bin/env bash
# Expected: who begins to follow the binlog at @@gtid_binlog_pos and then reads the tables has every row. It holds for
# MySQL's set of executed GTIDs, which a transaction joins when its rows are visible.
# Seen: MariaDB counts a transaction there when it is written to the binlog. While it waits for a semi-synchronous
# replica (AFTER_SYNC) its rows are not visible, so they are neither in the copy nor behind the position. SHOW MASTER
# STATUS and @@gtid_current_pos are ahead alike. Only the status variables binlog_snapshot_file and
# binlog_snapshot_position are where the visible rows end.
# The manual describes those for START TRANSACTION WITH CONSISTENT SNAPSHOT; that the GTID positions are ahead of
# them was not found there. For MySQL: mysql-rows-come-after-their-events.
# iotdb-migrate waits until binlog_snapshot_position comes to the position (VisibleCommits).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
start_mariadb
finding "MariaDB $(mariadb_sql -e 'SELECT VERSION()')" \
    "a transaction is in @@gtid_binlog_pos when its rows are visible" \
    "it is there before, for as long as a semi-synchronous replica is waited for"
mariadb_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; CREATE TABLE $db.m (id INT PRIMARY KEY, v INT);
    INSERT INTO $db.m VALUES (1, 10); SET GLOBAL rpl_semi_sync_master_wait_point = AFTER_SYNC,
    rpl_semi_sync_master_timeout = 10000, rpl_semi_sync_master_enabled = ON"
own=$name
# look NAME: the end of the binlog, then what was asked, then the end of what is visible
look() {
    mariadb_sql "$db" -e "SHOW MASTER STATUS; SELECT @@gtid_binlog_pos, @@gtid_current_pos; SELECT v FROM m;
        SHOW STATUS LIKE 'binlog_snapshot_position'" | awk 'NR == 1 { print "end " $2 } NR == 2 { print "gtid " $1; print "current " $2 }
        NR == 3 { print "v " $1 } NR == 4 { print "visible " $2 }' >"$work/$own.$1"
}
look before
mariadb_sql "$db" -e "UPDATE m SET v = 20" &
update=$!
is_logged() {
    look during
    ! cmp -s <(grep end "$work/$own.before") <(grep end "$work/$own.during")
}
for _ in {1..300}; do is_logged && break || sleep 0.1; done
wait $update
look behind
mariadb_sql -e "SET GLOBAL rpl_semi_sync_master_enabled = OFF"
# moved FROM TO: which of them have changed
moved() { diff "$work/$own.$1" "$work/$own.$2" | sed -n 's/^> \([a-z]*\).*/\1/p' | paste -sd ' '; }
same "what an UPDATE has moved before its commit" "end gtid current" "$(moved before during)"
same "what its commit has moved" "v visible" "$(moved during behind)"
same "the end of the binlog is where the visible rows end, then" yes \
    "$([[ $(sed -n 's/^end //p' "$work/$own.behind") == "$(sed -n 's/^visible //p' "$work/$own.behind")" ]] && echo yes)"
stands
