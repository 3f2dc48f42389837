package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * The way to a server, which can be cut: nothing that is sent arrives any more, on no side, and
 * nobody is told. When it is mended, what was connected before is torn, as by a firewall.
 */
public final class Network implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private final Condition heldBack = lock.newCondition();
    private volatile InetSocketAddress server;
    private boolean cut;
    private boolean holds;
    private long allowance = Long.MAX_VALUE;

    /** To a server on this or another host. */
    public Network(String host, int port) throws IOException {
        this(host, port, ServerSocketFactory.getDefault());
    }

    /** Likewise, but whoever enters has to speak TLS, which ends here. */
    public Network(String host, int port, SSLContext tls) throws IOException {
        this(host, port, tls.getServerSocketFactory());
    }

    private Network(String host, int port, ServerSocketFactory entrances) throws IOException {
        server = new InetSocketAddress(host, port);
        entrance = entrances.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("network to " + port, this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Has another server answer from now on, as after a failover; what is connected is torn. */
    public void leadTo(String host, int port) throws IOException {
        server = new InetSocketAddress(host, port);
        mend();
    }

    public void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, while it is cut, until something was sent that does not arrive. */
    public void awaitHeld() throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (!holds) {
                if (heldBack.awaitNanos(end - System.nanoTime()) <= 0) {
                    throw new TimeoutException("nothing was sent while the way was cut");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cuts all of it when the server has sent more bytes than so many on one connection. */
    public void cutAfter(long bytes) {
        lock.lock();
        try {
            allowance = bytes;
        } finally {
            lock.unlock();
        }
    }

    public void mend() throws IOException {
        Set<Socket> torn = Set.copyOf(sockets);
        lock.lock();
        try {
            cut = false;
            holds = false;
            allowance = Long.MAX_VALUE;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
        for (Socket socket : torn) {
            socket.close();
        }
    }

    private void accept() throws Exception {
        while (true) {
            Socket client = entrance.accept();
            Socket there = new Socket();
            there.connect(server);
            sockets.add(client);
            sockets.add(there);
            daemon("up", () -> forward(client, there, false));
            daemon("down", () -> forward(there, client, true));
        }
    }

    private void forward(Socket from, Socket to, boolean down) throws Exception {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            long sent = 0;
            int length;
            while ((length = in.read(buffer)) >= 0) {
                sent += down ? length : 0;
                awaitPassage(sent);
                out.write(buffer, 0, length);
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitPassage(long sent) throws InterruptedException {
        lock.lock();
        try {
            cut |= sent > allowance;
            if (cut) {
                holds = true;
                heldBack.signalAll();
            }
            while (cut) {
                mended.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void daemon(String name, Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (Exception ended) {
                                // Connections end like this, and the entrance when it is closed.
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        mend();
    }
}
