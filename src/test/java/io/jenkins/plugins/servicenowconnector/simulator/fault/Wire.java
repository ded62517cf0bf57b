package io.jenkins.plugins.servicenowconnector.simulator.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A wire before an instance, on a loopback port, that is cut where a test says. */
public final class Wire implements AutoCloseable {

    /** Where it is cut. */
    public enum Cut {
        /** Nothing of the request gets through. */
        BEFORE_REQUEST,
        /** Half of the request's head gets through. */
        IN_REQUEST,
        /** The request gets through, nothing of the answer. */
        BEFORE_ANSWER,
        /** Half of the answer's first piece gets through. */
        IN_ANSWER
    }

    private final URI instance;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicReference<Cut> next = new AtomicReference<>();

    private Wire(URI instance) throws IOException {
        this.instance = instance;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Lays one to an instance. */
    public static Wire to(URI instance) {
        try {
            return new Wire(instance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The instance's address at this end. */
    public URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** Cuts the connection of the next request, once. */
    public void cutNext(Cut where) {
        next.set(where);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket onward = new Socket(instance.getHost(), instance.getPort());
                // else each small piece would wait for the acknowledgement of the one before
                client.setTcpNoDelay(true);
                onward.setTcpNoDelay(true);
                open.addAll(List.of(client, onward));
                threads.execute(() -> carry(client, onward, Cut.BEFORE_REQUEST, Cut.IN_REQUEST));
                threads.execute(() -> carry(onward, client, Cut.BEFORE_ANSWER, Cut.IN_ANSWER));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to, Cut before, Cut in) {
        // the sender's end is closed first: an instance that sees half a request end answers it, and nobody may hear
        // that
        try (to;
                from) {
            InputStream source = from.getInputStream();
            OutputStream target = to.getOutputStream();
            byte[] bytes = new byte[65_536];
            for (int read = source.read(bytes); read >= 0; read = source.read(bytes)) {
                if (next.compareAndSet(before, null)) {
                    return;
                }
                if (next.compareAndSet(in, null)) {
                    target.write(bytes, 0, read / 2);
                    target.flush();
                    return;
                }
                target.write(bytes, 0, read);
                target.flush();
            }
        } catch (IOException e) {
            // the other direction has ended the connection
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
