package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.http.Transports;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.signin.OAuthClient;
import io.jenkins.plugins.servicenowconnector.simulator.signin.SignIn;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A connector that signs in with tokens at a simulator, seen from its side with its own clock. */
final class Tokens {

    static final String CLIENT_SECRET = "cl13nt-s3cret&=";
    static final String REFRESH_TOKEN = "r3fresh-t0ken";

    /** The application of this simulator, known at both of its endpoints. */
    static final OAuthClient CLIENT = new OAuthClient("jenkins-id", CLIENT_SECRET, Simulator.USER, REFRESH_TOKEN);

    static final Transport TRANSPORT = Transports.fresh();

    final Simulator simulator;
    final TokenSource source;
    private final Instant start = Instant.now();
    private Duration later = Duration.ZERO;
    private Transport transport = TRANSPORT;

    private Tokens(Simulator simulator, URI url, Grant grant) {
        this.simulator = simulator;
        TokenEndpoint endpoint = new TokenEndpoint(url, Limits.DEFAULT, "Jenkins-ServiceNow-Connector/test");
        source = new TokenSource(endpoint, grant, clock());
    }

    static Tokens by(Grant grant, Simulator simulator) {
        simulator.signIn().endpoint().client(CLIENT);
        return new Tokens(simulator, TokenEndpoint.of(simulator.url()), grant);
    }

    static Tokens byForeign(Grant grant, Simulator simulator) {
        simulator.signIn().foreignEndpoint().client(CLIENT);
        return new Tokens(simulator, URI.create(simulator.url() + SignIn.FOREIGN_TOKEN_PATH), grant);
    }

    static Tokens at(URI url, Grant grant, Simulator simulator) {
        return new Tokens(simulator, url, grant);
    }

    /** It moves only when a test says so: minutes before and after a limit then count exactly. */
    private InstantSource clock() {
        return () -> start.plus(later);
    }

    /** Has all calls made by this one from now on. */
    void over(Transport other) {
        transport = other;
    }

    /** Lets time pass here as well as at the instance. */
    void pass(Duration time) {
        later = later.plus(time);
        simulator.clock().offset(later);
    }

    Authentication authentication() {
        return source.over(transport);
    }

    /** Reads something over a connector with this authentication. */
    void read() throws Exception {
        tables().query("incident", EncodedQuery.where("active", "true"), List.of("number"), 1);
    }

    TableApi tables() {
        return new TableApi(new Instance(
                simulator.url(),
                authentication(),
                transport,
                Limits.DEFAULT,
                "Jenkins-ServiceNow-Connector/test",
                clock()));
    }
}
