package io.jenkins.plugins.servicenowconnector.simulator;

import com.github.tomakehurst.wiremock.http.trafficlistener.WiremockNetworkTrafficListener;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the TCP connections that clients open. */
final class Connections implements WiremockNetworkTrafficListener {

    private final AtomicInteger opened = new AtomicInteger();

    int opened() {
        return opened.get();
    }

    void reset() {
        opened.set(0);
    }

    @Override
    public void opened(Socket socket) {
        opened.incrementAndGet();
    }

    @Override
    public void incoming(Socket socket, ByteBuffer bytes) {
        // only the number of connections is of interest
    }

    @Override
    public void outgoing(Socket socket, ByteBuffer bytes) {
        // only the number of connections is of interest
    }

    @Override
    public void closed(Socket socket) {
        // only the number of connections is of interest
    }
}
