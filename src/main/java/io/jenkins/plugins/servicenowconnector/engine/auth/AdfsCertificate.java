package io.jenkins.plugins.servicenowconnector.engine.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.jenkins.plugins.servicenowconnector.engine.http.ClientCertificate;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Client credentials at ADFS, proved by an assertion that is signed here, so that the key never travels. */
public final class AdfsCertificate implements Grant {

    private static final String TOKEN_PATH = "/oauth2/token";
    private static final Duration VALID = Duration.ofMinutes(5);

    private final String clientId;
    private final String resource;
    private final URI tokenUrl;
    private final PrivateKey key;
    private final X509Certificate certificate;

    /**
     * @param clientId the client id that ADFS knows
     * @param resource the resource id to ask a token for: the instance as ADFS knows it
     * @param tokenUrl ADFS' token endpoint, for which the assertion is made out
     * @param certificate the certificate that ADFS knows for the client, with its RSA key
     * @throws ServiceNowException if an id is blank or the key is not RSA
     */
    public AdfsCertificate(String clientId, String resource, URI tokenUrl, ClientCertificate certificate)
            throws ServiceNowException {
        this.clientId = Given.notBlank("client id", clientId);
        this.resource = Given.notBlank("resource id", resource);
        this.tokenUrl = tokenUrl;
        this.key = certificate.privateKey();
        this.certificate = certificate.certificate();
        if (!(this.certificate.getPublicKey() instanceof RSAPublicKey)) {
            throw ServiceNowException.badInput(
                    "certificate", "must have an RSA key, since the assertion for ADFS is signed with RS256.");
        }
    }

    /** The token endpoint of an ADFS server; an address that leads there already stays as it is. */
    public static URI tokenUrl(URI adfs) {
        String address = adfs.toString().replaceAll("/+$", "");
        if (address.endsWith(TOKEN_PATH)) {
            return URI.create(address);
        }
        return URI.create(address + (address.endsWith("/adfs") ? "" : "/adfs") + TOKEN_PATH);
    }

    @Override
    public Map<String, String> form(Instant now) throws ServiceNowException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion(now));
        form.put("resource", resource);
        return form;
    }

    private String assertion(Instant now) throws ServiceNowException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(tokenUrl.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(VALID)))
                .build();
        SignedJWT jwt = new SignedJWT(header(), claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw ServiceNowException.badInput(
                    "certificate", "cannot sign the assertion for ADFS: its key is unusable.");
        }
        return jwt.serialize();
    }

    /** ADFS finds the certificate by its SHA-1 thumbprint; nothing rests on that hash being hard to forge. */
    @SuppressWarnings("deprecation")
    private JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .x509CertThumbprint(X509CertUtils.computeSHA1Thumbprint(certificate))
                .build();
    }

    @Override
    public String causesOfRefusal() {
        return "ADFS does not know the certificate for this client, or the certificate has expired; wrong client id or"
                + " resource id; the clocks of Jenkins and ADFS differ by more than "
                + VALID.toMinutes() + " minutes; the token URL is not the one by which ADFS calls itself.";
    }

    @Override
    public String toString() {
        return "ADFS certificate (hidden)";
    }
}
