package io.jenkins.plugins.servicenowconnector.job;

import hudson.EnvVars;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.ParameterValue;
import hudson.model.Run;
import hudson.util.VariableResolver;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import java.io.Serial;
import java.util.Locale;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.export.Exported;

/**
 * The ticket that somebody named for a build.
 *
 * <p>What was entered decides whether two items of the queue are the same; what ServiceNow says about it is added before the
 * build starts.
 */
public class TicketParameterValue extends ParameterValue {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String entered;
    private volatile String number;
    private volatile String sysId;
    private volatile String url;

    /**
     * @param name the parameter's name
     * @param value the ticket's number or sys_id; blank for none
     */
    @DataBoundConstructor
    public TicketParameterValue(String name, String value) {
        super(name);
        this.entered = Util.fixNull(value).strip();
    }

    /** What was entered: a number or a sys_id; empty for no ticket. */
    public String entered() {
        return entered;
    }

    /** Whether it names a ticket. */
    public boolean isGiven() {
        return !entered.isEmpty();
    }

    /** Takes down the ticket that was found. */
    void found(Ticket ticket, OpenConnector connector) {
        number = ticket.number();
        sysId = ticket.sysId();
        url = TicketLink.to(connector.link(), ticket);
    }

    /** The ticket's number, or what was entered as long as it was not looked up; empty for no ticket. */
    @Override
    @Exported(visibility = 4)
    public String getValue() {
        return number == null || number.isEmpty() ? entered : number;
    }

    /** The ticket's key; empty as long as it was not looked up, and for no ticket. */
    @Exported(visibility = 4)
    public String getSysId() {
        return Util.fixNull(sysId);
    }

    /** The address under which a person opens the ticket; empty as long as it was not looked up, and for no ticket. */
    @Exported(visibility = 4)
    public String getUrl() {
        return Util.fixNull(url);
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars environment) {
        environment.put(getName(), getValue());
        environment.put(getName() + "_SYS_ID", getSysId());
        environment.put(getName() + "_URL", getUrl());
    }

    @Override
    public VariableResolver<String> createVariableResolver(AbstractBuild<?, ?> build) {
        return variable -> getName().equals(variable) ? getValue() : null;
    }

    @Override
    public String getShortDescription() {
        return getName() + "='" + getValue() + "'";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketParameterValue value
                && getName().equals(value.getName())
                && entered.equalsIgnoreCase(value.entered);
    }

    @Override
    public int hashCode() {
        return Objects.hash(getName(), entered.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "ServiceNow ticket " + getShortDescription();
    }
}
