package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/** Through an export by Configuration as Code that is applied again. */
class ConnectorOptionsAsCodeTest extends ConnectorOptions {

    @Override
    Connector through(JenkinsRule jenkins, Connector stored) throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode exported = context.lookup(ServiceNowConnectors.class).describe(ServiceNowConnectors.get(), context);
        String text = Util.toYamlString(exported);
        assertThat(text).doesNotContain(Simulator.PASSWORD);
        Path file = Files.createTempFile("connectors", ".yaml");
        Files.writeString(file, "serviceNow:\n  serviceNowConnectors:\n" + text.indent(4));
        ServiceNowConnectors.get().setConnectors(List.of());

        ConfigurationAsCode.get().configure(file.toString());

        Files.delete(file);
        return ServiceNowConnectors.get().getConnectors().get(0);
    }
}
