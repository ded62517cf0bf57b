package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class OldConfigurationTest {

    @Test
    void whatTheFirstVersionWroteStillLoads(JenkinsRule jenkins) throws Exception {
        try (InputStream old = OldConfigurationTest.class.getResourceAsStream("first-release.xml")) {
            Files.copy(
                    old, jenkins.jenkins.getRootDir().toPath().resolve(ServiceNowConnectors.class.getName() + ".xml"));
        }

        ServiceNowConnectors.get().load();

        assertThat(ServiceNowConnectors.get().getConnectors()).hasSize(2);
        Connector prod = ServiceNowConnectors.get().byId("prod").orElseThrow();
        assertThat(prod.getName()).isEqualTo("Production");
        assertThat(prod.getUrl()).isEqualTo("https://example.service-now.com");
        assertThat(prod.getAgentLabel()).isEqualTo("dmz && linux");
        assertThat(((BasicKind) prod.getAuthentication()).getCredentialsId()).isEqualTo("servicenow-account");
        assertThat(prod.getUse().getOperations()).containsExactly("read", "create", "update", "attach");
        assertThat(prod.getUse().tables()).contains("change_request", "task_ci");
        assertThat(prod.getLimits().polls()).isEqualTo(30);
        assertThat(prod.getDefaultFields()).isEmpty();
        ConnectorRules.check(prod);
        assertThat(ServiceNowConnectors.get().byId("my-instance")).isPresent();
    }
}
