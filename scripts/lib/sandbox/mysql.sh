# MySQL: binlog by rows with GTIDs, reachable over TCP on the loopback address only.

mysql_user=migrator
mysql_password=migrator-secret

# An initialised data folder that each sandbox copies: user and time zone names are in it. The
# zones go through a client: mysqld would take a minute to read them as an init file.
build_mysql_data() {
    local mysqld=("$mysql_home/bin/mysqld" --no-defaults --basedir="$mysql_home")
    mysqld+=(--datadir="$1/data" --skip-log-bin "${mysqld_as_root[@]}")
    if has_lower_case; then mysqld+=(--lower-case-table-names=1); fi
    cat >"$1/user.sql" <<SQL
CREATE USER '$mysql_user'@'%' IDENTIFIED BY '$mysql_password';
GRANT ALL PRIVILEGES ON *.* TO '$mysql_user'@'%' WITH GRANT OPTION;
SQL
    if is_mariadb; then
        mysqld+=(--init-file="$1/user.sql")
        initialize_mariadb "$1/data"
    else
        mysqld+=(--secure-file-priv=NULL --mysqlx=OFF)
        "${mysqld[@]}" --initialize-insecure --init-file="$1/user.sql"
    fi
    "${mysqld[@]}" --skip-networking --socket=mysqld.sock --pid-file=mysqld.pid &
    cd "$1/data" || exit
    until as_mysql_root --execute='SELECT 1' || ! kill -0 $!; do pause; done
    if [[ -d /usr/share/zoneinfo ]]; then
        "$mysql_home/bin/mysql_tzinfo_to_sql" /usr/share/zoneinfo | as_mysql_root mysql
    fi
    as_mysql_root --execute=SHUTDOWN
    wait $!
    rm -f "$1/user.sql" auto.cnf
}

# What mariadb-install-db does, without its questions to the system.
initialize_mariadb() {
    local part
    {
        printf '%s\n' 'CREATE DATABASE mysql;' 'USE mysql;'
        echo 'SET @skip_auth_anonymous = 1, @auth_root_socket = NULL;'
        for part in system_tables performance_tables system_tables_data sys_schema; do
            # The prefix is another one since MariaDB 11.
            cat "$mysql_home"/share/m*_$part.sql
        done
    } >"$1.sql"
    mkdir "$1"
    "$mysql_home/bin/mysqld" --no-defaults --basedir="$mysql_home" --datadir="$1" --bootstrap \
        --log-warnings=0 "${mysqld_as_root[@]}" <"$1.sql"
    rm "$1.sql"
}

# The case of names is decided when the data folder is made.
mysql_data() { echo "$mysql_home-data$(has_lower_case && echo -lower-case)"; }

has_lower_case() {
    [[ " ${mysql_options[*]-} " == *' lower_case_table_names=1 '* ]] ||
        { [[ -e $dir/mysql.options ]] && grep -qx lower_case_table_names=1 "$dir/mysql.options"; }
}

as_mysql_root() {
    "$mysql_home/bin/mysql" --no-defaults --protocol=SOCKET --socket=mysqld.sock --user=root "$@"
}

mysqld_as_root=()
if ((EUID == 0)); then mysqld_as_root=(--user=root); fi

start_mysql() {
    mkdir -p "$dir/mysql"
    if [[ ! -d $dir/mysql/data ]]; then
        rm -rf "$dir/mysql/data.new"
        cp -R "$(mysql_data)/data" "$dir/mysql/data.new"
        mv -T "$dir/mysql/data.new" "$dir/mysql/data"
    fi
    # What a killed server left behind; its process id may live on for a moment as a zombie.
    rm -f "$dir"/mysql/data/mysqld.{sock,sock.lock,pid}
    write_mysql_config >"$dir/mysql/my.cnf"
    spawn mysql "$mysql_home/bin/mysqld" --defaults-file="$dir/mysql/my.cnf" \
        "${mysqld_as_root[@]}"
}

# The socket's name is relative to the data folder: a long path would not fit into an address.
write_mysql_config() {
    cat <<CONFIG
[mysqld]
basedir=$mysql_home
datadir=$dir/mysql/data
tmpdir=$dir/mysql
socket=mysqld.sock
pid-file=mysqld.pid
bind-address=127.0.0.1
port=$MYSQL
skip-name-resolve=ON
server-id=1
log-bin=binlog
binlog-format=ROW
binlog-row-image=FULL
innodb-buffer-pool-size=1G
innodb-flush-log-at-trx-commit=2
sync-binlog=0
CONFIG
    if is_mariadb; then
        echo character-set-server=utf8mb4
    else
        printf '%s\n' mysqlx=OFF secure-file-priv=NULL gtid-mode=ON enforce-gtid-consistency=ON
    fi
    if [[ -e $dir/short-lived ]]; then write_short_lived_config; fi
    if [[ -e $dir/mysql.options ]]; then cat "$dir/mysql.options"; fi
}

# Memory that a server of minutes fills at its start and never uses: MySQL 8.0.33 takes 1 of 3 CPU seconds for it.
write_short_lived_config() {
    printf '%s\n' innodb-buffer-pool-size=256M performance-schema-digests-size=0 \
        performance-schema-events-statements-history-long-size=0 \
        performance-schema-events-stages-history-long-size=0 performance-schema-events-waits-history-long-size=0 \
        performance-schema-events-transactions-history-long-size=0 performance-schema-hosts-size=16 \
        performance-schema-users-size=64 performance-schema-accounts-size=64
    if ! is_mariadb; then
        # A kill loses nothing that was written, so nobody waits for the disk. Threads for the log wake each other up
        # for each transaction, which pays off with many of them only.
        printf '%s\n' performance-schema-error-size=0 innodb-flush-method=nosync innodb-log-writer-threads=OFF
    fi
}

await_mysql() {
    await mysql mysql_answers
    ready "$mysql_brand $mysql_version" "127.0.0.1:$MYSQL"
}

# The client is asked only when somebody listens: each start of it costs more than a look at the port.
mysql_answers() {
    ! is_free "$MYSQL" && MYSQL_PWD=$mysql_password "$mysql_home/bin/mysql" --no-defaults --protocol=TCP \
        --host=127.0.0.1 --port="$MYSQL" --user="$mysql_user" --connect-timeout=5 \
        --execute='SELECT 1' >/dev/null 2>&1
}
