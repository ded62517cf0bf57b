package io.jenkins.plugins.servicenowconnector.simulator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A PKCS#12 file with one private key and its self-signed certificate, or with certificates to trust.
 *
 * @param path where it lies
 */
public record KeyFile(Path path) {

    /** The password of every such file. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "key";

    /** A key for encrypted connections to this host name. */
    public static KeyFile ofServer(Path folder, String hostName) {
        return make(folder.resolve(hostName + ".p12"), hostName, "EC", "-ext", "SAN=dns:" + hostName);
    }

    /** An RSA key for a client, which can sign assertions too. */
    public static KeyFile ofClient(Path folder, String name) {
        return make(folder.resolve(name + ".p12"), name, "RSA", "-keysize", "2048");
    }

    /** The certificates of other files, to be trusted. */
    public static KeyFile trusting(Path folder, KeyFile... others) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < others.length; i++) {
                store.setCertificateEntry("trusted" + i, others[i].certificate());
            }
            Path file = Files.createTempFile(folder, "trusted", ".p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, PASSWORD.toCharArray());
            }
            return new KeyFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyFile make(Path file, String commonName, String algorithm, String... more) {
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + commonName,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
        ProcessBuilder process = new ProcessBuilder(new ArrayList<>(keytool)).redirectErrorStream(true);
        process.command().addAll(List.of(more));
        try {
            Process running = process.start();
            String said = new String(running.getInputStream().readAllBytes());
            if (running.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new KeyFile(file);
    }

    /** The whole file. */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate of the one key. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) open().getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file as Java reads it. */
    public KeyStore open() {
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
