package io.iotdbmigrate.cutover;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs this process, and where. */
public record Operator(String user, String host, long pid) {

    public static Operator current() {
        return new Operator(
                System.getProperty("user.name", "unknown"),
                localHost(),
                ProcessHandle.current().pid());
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ", process " + pid;
    }
}
