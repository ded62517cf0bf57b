package io.jenkins.plugins.servicenowconnector.testing;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Starts sandboxed Pipelines. */
public final class Pipelines {

    private Pipelines() {}

    /** A new job with this script. */
    public static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Script that creates a change, requests its approval and prints its number. */
    public static String submittedChange(Simulator servicenow) {
        String group = servicenow
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .sysId();
        return "def chg = serviceNowCreate shortDescription: 'Zürich – 変更', requestApproval: true,\n"
                + "    fields: [assignment_group: '" + group + "']\n"
                + "echo \"number ${chg.number}, state ${chg.fields.state.displayValue}.\"\n";
    }

    /** The number that {@link #submittedChange} printed. */
    public static String number(WorkflowRun build) throws Exception {
        return JenkinsRule.getLog(build).replaceAll("(?s).*number (CHG[0-9]+), .*", "$1");
    }

    /** Makes one call: until an account has been accepted once, its calls are made one after the other. */
    public static void proveAccount(JenkinsRule jenkins) throws Exception {
        jenkins.buildAndAssertSuccess(
                job(jenkins, "first-call", "serviceNowGet ticketType: 'incident', query: 'active=true'"));
    }

    /** A build of a new job that has begun. */
    public static WorkflowRun start(JenkinsRule jenkins, String name, String script) throws Exception {
        return job(jenkins, name, script).scheduleBuild2(0).waitForStart();
    }
}
