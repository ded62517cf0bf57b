package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serializable;

/**
 * The way that a call takes from the node to the server.
 *
 * @param proxy the proxy that carries it; null for none, whatever the node's own settings say
 * @param certificate the certificate shown when the encrypted connection is made; null for none
 */
public record Route(HttpProxy proxy, ClientCertificate certificate) implements Serializable {

    /** Without a proxy, without a certificate. */
    public static final Route DIRECT = new Route(null, null);
}
