package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That every option of a connector comes out of an entrance as it went in. */
@WithJenkins
abstract class ConnectorOptions {

    /** Sends a stored connector through the entrance and gives back what is stored then. */
    abstract Connector through(JenkinsRule jenkins, Connector stored) throws Exception;

    @Test
    void everyOptionIsKept(JenkinsRule jenkins) throws Exception {
        Connecting.credentials(Simulator.PASSWORD);
        for (Map.Entry<String, Consumer<Connector>> option : options().entrySet()) {
            Connector connector = connector();
            option.getValue().accept(connector);
            ServiceNowConnectors.get().setConnectors(List.of(connector));

            Connector kept = through(jenkins, connector);

            assertThat(kept).as(option.getKey()).isNotSameAs(connector);
            assertThat(xml(kept)).as(option.getKey()).isEqualTo(xml(connector));
            if (!option.getKey().equals("nothing")) {
                assertThat(xml(kept)).as(option.getKey()).isNotEqualTo(xml(connector()));
            }
        }
    }

    /** Every option with a value that it does not have by itself. */
    private static Map<String, Consumer<Connector>> options() {
        Map<String, Consumer<Connector>> options = new LinkedHashMap<>();
        options.put("nothing", connector -> {});
        options.put("description", connector -> connector.setDescription("of the <b>payments</b> team & others"));
        options.put("tags", connector -> connector.setTags("production, emea"));
        options.put("linkUrl", connector -> connector.setLinkUrl("https://people.example.com"));
        options.put("agentLabel", connector -> connector.setAgentLabel("dmz && linux"));
        options.put("verified", connector -> connector.setSkipValidation(false));
        options.put("operations", rules(use -> use.setOperations(List.of("read"))));
        options.put(
                "all operations",
                rules(use -> use.setOperations(List.of("read", "create", "update", "import", "attach"))));
        options.put("ticketTypes", rules(use -> use.setTicketTypes("*")));
        options.put("usableBy", rules(use -> use.setUsableBy("team-a/**\nteam-b/*")));
        options.put("stepsMayChooseAgent", rules(use -> use.setStepsMayChooseAgent(true)));
        options.put("protected", rules(use -> use.setProtected(true)));
        options.put("chooseSysId", rules(use -> use.setChooseSysId(false)));
        options.put("fillCorrelationId", rules(use -> use.setFillCorrelationId(false)));
        options.put("defaultFields", ConnectorOptions::addDefaultFields);
        options.put("approvalDefaults", ConnectorOptions::addApprovalDefaults);
        options.put("connectTimeout", limits(limits -> limits.setConnectTimeout("5s")));
        options.put("responseTimeout", limits(limits -> limits.setResponseTimeout("2m")));
        options.put("smallestRetryInterval", limits(limits -> limits.setSmallestRetryInterval("30s")));
        options.put("pollsPerMinute", limits(limits -> limits.setPollsPerMinute("600")));
        options.put("parallelCalls", limits(limits -> limits.setParallelCalls("2")));
        options.put("proxy", limits(limits -> limits.setProxy("none")));
        return options;
    }

    private static Connector connector() {
        Connector connector =
                new Connector("Production", "https://example.service-now.com", new BasicKind(Connecting.CREDENTIALS));
        connector.setId("prod");
        connector.setSkipValidation(true);
        connector.setUse(new UseRules());
        connector.setLimits(new CallLimits());
        return connector;
    }

    private static Consumer<Connector> rules(Consumer<UseRules> change) {
        return connector -> change.accept(connector.getUse());
    }

    private static Consumer<Connector> limits(Consumer<CallLimits> change) {
        return connector -> change.accept(connector.getLimits());
    }

    private static void addDefaultFields(Connector connector) {
        DefaultFields changes = new DefaultFields("change_request");
        changes.setFields(List.of(new DefaultField("assignment_group", "abc"), new DefaultField("category", "Other")));
        DefaultFields incidents = new DefaultFields("incident");
        incidents.setFields(List.of(new DefaultField("urgency", "3")));
        connector.setDefaultFields(List.of(changes, incidents));
    }

    private static void addApprovalDefaults(Connector connector) {
        ApprovalDefaults changes = new ApprovalDefaults("change_request");
        changes.setApprovalCriteria(criteria("approval", "approved"));
        changes.setRejectionCriteria(criteria("approval", "rejected"));
        changes.setMustMatch(criteria("cmdb_ci.name", "payments-prod"));
        ApprovalWindow window = new ApprovalWindow();
        window.setStart("start_date");
        window.setEnd("end_date");
        changes.setChangeWindow(window);
        changes.setEnforced(true);
        connector.setApprovalDefaults(List.of(changes, new ApprovalDefaults("incident")));
    }

    static ApprovalCriteria criteria(String field, String value) {
        ApprovalCondition condition = new ApprovalCondition();
        condition.setField(field);
        condition.setOperator("=");
        condition.setValue(value);
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setMatch("all");
        criteria.setConditions(List.of(condition));
        return criteria;
    }

    private static String xml(Connector connector) {
        return jenkins.model.Jenkins.XSTREAM2.toXML(connector);
    }
}
