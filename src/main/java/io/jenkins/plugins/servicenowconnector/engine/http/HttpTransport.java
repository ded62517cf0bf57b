package io.jenkins.plugins.servicenowconnector.engine.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the call from this JVM with the JDK's HTTP client.
 *
 * <p>No cookies are kept: requests of one ServiceNow session wait for each other (servicenow-rest §7.4). Redirects are not
 * followed, so that the authentication header never leaves the instance.
 */
public final class HttpTransport implements Transport {

    /** The answer's headers that mean something to us; the others do not travel back from an agent. */
    private static final Set<String> KEPT_HEADERS = Set.of(
            "content-type",
            "date",
            "location",
            "retry-after",
            "server",
            "www-authenticate",
            "x-mfa_token",
            "x-ratelimit-limit",
            "x-ratelimit-reset",
            "x-total-count",
            "x-transaction-id");

    private static final int PROXY_REFUSES = 407;

    private static final HttpTransport SHARED = new HttpTransport(new Clients());

    private final Clients clients;
    private final InstantSource clock;

    HttpTransport(Clients clients) {
        this(clients, InstantSource.system());
    }

    /** @param clock tells how long a call stood still before it was sent */
    HttpTransport(Clients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** The one transport of this JVM, so that all calls share their connections. */
    public static HttpTransport shared() {
        return SHARED;
    }

    @Override
    public Answer send(Request request) throws ServiceNowException, InterruptedException {
        try (Upload upload = request.stream() == null ? null : new Upload(request.stream())) {
            return send(request, upload);
        }
    }

    /** @param upload the request's stream; null if its body is bytes */
    private Answer send(Request request, Upload upload) throws ServiceNowException, InterruptedException {
        BodyPublisher body = upload == null ? bytes(request) : upload.publisher();
        HttpRequest sent =
                toJdk(request, body.contentLength() == 0 ? body : new TimelyBody(body, request.longest(), clock));
        Clients.Client client = clients.take(request);
        CompletableFuture<HttpResponse<byte[]>> call = client.http()
                .sendAsync(sent, answer -> new CappedBody(request.limits().maxAnswerBytes()));
        try {
            // the JDK's own request timeout ends with the first header: the body needs this one
            HttpResponse<byte[]> answer = call.get(request.longest().toMillis(), TimeUnit.MILLISECONDS);
            return whole(request, answer);
        } catch (TimeoutException e) {
            throw CallFailures.tooSlow(request, e);
        } catch (ExecutionException e) {
            ServiceNowException ofBody = upload == null ? null : upload.failure();
            throw ofBody == null ? CallFailures.explain(request, e.getCause()) : ofBody;
        } finally {
            call.cancel(true);
            clients.giveBack(client);
        }
    }

    private static Answer whole(Request request, HttpResponse<byte[]> answer) throws ServiceNowException {
        if (answer.statusCode() == PROXY_REFUSES) {
            throw ProxyFailures.unauthenticated(request);
        }
        return new Answer(answer.statusCode(), headers(answer), answer.body(), "");
    }

    private static BodyPublisher bytes(Request request) {
        return request.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
    }

    private static HttpRequest toJdk(Request request, BodyPublisher body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .timeout(request.longest())
                .version(version(request))
                .method(request.method().name(), body);
        request.headers().forEach(builder::header);
        if (request.auth() != null) {
            builder.header(request.auth().name(), request.auth().value());
        }
        HttpProxy proxy = request.route().proxy();
        if (proxy != null && proxy.hasUser()) {
            // an authenticator would make the JDK's client drop our own Authorization header
            builder.header("Proxy-Authorization", proxy.authorization());
        }
        return builder.build();
    }

    /** Plain http is loopback only; there, offering an upgrade to HTTP/2 costs more than it brings. */
    private static HttpClient.Version version(Request request) {
        boolean plain = "http".equalsIgnoreCase(request.uri().getScheme());
        return plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
    }

    private static Map<String, String> headers(HttpResponse<?> answer) {
        Map<String, String> kept = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (KEPT_HEADERS.contains(key) && !values.isEmpty()) {
                kept.put(key, values.get(0));
            }
        });
        return kept;
    }
}
