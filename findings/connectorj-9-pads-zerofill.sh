#!/usr/bin/env bash
# Expected: getString() of an INT does not depend on the driver's version.
# Seen: 8.4.0 gives "7" for a column INT ZEROFILL, although the server's text has ten digits; 9.5.0 gives
# "0000000007" by both protocols, and "0000000001.5" for a FLOAT ZEROFILL. Keys built from getString(), as
# device names are, change with an upgrade of the driver. getObject() and getLong() do not.
# A device that was called 7 is followed by one called 0000000007.
# iotdb-migrate pins 8.4.0 and takes whole numbers as numbers (mysql/ValueDecoder).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Connector/J 8.4.0 against 9.5.0, MySQL 8.0.33" \
    "getString() of INT ZEROFILL 7 is the same in both" \
    "7 in 8.4.0, 0000000007 in 9.5.0"
start_mysql
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
    CREATE TABLE m (i INT ZEROFILL, f FLOAT ZEROFILL); INSERT INTO m VALUES (7, 1.5)"
cat >"$work/$name.java" <<'JAVA'
import java.sql.*;
class Probe {
    public static void main(String[] url) throws Exception {
        try (ResultSet row = DriverManager.getConnection(url[0]).createStatement().executeQuery("SELECT i, f FROM m")) {
            row.next();
            System.out.println(row.getString(1) + " " + row.getString(2) + " " + row.getObject(1));
        }
    }
}
JAVA
see() {
    jars "connectorj-$1" "com.mysql:mysql-connector-j:$1"
    run_java "connectorj-$1" "$work/$name.java" "jdbc:mysql://127.0.0.1:$mysql_port/$db?user=finder&password=finder"
}
same "8.4.0: getString of INT and FLOAT, getObject of INT" "7 1.5 7" "$(see 8.4.0)"
same "9.5.0: the same" "0000000007 0000000001.5 7" "$(see 9.5.0)"
stands
