package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConnectorsAsCodeTest extends AbstractRoundTripTest {

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule jenkins, String configuration) {
        assertThat(ServiceNowConnectors.get().getConnectors()).singleElement().satisfies(connector -> {
            assertThat(connector.getId()).isEqualTo("prod");
            assertThat(connector.getName()).isEqualTo("Production");
            assertThat(connector.getUrl()).isEqualTo("https://example.service-now.com");
            assertThat(connector.getAgentLabel()).isEqualTo("dmz && linux");
            assertThat(connector.getAuthentication()).isInstanceOf(BasicKind.class);
        });
    }

    @Override
    protected String configResource() {
        return "connectors.yaml";
    }

    @Override
    protected String stringInLogExpected() {
        return ServiceNowConnectors.class.getName();
    }
}
