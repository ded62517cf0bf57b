package io.jenkins.plugins.servicenowconnector.connector;

import hudson.model.ModelObject;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors.Seen;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.verb.POST;

/** The form of one connector as it is shown: as stored, or as submitted together with the reason why it was not saved. */
public class ConnectorForm implements ModelObject {

    private final Connector connector;
    private final Seen seen;
    private String problem;
    private boolean mayForce;
    private CheckResult check;

    private ConnectorForm(Connector connector, Seen seen) {
        this.connector = connector;
        this.seen = seen;
    }

    /** The form of a stored connector. */
    static ConnectorForm of(Connector stored) {
        ConnectorForm form = new ConnectorForm(stored, new Seen(stored.getId(), stored.fingerprint()));
        form.check = new FoundConnector(stored, Home.jenkins()).getCheck();
        return form;
    }

    /** The form of a connector that is not stored yet; null for an empty form. */
    static ConnectorForm ofNew(Connector template) {
        return new ConnectorForm(template, null);
    }

    /** The form with what somebody entered, together with what came of trying it out. */
    static ConnectorForm tried(Connector entered, Seen seen, CheckResult check) {
        ConnectorForm form = new ConnectorForm(entered, seen);
        form.check = check;
        return form;
    }

    /** The form with what somebody entered, and why it was not saved. */
    static ConnectorForm refused(Connector entered, Seen seen, String problem) {
        ConnectorForm form = new ConnectorForm(entered, seen);
        form.problem = problem;
        return form;
    }

    /** Offers to save it although the check failed. */
    ConnectorForm force() {
        mayForce = true;
        return this;
    }

    @Override
    public String getDisplayName() {
        return connector == null || connector.getName().isEmpty() ? Messages.ConnectorForm_new() : connector.getName();
    }

    /** What the fields show; null for an empty form. */
    public Connector getConnector() {
        return connector;
    }

    /** The form's descriptor. */
    public ConnectorDescriptor getDescriptor() {
        return Jenkins.get().getDescriptorByType(ConnectorDescriptor.class);
    }

    /** The id under which it is stored; null if it is new. */
    public String getStoredId() {
        return seen == null ? null : seen.id();
    }

    /** What tells the stored state that was seen from others; null if it is new. */
    public String getFingerprint() {
        return seen == null ? null : seen.fingerprint();
    }

    /** Why it was not saved; null if nothing was refused. */
    public String getProblem() {
        return problem;
    }

    /** Whether it can be saved although the check failed. */
    public boolean isMayForce() {
        return mayForce;
    }

    /** What is known of the connection; null if it was not checked. */
    public CheckResult getCheck() {
        return check;
    }

    /** Whether the fields show what is stored. */
    public boolean isStored() {
        return seen != null
                && problem == null
                && ServiceNowConnectors.get().byId(seen.id()).orElse(null) == connector;
    }

    /** Deletes the connector. */
    @POST
    public HttpResponse doDelete() throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ServiceNowConnectors.get().delete(getStoredId());
        return ConnectorsLink.redirect("");
    }

    /** Checks the stored connector at once, also with a secret that was refused. */
    @POST
    public HttpResponse doCheckNow() throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ConnectionChecks.get().checkNow(new FoundConnector(connector, Home.jenkins()));
        return new HttpRedirect(".");
    }
}
