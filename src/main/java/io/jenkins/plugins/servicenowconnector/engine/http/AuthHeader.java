package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;

/**
 * The one header that proves who a request is from, ready to be sent.
 *
 * <p>It is a class of its own, not a record, so that nothing prints its value by accident. It crosses the channel to the
 * agent with its request and is never a field of anything that is stored.
 */
public final class AuthHeader implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String value;

    /**
     * @param name the header's name, such as {@code Authorization}
     * @param value its value, a secret
     */
    public AuthHeader(String name, String value) {
        this.name = Objects.requireNonNull(name);
        this.value = Objects.requireNonNull(value);
    }

    /** The header's name. */
    public String name() {
        return name;
    }

    /** The header's value: a secret, for the wire only. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return name + ": (hidden)";
    }
}
