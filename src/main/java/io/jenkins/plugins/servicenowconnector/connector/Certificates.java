package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import io.jenkins.plugins.servicenowconnector.engine.http.ClientCertificate;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Takes a certificate with its key out of a Jenkins credential. */
final class Certificates {

    private Certificates() {}

    static ClientCertificate read(StandardCertificateCredentials credentials) throws ServiceNowException {
        String secret = credentials.getPassword().getPlainText();
        KeyStore store = credentials.getKeyStore();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            store.store(file, secret.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw ServiceNowException.badInput(
                    "Credential", "'" + credentials.getId() + "' cannot be opened: " + e.getMessage() + ".");
        }
        return new ClientCertificate(file.toByteArray(), secret);
    }
}
