package io.jenkins.plugins.servicenowconnector.engine.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import javax.net.ssl.TrustManager;

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
    private final TrustManager[] trusted;
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

    /**
     * @param clock tells how long a connection was idle
     * @param trusted who says which servers to trust; none for what this Java trusts
     */
    Clients(InstantSource clock, TrustManager... trusted) {
        this.clock = clock;
        this.trusted = trusted.length == 0 ? null : trusted;
    }

    /** A client that may carry the request; it must be given back. */
    synchronized Client take(Request request) {
        Route route = request.route();
        Kind kind = new Kind(
                request.uri().getScheme(),
                request.uri().getAuthority(),
                request.limits().connect(),
                route.proxy(),
                route.certificate() == null ? "" : route.certificate().digest());
        Client client = byKind.get(kind);
        if (client == null
                || !client.takeConnection(clock.millis()) && !request.method().isRead()) {
            client = new Client(create(kind, route.certificate()));
            byKind.put(kind, client);
        }
        return client;
    }

    /** Says that a call over the client has just ended. */
    synchronized void giveBack(Client client) {
        client.idleSince.add(clock.millis());
    }

    private HttpClient create(Kind kind, ClientCertificate certificate) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(kind.connectTimeout)
                .followRedirects(Redirect.NEVER)
                .proxy(selector(kind.proxy));
        if (certificate != null || trusted != null) {
            builder.sslContext(Tls.context(certificate, trusted));
        }
        return builder.build();
    }

    /** The node's own settings never count: what the connector says must be what happens. */
    private static ProxySelector selector(HttpProxy proxy) {
        return proxy == null
                ? HttpClient.Builder.NO_PROXY
                : ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
    }

    /** What requests must have in common to share connections; of a certificate only its digest is kept here. */
    private record Kind(
            String scheme, String authority, Duration connectTimeout, HttpProxy proxy, String certificate) {}

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
