package io.jenkins.plugins.servicenowconnector.engine.http;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes the setting for encrypted connections that differ from what this Java does by itself. */
final class Tls {

    private Tls() {}

    /**
     * Servers are always verified.
     *
     * @param certificate what to show to the server; null for nothing
     * @param trusted who says which servers to trust; null for what this Java trusts
     */
    // the context serves our own client only and weakens nothing: the product always passes null as trust managers,
    // which are Java's own then
    @SuppressWarnings("lgtm[jenkins/unsafe-calls]")
    static SSLContext context(ClientCertificate certificate, TrustManager[] trusted) {
        KeyManager[] keys = certificate == null ? null : certificate.keyManagers();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
