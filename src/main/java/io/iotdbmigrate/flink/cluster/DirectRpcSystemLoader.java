package io.iotdbmigrate.flink.cluster;

import java.util.ServiceLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.exceptions.RpcLoaderException;

/**
 * The shortest way to Flink's RPC. Flink has those classes as a jar in a jar, which its own loader
 * copies to a temporary file at each start, and which no archive made from a list of classes
 * covers. The distribution has the inner jar itself on its class path. Where it is not there, as in
 * tests, Flink goes on to its own loader.
 */
public final class DirectRpcSystemLoader implements RpcSystemLoader {
    /** Comes before Flink's own loader, which has 0. */
    @Override
    public int getLoadPriority() {
        return -1;
    }

    /**
     * Loads it from the class path.
     *
     * @throws RpcLoaderException if it is not there
     */
    @Override
    public RpcSystem loadRpcSystem(Configuration configuration) {
        return ServiceLoader.load(RpcSystem.class, getClass().getClassLoader())
                .findFirst()
                .orElseThrow(() -> new RpcLoaderException("no RPC system on the class path"));
    }
}
