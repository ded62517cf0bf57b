package io.jenkins.plugins.servicenowconnector.engine.http;

import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import javax.net.ssl.TrustManagerFactory;

/** Transports of tests in other rooms. */
public final class Transports {

    private Transports() {}

    /** One with connections of its own. */
    public static Transport fresh() {
        return new HttpTransport(new Clients());
    }

    /** One that trusts these servers, as if a node's Java had them in its trust store. */
    public static Transport trusting(KeyFile servers) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(servers.open());
        return new HttpTransport(new Clients(InstantSource.system(), factory.getTrustManagers()));
    }
}
