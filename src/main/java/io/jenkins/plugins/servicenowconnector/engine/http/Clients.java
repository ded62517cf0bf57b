package io.jenkins.plugins.servicenowconnector.engine.http;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JDK clients of this JVM, each keeping its connections alive for all calls that need the same kind of client.
 *
 * <p>The JDK's client fails a write on a kept connection that the server has closed meanwhile, while it repeats a read by
 * itself; so a client that was idle for too long is replaced before a write.
 */
final class Clients {

    /** More kinds than one Jenkins has connectors; the one used longest ago goes first. */
    private static final int MOST = 16;

    /** The longest time that a kept connection may have been idle before a write goes over it. */
    private static final Duration FRESH_ENOUGH_TO_WRITE = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final Map<Duration, Entry> byConnectTimeout = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Duration, Entry> eldest) {
            return size() > MOST;
        }
    };

    Clients() {
        this(InstantSource.system());
    }

    Clients(InstantSource clock) {
        this.clock = clock;
    }

    /** A client that may carry the request. */
    synchronized HttpClient clientFor(Request request) {
        Duration connect = request.limits().connect();
        Entry entry = byConnectTimeout.get(connect);
        if (entry == null || !request.method().isRead() && entry.isStale(clock.millis())) {
            entry = new Entry(create(connect), clock.millis());
            byConnectTimeout.put(connect, entry);
        }
        entry.lastUsed = clock.millis();
        return entry.client;
    }

    /** Says that a call over the client has just ended. */
    synchronized void used(HttpClient client) {
        byConnectTimeout.values().stream()
                .filter(entry -> entry.client == client)
                .forEach(entry -> entry.lastUsed = clock.millis());
    }

    private static HttpClient create(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    private static final class Entry {
        private final HttpClient client;
        private long lastUsed;

        Entry(HttpClient client, long lastUsed) {
            this.client = client;
            this.lastUsed = lastUsed;
        }

        boolean isStale(long now) {
            return now - lastUsed > FRESH_ENOUGH_TO_WRITE.toMillis();
        }
    }
}
