package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import io.jenkins.plugins.casc.model.CNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
            assertThat(connector.getUse().isProtected()).isTrue();
            assertThat(connector.getAuthentication()).isInstanceOf(BasicKind.class);
        });
        assertThat(ServiceNowConnectors.get().getDefaultConnector()).isEqualTo("Production");
        assertThat(ServiceNowConnectors.get().getFolders().getHosts())
                .isEqualTo("*.service-now.com, login.example.com");
        assertThat(ServiceNowConnectors.get().getFolders().isControllerAllowed())
                .isTrue();
    }

    @Test
    void wholeSectionIsExportedWithSecretsByTheirIdsAndAppliedAgain(JenkinsRule jenkins, @TempDir Path folder)
            throws Exception {
        ConfigurationAsCode.get()
                .configure(getClass().getResource(configResource()).toString());
        String stored = configuration();

        String exported = exported();

        assertThat(exported)
                .contains(
                        "defaultConnector: \"Production\"",
                        "hosts: \"*.service-now.com, login.example.com\"",
                        "controllerAllowed: true",
                        "protected: true",
                        "credentialsId: \"servicenow-account\"")
                .doesNotContain("s3cret", "password");
        ServiceNowConnectors.get().setConnectors(List.of());
        ServiceNowConnectors.get().setDefaultConnector(null);
        ServiceNowConnectors.get().setFolders(new FolderRules());
        assertThat(configuration()).isNotEqualTo(stored);
        Path file = folder.resolve("exported.yaml");
        Files.writeString(file, "serviceNow:\n  serviceNowConnectors:\n" + exported.indent(4));

        ConfigurationAsCode.get().configure(file.toString());

        assertThat(configuration()).isEqualTo(stored);
    }

    /** What Jenkins keeps on disk. */
    private static String configuration() throws Exception {
        return Files.readString(
                Path.of(Jenkins.get().getRootDir().getPath(), ServiceNowConnectors.class.getName() + ".xml"));
    }

    private static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode section = context.lookup(ServiceNowConnectors.class).describe(ServiceNowConnectors.get(), context);
        return Util.toYamlString(section);
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
