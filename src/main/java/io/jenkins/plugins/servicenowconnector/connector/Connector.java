package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.InstanceUrl;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A named connection to one ServiceNow instance: its address, who we are there, which agents reach it, and what may be done.
 *
 * <p>It takes whatever was entered; {@link ConnectorRules} says what is wrong with it.
 */
public class Connector implements Describable<Connector>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String url;
    private final AuthenticationKind authentication;
    private String id;
    private String description;
    private String tags;
    private String linkUrl;
    private String agentLabel;
    private boolean skipValidation;
    private UseRules use;
    private List<DefaultFields> defaultFields;
    private List<ApprovalDefaults> approvalDefaults;
    private CallLimits limits;

    /**
     * @param name what people call it; may be changed later
     * @param url the address of the instance
     * @param authentication who we are there
     */
    @DataBoundConstructor
    public Connector(String name, String url, AuthenticationKind authentication) {
        this.name = Util.fixNull(name).trim();
        this.url = Util.fixNull(url).trim();
        this.authentication = authentication;
    }

    /** What people call it. */
    @NonNull
    public String getName() {
        return name;
    }

    /** What jobs know it by: fixed once saved. Without one of its own it is made from the name. */
    @NonNull
    public String getId() {
        return id == null ? ConnectorRules.proposedId(name) : id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = Util.fixEmptyAndTrim(id);
    }

    /** What it is for, in free words; null for nothing. */
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    /** Words to find it by, with commas between them; null for none. */
    public String getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(String tags) {
        this.tags = Util.fixEmptyAndTrim(tags);
    }

    /** The address of the instance as it was entered. */
    @NonNull
    public String getUrl() {
        return url;
    }

    /** The address that people use, where calls go through a gateway; null for the same. */
    public String getLinkUrl() {
        return linkUrl;
    }

    @DataBoundSetter
    public void setLinkUrl(String linkUrl) {
        this.linkUrl = Util.fixEmptyAndTrim(linkUrl);
    }

    /** The agents that make the calls, as a label expression; null for the controller. */
    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** Whether it is saved without being tried. */
    public boolean isSkipValidation() {
        return skipValidation;
    }

    @DataBoundSetter
    public void setSkipValidation(boolean skipValidation) {
        this.skipValidation = skipValidation;
    }

    /** Who we are on the instance. */
    public AuthenticationKind getAuthentication() {
        return authentication;
    }

    /** What may be done through it. */
    @NonNull
    public UseRules getUse() {
        return use == null ? new UseRules() : use;
    }

    @DataBoundSetter
    public void setUse(UseRules use) {
        this.use = use;
    }

    /** The fields that new tickets get, by ticket type. */
    @NonNull
    public List<DefaultFields> getDefaultFields() {
        return defaultFields == null ? List.of() : new ArrayList<>(defaultFields);
    }

    @DataBoundSetter
    public void setDefaultFields(List<DefaultFields> defaultFields) {
        this.defaultFields = defaultFields == null || defaultFields.isEmpty() ? null : new ArrayList<>(defaultFields);
    }

    /** What approvals are judged by, by ticket type. */
    @NonNull
    public List<ApprovalDefaults> getApprovalDefaults() {
        return approvalDefaults == null ? List.of() : new ArrayList<>(approvalDefaults);
    }

    @DataBoundSetter
    public void setApprovalDefaults(List<ApprovalDefaults> approvalDefaults) {
        this.approvalDefaults =
                approvalDefaults == null || approvalDefaults.isEmpty() ? null : new ArrayList<>(approvalDefaults);
    }

    /** How long calls may take, and how many there may be. */
    @NonNull
    public CallLimits getLimits() {
        return limits == null ? new CallLimits() : limits;
    }

    @DataBoundSetter
    public void setLimits(CallLimits limits) {
        this.limits = limits;
    }

    /** The checked address of the instance. */
    URI address() throws ServiceNowException {
        return InstanceUrl.parse("URL", url);
    }

    /** The checked address that people use. */
    URI link() throws ServiceNowException {
        return linkUrl == null ? address() : InstanceUrl.parse("Link URL", linkUrl);
    }

    /** What tells this state of the connector from every other. */
    String fingerprint() {
        return Util.getDigestOf(Jenkins.XSTREAM2.toXML(this));
    }

    /** What tells whether calls may turn out differently: names, tags and rules have no part in them. */
    String callFingerprint() {
        return Util.getDigestOf(String.join(
                "\n",
                url,
                Util.fixNull(agentLabel),
                Jenkins.XSTREAM2.toXML(authentication),
                Util.fixNull(getLimits().getConnectTimeout()),
                Util.fixNull(getLimits().getResponseTimeout()),
                Util.fixNull(getLimits().getProxy())));
    }

    /** Another connector with the same settings, still to be named. */
    Connector copy() {
        Connector copy = new Connector("", url, authentication);
        copy.description = description;
        copy.tags = tags;
        copy.linkUrl = linkUrl;
        copy.agentLabel = agentLabel;
        copy.skipValidation = skipValidation;
        copy.use = use;
        copy.defaultFields = defaultFields;
        copy.approvalDefaults = approvalDefaults;
        copy.limits = limits;
        return copy;
    }

    /** Keeps an id that was made from the name when the name changes later. */
    @Serial
    private Object readResolve() {
        id = getId();
        return this;
    }
}
