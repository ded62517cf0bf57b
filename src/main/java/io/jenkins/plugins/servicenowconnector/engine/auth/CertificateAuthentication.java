package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;

/** Mutual TLS: the certificate shown when the connection is made is the proof, so no request carries one. */
public final class CertificateAuthentication implements Authentication {

    @Override
    public AuthHeader header() {
        return null;
    }

    @Override
    public String causesOfRefusal() {
        return "the instance maps the client certificate to no user; that user is locked or inactive; something between"
                + " the node and the instance ends the encrypted connection, so that the certificate never arrives;"
                + " mutual authentication is not active on the instance.";
    }
}
