package io.jenkins.plugins.servicenowconnector.engine.http;

import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.INCIDENTS;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.get;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.post;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientsTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private Instant now = Instant.parse("2026-05-11T09:00:00Z");
    private final Clients clients = new Clients(() -> now);
    private final HttpTransport transport = new HttpTransport(clients);
    private final URI incidents = URI.create(SIMULATOR.url() + INCIDENTS);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private void wait(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void writeSoonAfterAnotherCallKeepsItsConnection() throws Exception {
        transport.send(get(incidents));
        wait(15);
        transport.send(post(incidents, "{}"));

        assertThat(SIMULATOR.connections()).isEqualTo(1);
    }

    @Test
    void writeAfterMoreThan15SecondsGetsAFreshConnection() throws Exception {
        transport.send(get(incidents));
        wait(16);
        transport.send(post(incidents, "{}"));
        transport.send(post(incidents, "{}"));

        assertThat(SIMULATOR.connections()).isEqualTo(2);
    }

    @Test
    void readAfterAnyTimeKeepsItsConnection() throws Exception {
        transport.send(get(incidents));
        wait(3_600);
        transport.send(get(incidents));

        assertThat(SIMULATOR.connections()).isEqualTo(1);
    }

    @Test
    void callsToOneHostDoNotMakeAnothersConnectionFresh() {
        URI other = URI.create("https://other.example.com/");
        Clients.Client old = use(get(other));
        wait(16);
        use(get(incidents));

        assertThat(clients.take(post(other, "{}"))).isNotSameAs(old);
    }

    @Test
    void connectionLeftOverFromParallelCallsIsNotFreshBecauseAnotherOneIs() {
        Clients.Client client = clients.take(get(incidents));
        assertThat(clients.take(get(incidents))).isSameAs(client);
        clients.giveBack(client);
        clients.giveBack(client);
        wait(16);
        use(get(incidents));

        assertThat(clients.take(post(incidents, "{}"))).isNotSameAs(client);
    }

    @Test
    void callsWithAnotherConnectLimitHaveTheirOwnClient() {
        Clients.Client client = use(get(incidents));
        Duration second = Duration.ofSeconds(1);

        assertThat(clients.take(within(second, second, get(incidents)))).isNotSameAs(client);
    }

    @Test
    void clientUsedLongestAgoOfSeventeenIsForgotten() {
        Clients.Client first = use(get(URI.create("https://host0.example.com/")));
        Clients.Client second = use(get(URI.create("https://host1.example.com/")));
        use(get(URI.create("https://host0.example.com/")));
        for (int i = 2; i < 17; i++) {
            use(get(URI.create("https://host" + i + ".example.com/")));
        }

        assertThat(clients.take(get(URI.create("https://host0.example.com/")))).isSameAs(first);
        assertThat(clients.take(get(URI.create("https://host1.example.com/")))).isNotSameAs(second);
    }

    private Clients.Client use(Request request) {
        Clients.Client client = clients.take(request);
        clients.giveBack(client);
        return client;
    }
}
