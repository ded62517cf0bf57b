package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.htmlunit.Page;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** Through the form of the connector. */
class ConnectorOptionsInFormTest extends ConnectorOptions {

    @Override
    Connector through(JenkinsRule jenkins, Connector stored) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        HtmlPage form = browser.goTo("manage/servicenow-connectors/connector/" + stored.getId() + "/");
        Page answer = jenkins.submit(form.getFormByName("connector"));
        DomElement problem = ((HtmlPage) answer).getElementById("problem");
        assertThat(problem == null ? "" : problem.asNormalizedText()).isEmpty();
        return ServiceNowConnectors.get().getConnectors().get(0);
    }
}
