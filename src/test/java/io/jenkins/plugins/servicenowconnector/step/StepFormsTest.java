package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCondition;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepFormsTest {

    @Test
    void configRoundTripOfCreate(JenkinsRule jenkins) throws Exception {
        ServiceNowCreateStep step = create();

        ServiceNowCreateStep again = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, again);
    }

    @Test
    void configRoundTripOfEveryParameterOfTicketSteps(JenkinsRule jenkins) throws Exception {
        for (TicketStep step : List.of(everythingOfCreate(), update(), get(), importSet(), attach(), report())) {
            TicketStep again = new StepConfigTester(jenkins).configRoundTrip(step);

            jenkins.assertEqualDataBoundBeans(step, again);
        }
        for (TicketStepDescriptor<?> each : ExtensionList.lookup(TicketStepDescriptor.class)) {
            TicketStep nothing =
                    (TicketStep) each.clazz.getDeclaredConstructor().newInstance();
            jenkins.assertEqualDataBoundBeans(nothing, new StepConfigTester(jenkins).configRoundTrip(nothing));
        }
    }

    @Test
    void configRoundTripOfApproval(JenkinsRule jenkins) throws Exception {
        ServiceNowApprovalStep step = approval();

        ServiceNowApprovalStep again = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, again);
    }

    @Test
    void configRoundTripOfNothingStoresNothing(JenkinsRule jenkins) throws Exception {
        jenkins.assertEqualDataBoundBeans(
                new ServiceNowCreateStep(), new StepConfigTester(jenkins).configRoundTrip(new ServiceNowCreateStep()));
        jenkins.assertEqualDataBoundBeans(
                new ServiceNowApprovalStep(),
                new StepConfigTester(jenkins).configRoundTrip(new ServiceNowApprovalStep()));
        jenkins.assertEqualDataBoundBeans(
                new ServiceNowGetStep(), new StepConfigTester(jenkins).configRoundTrip(new ServiceNowGetStep()));
    }

    @Test
    void limitOfZeroIsOneThatWasGivenButNotInAJobThatStoresNone(JenkinsRule jenkins) throws Exception {
        ServiceNowGetStep zero = new ServiceNowGetStep();
        zero.setLimit(0);

        new SnippetizerTester(jenkins).assertRoundTrip(zero, "serviceNowGet limit: 0");

        String stored = Jenkins.XSTREAM2.toXML(get()).replace("<limit>7<", "<limit>0<");
        assertThat(stored).contains("<limit>0</limit>");
        assertThat(((ServiceNowGetStep) Jenkins.XSTREAM2.fromXML(stored)).getLimit())
                .isNull();
    }

    @Test
    void snippetsReadAsTheDocumentationWritesThem(JenkinsRule jenkins) throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);

        snippets.assertRoundTrip(
                create(),
                "serviceNowCreate agentLabel: 'dmz', changeType: 'emergency', connector: 'prod', description: 'all of it',"
                        + " fields: [risk: '3', short_description: 'y'], requestApproval: true, shortDescription: 'x',"
                        + " ticketType: 'change_request', timeout: '5m'");
        snippets.assertRoundTrip(new ServiceNowCreateStep(), "serviceNowCreate()");
        snippets.assertRoundTrip(
                everythingOfCreate(),
                "serviceNowCreate affectedItems: ['payments-prod', 'web-prod-01'], changeModel: 'Normal', changeTemplate: 'Std',"
                        + " deduplicate: false, failOnNotTaken: true, formTemplate: 'Outage',"
                        + " names: [assignment_group: 'Network', watch_list: ['Abel Tuter', 'Beth Anglin']], onceFor: 'release-1', requestedBy: 'abel.tuter',"
                        + " workNote: false");
        snippets.assertRoundTrip(
                update(),
                "serviceNowUpdate affectedItems: ['payments-prod'], changeTaskType: 'implementation',"
                        + " changeTasksOf: 'CHG0030001', failOnNotTaken: true, fields: [state: '3', close_notes: ''],"
                        + " formTemplate: 'Outage', limit: 5, names: [assigned_to: 'Abel Tuter'],"
                        + " query: 'active=true^category=network', sysId: '0123456789abcdef0123456789abcdef',"
                        + " ticketNumber: 'INC0010001', ticketType: 'incident', workNote: false");
        snippets.assertRoundTrip(
                get(), "serviceNowGet fields: ['state', 'assigned_to.name'], limit: 7, ticketNumber: 'CHG0030001'");
        snippets.assertRoundTrip(
                importSet(),
                "serviceNowImportSet json: '[{\"u_name\": \"b\"}]', row: [u_name: 'a'], stagingTable: 'u_builds'");
        snippets.assertRoundTrip(attach(), "serviceNowAttach files: 'target/*.log', ticketNumber: 'CHG0030001'");
        ServiceNowApprovalStep approval = approval();
        approval.setShowOnPage(false);
        snippets.assertRoundTrip(
                approval,
                "serviceNowApproval agentLabel: 'dmz', approvalCriteria: [conditions: [[field: 'state', operator: 'in',"
                        + " value: [-2, -1]]], expression: 'ticket.state.value == \"-1\"', match: 'any'], buildResult: 'UNSTABLE',"
                        + " changeWindow: [end: 'end_date', start: 'start_date'], connector: 'prod', forbidSelfApproval: true,"
                        + " mustMatch: [conditions: [[field: 'cmdb_ci.name', operator: '=', value: 'payments']],"
                        + " expression: 'ticket.state.value == \"-1\"', match: 'any'], onConflict: 'approve', onNotRun: 'cancel',"
                        + " onSentBack: 'reject', onWindowMissed: 'wait',"
                        + " rejectionCriteria: [conditions: [[field: 'state', operator: '=', value: '4']],"
                        + " expression: 'ticket.state.value == \"-1\"', match: 'any'], retryInterval: '30s', returnOutcome: true,"
                        + " showOnPage: false, ticketNumber: 'CHG0030001', ticketType: 'change_request', timeout: '2d'");
        snippets.assertRoundTrip(report(), "serviceNowReport result: 'rolled back', ticketNumber: 'CHG0030001'");
    }

    private static ServiceNowCreateStep create() {
        ServiceNowCreateStep step = new ServiceNowCreateStep();
        step.setConnector("prod");
        step.setAgentLabel("dmz");
        step.setTimeout("5m");
        step.setTicketType("change_request");
        step.setShortDescription("x");
        step.setDescription("all of it");
        step.setChangeType("emergency");
        step.setRequestApproval(true);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("risk", "3");
        fields.put("short_description", "y");
        step.setFields(fields);
        return step;
    }

    /** What {@link #create} leaves out. */
    private static ServiceNowCreateStep everythingOfCreate() {
        ServiceNowCreateStep step = new ServiceNowCreateStep();
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("assignment_group", "Network");
        names.put("watch_list", List.of("Abel Tuter", "Beth Anglin"));
        step.setNames(names);
        step.setChangeModel("Normal");
        step.setChangeTemplate("Std");
        step.setFormTemplate("Outage");
        step.setRequestedBy("abel.tuter");
        step.setAffectedItems(List.of("payments-prod", "web-prod-01"));
        step.setOnceFor("release-1");
        step.setDeduplicate(false);
        step.setWorkNote(false);
        step.setFailOnNotTaken(true);
        return step;
    }

    private static ServiceNowUpdateStep update() {
        ServiceNowUpdateStep step = new ServiceNowUpdateStep();
        step.setTicketType("incident");
        step.setTicketNumber("INC0010001");
        step.setSysId("0123456789abcdef0123456789abcdef");
        step.setQuery("active=true^category=network");
        step.setChangeTasksOf("CHG0030001");
        step.setChangeTaskType("implementation");
        step.setLimit(5);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", "3");
        fields.put("close_notes", "");
        step.setFields(fields);
        step.setNames(Map.of("assigned_to", "Abel Tuter"));
        step.setFormTemplate("Outage");
        step.setAffectedItems(List.of("payments-prod"));
        step.setWorkNote(false);
        step.setFailOnNotTaken(true);
        return step;
    }

    private static ServiceNowGetStep get() {
        ServiceNowGetStep step = new ServiceNowGetStep();
        step.setTicketNumber("CHG0030001");
        step.setFields(List.of("state", "assigned_to.name"));
        step.setLimit(7);
        return step;
    }

    private static ServiceNowImportSetStep importSet() {
        ServiceNowImportSetStep step = new ServiceNowImportSetStep();
        step.setStagingTable("u_builds");
        step.setRow(Map.of("u_name", "a"));
        step.setJson("[{\"u_name\": \"b\"}]");
        return step;
    }

    private static ServiceNowAttachStep attach() {
        ServiceNowAttachStep step = new ServiceNowAttachStep();
        step.setTicketNumber("CHG0030001");
        step.setFiles("target/*.log");
        return step;
    }

    private static ServiceNowReportStep report() {
        ServiceNowReportStep step = new ServiceNowReportStep();
        step.setTicketNumber("CHG0030001");
        step.setResult("rolled back");
        return step;
    }

    private static ServiceNowApprovalStep approval() {
        ServiceNowApprovalStep step = new ServiceNowApprovalStep();
        step.setConnector("prod");
        step.setAgentLabel("dmz");
        step.setTimeout("2d");
        step.setTicketType("change_request");
        step.setTicketNumber("CHG0030001");
        step.setApprovalCriteria(criteria("state", "in", "-2, -1"));
        step.setRejectionCriteria(criteria("state", "=", "4"));
        step.setMustMatch(criteria("cmdb_ci.name", "=", "payments"));
        ApprovalWindow window = new ApprovalWindow();
        window.setStart("start_date");
        window.setEnd("end_date");
        step.setChangeWindow(window);
        step.setOnConflict("approve");
        step.setOnSentBack("reject");
        step.setOnWindowMissed("wait");
        step.setRetryInterval("30s");
        step.setReturnOutcome(true);
        step.setBuildResult("UNSTABLE");
        step.setOnNotRun("cancel");
        step.setForbidSelfApproval(true);
        return step;
    }

    private static ApprovalCriteria criteria(String field, String operator, String value) {
        ApprovalCondition condition = new ApprovalCondition();
        condition.setField(field);
        condition.setOperator(operator);
        condition.setValue(value);
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setMatch("any");
        criteria.setConditions(List.of(condition));
        criteria.setExpression("ticket.state.value == \"-1\"");
        return criteria;
    }
}
