package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hudson.ProxyConfiguration;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.simulator.ForwardProxy;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That the proxy of Jenkins' settings is used, on the agent too, and only where it is wanted. */
@WithJenkins
class ProxyTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;
    private ForwardProxy proxy;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        proxy = ForwardProxy.start();
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        Connecting.to(SERVICENOW, "dmz");
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void agentGoesThroughJenkinsProxyWithItsCredentials() throws Exception {
        proxy.demand("proxy-user", "proxy-secret");
        setProxy("proxy-user", "proxy-secret", null);

        read();

        assertThat(proxy.requests())
                .singleElement()
                .asString()
                .contains(SERVICENOW.url().getAuthority());
    }

    @Test
    void hostThatNeedsNoProxyIsCalledStraight() throws Exception {
        setProxy(null, null, SERVICENOW.url().getHost());

        read();

        assertThat(proxy.requests()).isEmpty();
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
    }

    @Test
    void connectorWithoutProxyGoesPastIt() throws Exception {
        setProxy(null, null, null);
        Connector connector = ServiceNowConnectors.get().getConnectors().get(0);
        CallLimits limits = new CallLimits();
        limits.setProxy("none");
        connector.setLimits(limits);

        read();

        assertThat(proxy.requests()).isEmpty();
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
    }

    @Test
    void proxyThatRefusesIsNamedAndNoSecretIs() throws Exception {
        proxy.demand("proxy-user", "proxy-secret");
        setProxy("proxy-user", "wrong-secret", null);

        ServiceNowException refused = catchThrowableOfType(ServiceNowException.class, this::read);

        assertThat(refused)
                .hasMessageContaining("does not accept the user name and password in Jenkins' proxy settings");
        assertThat(refused.getMessage()).doesNotContain("wrong-secret", "proxy-secret", Simulator.PASSWORD);
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    private void setProxy(String user, String password, String withoutProxy) throws Exception {
        jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port(), user, password, withoutProxy));
    }

    private void read() throws Exception {
        String number = SERVICENOW
                .tables()
                .seed("incident", Map.of("short_description", "x"))
                .get("number");
        new Tickets(Connectors.open("test", ConnectorUse.by(null), null).instance())
                .get("incident", TicketKey.number("ticketNumber", number), List.of());
    }
}
