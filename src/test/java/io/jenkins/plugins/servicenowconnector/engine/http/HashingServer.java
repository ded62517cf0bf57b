package io.jenkins.plugins.servicenowconnector.engine.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes bodies of any size without keeping them, which the simulator's WireMock cannot: it holds each as a whole, more than
 * once.
 */
public final class HashingServer implements AutoCloseable {

    /**
     * A body that arrived as a whole.
     *
     * @param length what the head said; null if it said nothing
     * @param chunked the head's {@code Transfer-Encoding}; null if there was none
     */
    public record Received(String path, long size, String sha256, String length, String chunked, String type) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private HashingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Starts one on a free port. */
    public static HashingServer start() {
        try {
            return new HashingServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers this JSON to requests with that method whose path begins so. */
    public HashingServer answer(String method, String path, String json) {
        answers.put(method + " " + path, json);
        return this;
    }

    /** Its address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The bodies of POSTs that arrived as a whole, oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** How many requests arrived, whole or not. */
    public int requests() {
        return requests.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            Received body = read(exchange);
            if (exchange.getRequestMethod().equals("POST")) {
                received.add(body);
            }
            byte[] json = answer(exchange).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    private Received read(HttpExchange exchange) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[16_384];
        long size = 0;
        try (InputStream in = exchange.getRequestBody()) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
                size += read;
            }
        }
        return new Received(
                exchange.getRequestURI().getPath(),
                size,
                HexFormat.of().formatHex(digest.digest()),
                exchange.getRequestHeaders().getFirst("Content-Length"),
                exchange.getRequestHeaders().getFirst("Transfer-Encoding"),
                exchange.getRequestHeaders().getFirst("Content-Type"));
    }

    private String answer(HttpExchange exchange) {
        String asked =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        return answers.entrySet().stream()
                .filter(each -> asked.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("{\"result\":{}}");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
