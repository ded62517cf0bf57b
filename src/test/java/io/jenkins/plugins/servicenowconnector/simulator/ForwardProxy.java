package io.jenkins.plugins.servicenowconnector.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A forward proxy on a loopback port: tunnels https, forwards http, may demand a user or refuse everything. */
public final class ForwardProxy implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String wanted = "";
    private volatile String refusal = "";

    private ForwardProxy() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Starts one on a free port. */
    public static ForwardProxy start() {
        try {
            return new ForwardProxy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets only this user through from now on. */
    public ForwardProxy demand(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        wanted = "Basic " + Base64.getEncoder().encodeToString(pair);
        return this;
    }

    /** Answers everything with this status line from now on, such as {@code 403 Forbidden}. */
    public ForwardProxy refuse(String status) {
        refusal = status;
        return this;
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** The request lines that arrived. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            List<String> head = head(in);
            requests.add(head.get(0));
            String answer = refusal.isEmpty() && !isLetThrough(head) ? "407 Proxy Authentication Required" : refusal;
            if (answer.isEmpty()) {
                carry(head, in, client);
            } else {
                String text = "HTTP/1.1 " + answer + "\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n";
                client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // the other side is gone, or this proxy is being closed
        }
    }

    private boolean isLetThrough(List<String> head) {
        return wanted.isEmpty()
                || head.stream().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + wanted));
    }

    private void carry(List<String> head, InputStream in, Socket client) throws IOException {
        String[] line = head.get(0).split(" ");
        boolean isTunnel = line[0].equals("CONNECT");
        URI target = URI.create(isTunnel ? "https://" + line[1] : line[1]);
        try (Socket onward = new Socket(target.getHost(), target.getPort())) {
            open.add(onward);
            if (isTunnel) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                onward.getOutputStream().write(forwarded(head, line[0], target));
            }
            threads.execute(() -> copy(in, onward));
            onward.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /** One request for each connection, so that no later one passes unseen. */
    private static byte[] forwarded(List<String> head, String method, URI target) {
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        String headers = head.stream()
                .skip(1)
                .filter(line -> !line.regionMatches(true, 0, "Proxy-", 0, 6))
                .filter(line -> !line.regionMatches(true, 0, "Connection:", 0, 11))
                .collect(Collectors.joining("\r\n"));
        return (method + " " + target.getRawPath() + query + " HTTP/1.1\r\n" + headers
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, Socket onward) {
        try {
            OutputStream out = onward.getOutputStream();
            byte[] bytes = new byte[8_192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // the other direction ends the connection
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("ended early");
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
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
