package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * The proxy that carries a call; whether a host needs none is decided before, where Jenkins' settings are.
 *
 * <p>No record, so that nothing prints the password by accident.
 */
public final class HttpProxy implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;
    private final String user;
    private final String password;

    /** A proxy that asks for nobody's name. */
    public HttpProxy(String host, int port) {
        this(host, port, "", "");
    }

    /**
     * @param host the proxy's host name or address
     * @param port its port
     * @param user who it lets through; empty for everybody
     * @param password that user's password, a secret; empty if there is none
     */
    public HttpProxy(String host, int port, String user, String password) {
        this.host = Objects.requireNonNull(host);
        this.port = port;
        this.user = Objects.requireNonNull(user);
        this.password = Objects.requireNonNull(password);
    }

    /** The proxy's host name or address. */
    public String host() {
        return host;
    }

    /** The proxy's port. */
    public int port() {
        return port;
    }

    /** Whether a user name goes with each call. */
    public boolean hasUser() {
        return !user.isEmpty();
    }

    /** The value of the header that proves who we are to the proxy: a secret. */
    String authorization() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpProxy that
                && host.equals(that.host)
                && port == that.port
                && user.equals(that.user)
                && password.equals(that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, user, password);
    }

    /** Host with port, nothing else. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
