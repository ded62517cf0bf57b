package io.jenkins.plugins.servicenowconnector.engine.http;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The JDK clients of this JVM, each keeping its connections alive for all calls to one host.
 *
 * <p>The JDK's client fails a write on a kept connection that the server has closed meanwhile, while it repeats a read by
 * itself; so a client that may use a connection that was idle for too long is replaced before a write.
 */
final class Clients {

    /** More kinds than one Jenkins has connectors; the one used longest ago goes first. */
    private static final int MOST = 16;

    /** The longest time that a kept connection may have been idle before a write goes over it. */
    private static final Duration FRESH_ENOUGH_TO_WRITE = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final Map<Kind, Client> byKind = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Client> eldest) {
            return size() > MOST;
        }
    };

    Clients() {
        this(InstantSource.system());
    }

    Clients(InstantSource clock) {
        this.clock = clock;
    }

    /** A client that may carry the request; it must be given back. */
    synchronized Client take(Request request) {
        Kind kind = new Kind(
                request.uri().getScheme(),
                request.uri().getAuthority(),
                request.limits().connect());
        Client client = byKind.get(kind);
        if (client == null
                || !client.takeConnection(clock.millis()) && !request.method().isRead()) {
            client = new Client(create(kind.connectTimeout));
            byKind.put(kind, client);
        }
        return client;
    }

    /** Says that a call over the client has just ended. */
    synchronized void giveBack(Client client) {
        client.idleSince.add(clock.millis());
    }

    private static HttpClient create(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    /** What requests must have in common to share connections. */
    private record Kind(String scheme, String authority, Duration connectTimeout) {}

    /** A JDK client with what is known of its connections, which the JDK does not tell. */
    static final class Client {

        private final HttpClient http;

        /** At most as many as were used at once; one that was closed meanwhile only makes us more careful. */
        private final Queue<Long> idleSince = new ArrayDeque<>();

        private Client(HttpClient http) {
            this.http = http;
        }

        HttpClient http() {
            return http;
        }

        /** Takes the connection that was idle for longest, as the JDK does; false if that was too long for a write. */
        private boolean takeConnection(long now) {
            Long since = idleSince.poll();
            return since == null || now - since <= FRESH_ENOUGH_TO_WRITE.toMillis();
        }
    }
}
