#!/usr/bin/env bash
# Expected: a session that is given several nodes leaves the list as it is, and tries the nodes in its order.
# Seen: the builder shuffles the caller's own list. The order is lost for whoever uses the list later, and
# a list that cannot be changed, as List.of makes it, is refused with UnsupportedOperationException. With
# one node neither happens.
# iotdb-migrate tries the nodes itself, one by one (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "iotdb-session 2.0.5" \
    "Session.Builder.nodeUrls(list) reads the list" \
    "build() shuffles it, and fails where it cannot be changed"
jars iotdb org.apache.iotdb:iotdb-session:2.0.5 org.slf4j:slf4j-nop:2.0.16
cat >"$work/$name.java" <<'JAVA'
import java.util.ArrayList;
import java.util.List;
import org.apache.iotdb.session.Session;
class Probe {
    static void build(List<String> nodes) {
        new Session.Builder().nodeUrls(nodes).username("root").password("root").build();
    }
    public static void main(String[] none) {
        List<String> nodes = List.of("a:1", "b:2", "c:3", "d:4", "e:5", "f:6");
        boolean changed = false;
        for (int i = 0; i < 50; i++) {
            List<String> own = new ArrayList<>(nodes);
            build(own);
            changed |= !own.equals(nodes);
        }
        System.out.println("changed " + changed);
        try {
            build(nodes);
            System.out.println("built");
        } catch (UnsupportedOperationException e) {
            System.out.println("UnsupportedOperationException");
        }
        build(List.of("a:1"));
        System.out.println("one node: built");
    }
}
JAVA
same "the caller's list after build(); the same with List.of; with one node" "changed true
UnsupportedOperationException
one node: built" "$(run_java iotdb "$work/$name.java")"
stands
