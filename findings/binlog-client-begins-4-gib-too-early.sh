#!/usr/bin/env bash
# Expected: a reader that asks for an offset which a binlog file does not have is refused (1236, "position > file size").
# A transaction of more than 4 GiB makes files in which such offsets exist.
# Seen: the request of a replica by file and offset has 32 bits for the offset. The client takes a long, says that it
# has connected there, and the server begins 4 GiB too early: old rows come again, without an error, and nobody
# notices where they are taken for those behind the offset. Only offsets that are no event's beginning are refused.
# iotdb-migrate never begins there: it goes back to the beginning of the transaction, asks SHOW BINLOG EVENTS, and
# marks itself where the rows of an event end (RowEventCheck, BinlogLag, test LongTransactionIT with --long).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
start_mysql
jars reader com.zendesk:mysql-binlog-connector-java:0.30.1
finding "MySQL $(mysql_sql -e 'SELECT VERSION()'), mysql-binlog-connector-java 0.30.1" \
    "an offset of 4 GiB and 4 bytes is refused in a file of some hundred bytes" \
    "the file's first events come; an offset of 4,000,000,000 is refused, SHOW BINLOG EVENTS finds nothing at either"
cat >"$work/$name.java" <<'JAVA'
import com.github.shyiko.mysql.binlog.*;
import com.github.shyiko.mysql.binlog.event.*;
import java.util.Arrays;
import java.util.concurrent.*;
class Probe {
    public static void main(String[] to) throws Exception {
        long offset = Long.parseLong(to[2]);
        BlockingQueue<String> rows = new ArrayBlockingQueue<>(10);
        BinaryLogClient client = new BinaryLogClient("127.0.0.1", Integer.parseInt(to[0]), "finder", "finder");
        client.setBinlogFilename(to[1]);
        client.setBinlogPosition(offset);
        client.registerEventListener(event -> {
            if (event.getData() instanceof WriteRowsEventData insert) {
                insert.getRows().forEach(row -> rows.add(Arrays.toString(row)));
            }
        });
        client.registerLifecycleListener(new BinaryLogClient.AbstractLifecycleListener() {
            @Override public void onCommunicationFailure(BinaryLogClient of, Exception e) {
                rows.add("refused: " + e.getMessage());
            }
        });
        client.connect(10_000);
        System.out.println(rows.poll(60, TimeUnit.SECONDS));
        client.disconnect();
    }
}
JAVA
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; CREATE TABLE $db.m (id INT PRIMARY KEY); FLUSH BINARY LOGS;
    INSERT INTO $db.m VALUES (1)"
file=$(mysql_sql -e "SHOW MASTER STATUS" | cut -f1)
read_from() { run_java reader "$work/$name.java" "$mysql_port" "$file" "$1" 2>&1 | grep -o '^\[1\]\|position > file size' | head -1; }
same "a reader that begins at 4000000000" "position > file size" "$(read_from 4000000000)"
same "one that begins at 4294967300: the row inserted long before" "[1]" "$(read_from 4294967300)"
same "events that SHOW BINLOG EVENTS finds from there" "0" \
    "$(mysql_sql -e "SHOW BINLOG EVENTS IN '$file' FROM 4294967300" | wc -l)"
stands
