#!/usr/bin/env bash
# Expected: a client of the binlog that loses its connection goes on with the server that it read from, or
# fails: the file and the offset that it has reached mean nothing anywhere else.
# Seen: it connects anew to whatever answers at the address and asks for the same file and offset. Where
# those exist there, it hands out the other server's events behind that place, and nothing tells its user:
# no error, no event, and the server id of the events is the only sign. What stands before the place in
# the other server's file is never delivered. Flink CDC 3.5.0 reads through this client.
# A failover without GTIDs, or a restore behind the same name, is all that it takes.
# Issues of the client and of Flink CDC were searched once, without a hit.
# iotdb-migrate asks each server for its server_uuid before it asks for events (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "mysql-binlog-connector-java 0.30.1 (com.zendesk), MySQL 8.0.33 without GTIDs" \
    "another server at the same address is noticed" \
    "its events are handed out from the former server's file and offset on"
start_mysql
jars binlog com.zendesk:mysql-binlog-connector-java:0.30.1
free_port
port=$found own=$name me=()
if ((EUID == 0)); then me=(--user=root); fi

# Both servers have written the same number of bytes when each has a row of its own.
for one in a b; do
    "$work/mysql/bin/mysqld" --no-defaults --basedir="$work/mysql" --datadir="$work/$own-$one" "${me[@]}" \
        --initialize-insecure >"$work/$name.log" 2>&1 || stop "mysqld --initialize: $(tail -1 "$work/$name.log")"
done
sql() { "$work/mysql/bin/mysql" --no-defaults --user=root --socket="$work/$own-$1.sock" -N -B -e "$2"; }
begin() {
    serve "$own-$1" "$work/mysql/bin/mysqld" --no-defaults --basedir="$work/mysql" --datadir="$work/$own-$1" \
        --socket="$work/$own-$1.sock" --pid-file="$work/$own-$1.pid" --port="$port" --bind-address=127.0.0.1 \
        --mysqlx=OFF --server-id="$2" --log-bin=binlog "${me[@]}"
    await "$own-$1" sql "$1" 'SELECT 1'
    sql "$1" "CREATE USER finder@'127.0.0.1' IDENTIFIED WITH mysql_native_password BY 'finder';
        GRANT ALL ON *.* TO finder@'127.0.0.1'; CREATE DATABASE d; CREATE TABLE d.m (v CHAR(2));
        INSERT INTO d.m VALUES ('${1}1')"
}
begin a 11
cat >"$work/$name.java" <<'JAVA'
import com.github.shyiko.mysql.binlog.*;
import com.github.shyiko.mysql.binlog.event.*;
import java.util.concurrent.*;
class Probe {
    public static void main(String[] port) throws Exception {
        CountDownLatch rows = new CountDownLatch(2);
        BinaryLogClient client = new BinaryLogClient("127.0.0.1", Integer.parseInt(port[0]), "finder", "finder");
        client.setBinlogFilename("binlog.000002");
        client.setBinlogPosition(4);
        client.setKeepAliveInterval(500);
        client.registerEventListener(event -> {
            if (event.getData() instanceof WriteRowsEventData write) {
                EventHeaderV4 header = event.getHeader();
                write.getRows().forEach(row -> System.out.println(row[0] + " of server " + header.getServerId()));
                rows.countDown();
            }
        });
        client.connect(10_000);
        rows.await(60, TimeUnit.SECONDS);
        client.disconnect();
    }
}
JAVA
file=$(sql a 'SHOW MASTER STATUS' | awk '{print $1}')
sed -i "s/binlog.000002/$file/" "$work/$name.java"
run_java binlog "$work/$name.java" "$port" >"$work/$name.rows" &
reader=$!
await "$own-a" grep -q a1 "$work/$name.rows"
at_a=$(sql a 'SHOW MASTER STATUS')
uuid=$(sql a 'SELECT @@server_uuid')
kill "$(<"$work/$own-a.pid")"
while [[ -e $work/$own-a.pid ]]; do sleep 0.1; done
begin b 12
at_b=$(sql b 'SHOW MASTER STATUS')
same "both binlogs end at the same place, and the servers are different ones" "same different" \
    "$([[ ${at_a%%$'\t\t'*} == "${at_b%%$'\t\t'*}" ]] && echo same || echo "${at_a} ${at_b}") $([[ $uuid != "$(sql b 'SELECT @@server_uuid')" ]] && echo different)"
sql b "INSERT INTO d.m VALUES ('b2')"
wait $reader || stop "the client ended with an error"
same "rows that the second server has" $'b1\nb2' "$(sql b 'SELECT v FROM d.m ORDER BY v')"
same "rows that the client hands out" $'a1 of server 11\nb2 of server 12' "$(<"$work/$name.rows")"
kill "$(<"$work/$own-b.pid")"
stands
