package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConnectionChecksTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        Connecting.credentials(Simulator.PASSWORD);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void connectorsFromCodeAreCheckedInTheBackground() throws Exception {
        Connector works = connector("works", null);
        Connector waits = connector("waits", "nowhere");
        Connector skipped = connector("skipped", null);
        skipped.setSkipValidation(true);

        ServiceNowConnectors.get().setConnectors(List.of(works, waits, skipped));

        await().atMost(Duration.ofSeconds(60)).until(() -> result(works) != null && result(waits) != null);
        assertThat(result(works).isPassed()).isTrue();
        assertThat(result(waits).getOutcome()).isEqualTo(CheckResult.Outcome.NO_AGENT);
        assertThat(result(skipped)).isNull();
        // one connector asked who it is, and whether that is an administrator
        assertThat(SERVICENOW.requestCount()).isEqualTo(2);
        FailingConnectorsMonitor monitor = ExtensionList.lookupSingleton(FailingConnectorsMonitor.class);
        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getUnchecked()).containsExactly(found(waits));
        assertThat(monitor.getFailed()).isEmpty();
        assertThat(jenkins.createWebClient()
                        .goTo("manage/servicenow-connectors/")
                        .getElementById("connectors")
                        .asNormalizedText())
                .contains("Works", "Not checked: no agent yet", "Saved without verification");
        assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                .contains("ServiceNow connectors need attention.");
    }

    @Test
    void refusedSecretIsShownUntilACheckPasses() throws Exception {
        Connecting.credentials("mistyped-Zürich");
        Connector connector = connector("prod", null);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
        await().atMost(Duration.ofSeconds(60)).until(() -> result(connector) != null);
        StoppedSecretsMonitor stopped = ExtensionList.lookupSingleton(StoppedSecretsMonitor.class);
        FailingConnectorsMonitor failing = ExtensionList.lookupSingleton(FailingConnectorsMonitor.class);
        assertThat(result(connector).getProblem()).contains("401").doesNotContain("mistyped");
        assertThat(stopped.getStopped()).containsExactly(found(connector));
        assertThat(failing.getFailed()).containsExactly(found(connector));
        assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                .contains("ServiceNow has refused the secret of a connector.");
        Connecting.credentials(Simulator.PASSWORD);

        ConnectionChecks.get().checkNow(found(connector));

        assertThat(stopped.isActivated()).isFalse();
        assertThat(failing.isActivated()).isFalse();
        assertThat(result(connector).isPassed()).isTrue();
        assertThat(SERVICENOW.requestCount()).isGreaterThan(1);
    }

    private static FoundConnector found(Connector connector) {
        return new FoundConnector(connector, Home.jenkins());
    }

    private static CheckResult result(Connector connector) {
        return ConnectionChecks.get().result(found(connector));
    }

    private static Connector connector(String id, String label) {
        Connector connector = new Connector(id, SERVICENOW.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        connector.setId(id);
        connector.setAgentLabel(label);
        return connector;
    }
}
