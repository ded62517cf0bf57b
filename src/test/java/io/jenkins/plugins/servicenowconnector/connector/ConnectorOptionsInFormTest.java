package io.jenkins.plugins.servicenowconnector.connector;

import org.htmlunit.html.HtmlForm;
import org.jvnet.hudson.test.JenkinsRule;

/** Through the form of the connector. */
class ConnectorOptionsInFormTest extends ConnectorOptions {

    @Override
    Connector through(JenkinsRule jenkins, Connector stored) throws Exception {
        HtmlForm form = jenkins.createWebClient()
                .goTo("manage/servicenow-connectors/connector/" + stored.getId() + "/")
                .getFormByName("connector");
        jenkins.submit(form);
        return ServiceNowConnectors.get().getConnectors().get(0);
    }
}
