package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate with its private key, as PKCS#12, that proves who we are.
 *
 * <p>No record, so that nothing prints it by accident. It crosses the channel with its request; there only the client that
 * uses it keeps the key.
 */
public final class ClientCertificate implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String NAME = "client certificate";

    private final byte[] pkcs12;
    private final String password;
    private final String digest;

    /**
     * @param pkcs12 a PKCS#12 file with one private key, a secret
     * @param password the password of the file and of the key, a secret
     * @throws ServiceNowException if the file cannot be opened with the password, or holds no private key
     */
    public ClientCertificate(byte[] pkcs12, String password) throws ServiceNowException {
        this.pkcs12 = pkcs12.clone();
        this.password = password;
        digest = digest(pkcs12, password);
        try {
            if (privateKey() == null) {
                throw ServiceNowException.badInput(NAME, "holds no private key.");
            }
        } catch (IllegalStateException e) {
            throw ServiceNowException.badInput(
                    NAME, "cannot be opened: its password is wrong, or it is no PKCS#12 file.");
        }
    }

    /** The private key: a secret. */
    public PrivateKey privateKey() {
        return opened(store -> (PrivateKey) store.getKey(keyAlias(store), password.toCharArray()));
    }

    /** The certificate that goes with the private key. */
    public X509Certificate certificate() {
        return opened(store -> (X509Certificate) store.getCertificate(keyAlias(store)));
    }

    /** Tells certificates apart without giving away anything of them. */
    String digest() {
        return digest;
    }

    KeyManager[] keyManagers() {
        return opened(store -> {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password.toCharArray());
            return factory.getKeyManagers();
        });
    }

    private <T> T opened(Use<T> use) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password.toCharArray());
            return use.of(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate could be opened before", e);
        }
    }

    private static String keyAlias(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return alias;
            }
        }
        return "";
    }

    /** What is done with the opened file. */
    private interface Use<T> {
        T of(KeyStore store) throws GeneralSecurityException;
    }

    private static String digest(byte[] pkcs12, String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(pkcs12);
            return HexFormat.of().formatHex(sha.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return NAME + " (hidden)";
    }
}
