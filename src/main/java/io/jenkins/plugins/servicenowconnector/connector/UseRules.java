package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Marking;
import java.io.File;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.tools.ant.types.selectors.SelectorUtils;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What may be done through a connector, on which tables, and by which jobs. */
public class UseRules implements Describable<UseRules>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final List<String> USUAL_TABLES =
            List.of("change_request", "incident", "problem", "change_task", "task_ci");

    private static final String ANY = "*";

    private List<String> operations;
    private String ticketTypes;
    private String usableBy;
    private boolean stepsMayChooseAgent;
    private boolean shielded;
    private boolean withoutSysId;
    private boolean withoutCorrelationId;

    @DataBoundConstructor
    public UseRules() {}

    /** The words of {@link Operation} that are allowed. */
    public List<String> getOperations() {
        return operations == null ? Operation.USUAL : new ArrayList<>(operations);
    }

    /** Blank words are left out; null allows the usual ones. */
    @DataBoundSetter
    public void setOperations(List<String> operations) {
        List<String> given = operations == null
                ? null
                : new ArrayList<>(new LinkedHashSet<>(operations.stream()
                        .map(Util::fixNull)
                        .map(String::trim)
                        .filter(word -> !word.isEmpty())
                        .toList()));
        this.operations = Operation.USUAL.equals(given) ? null : given;
    }

    /** Tables with commas or spaces between them, {@code *} for every table; null for the usual ones. */
    public String getTicketTypes() {
        return ticketTypes;
    }

    @DataBoundSetter
    public void setTicketTypes(String ticketTypes) {
        this.ticketTypes = Util.fixEmptyAndTrim(ticketTypes);
    }

    /** Ant globs on the full names of jobs, one on each line; null for all jobs. */
    public String getUsableBy() {
        return usableBy;
    }

    @DataBoundSetter
    public void setUsableBy(String usableBy) {
        this.usableBy = Util.fixEmptyAndTrim(Util.fixNull(usableBy).replaceAll("\\s*\\R\\s*", "\n"));
    }

    /** Whether a step's agent label takes the place of the connector's, instead of narrowing it. */
    public boolean isStepsMayChooseAgent() {
        return stepsMayChooseAgent;
    }

    @DataBoundSetter
    public void setStepsMayChooseAgent(boolean stepsMayChooseAgent) {
        this.stepsMayChooseAgent = stepsMayChooseAgent;
    }

    /** Whether no folder may define a connector of the same id or name. */
    public boolean isProtected() {
        return shielded;
    }

    @DataBoundSetter
    public void setProtected(boolean shielded) {
        this.shielded = shielded;
    }

    /** Whether the key of a new ticket is chosen here, so that it can be found again. */
    public boolean isChooseSysId() {
        return !withoutSysId;
    }

    @DataBoundSetter
    public void setChooseSysId(boolean chooseSysId) {
        this.withoutSysId = !chooseSysId;
    }

    /** Whether the correlation id of a new ticket is filled, so that it can be found again. */
    public boolean isFillCorrelationId() {
        return !withoutCorrelationId;
    }

    @DataBoundSetter
    public void setFillCorrelationId(boolean fillCorrelationId) {
        this.withoutCorrelationId = !fillCorrelationId;
    }

    /** By what tickets shall be found again. */
    Marking marking() {
        return new Marking(!withoutSysId, !withoutCorrelationId);
    }

    /** The tables that may be used; {@code *} stands for all. */
    Set<String> tables() throws ServiceNowException {
        Set<String> tables = new LinkedHashSet<>();
        if (ticketTypes == null) {
            tables.addAll(USUAL_TABLES);
        } else {
            for (String table : ticketTypes.split("[\\s,]+")) {
                tables.add(table.equals(ANY) ? ANY : Syntax.table("Ticket types", table));
            }
        }
        return tables;
    }

    /** Refuses rules that nobody can keep. */
    void check() throws ServiceNowException {
        for (String word : getOperations()) {
            if (Operation.of(word).isEmpty()) {
                throw ServiceNowException.badInput(
                        "Operations",
                        "has '" + word + "', but there are only "
                                + Arrays.stream(Operation.values())
                                        .map(Operation::word)
                                        .toList() + ".");
            }
        }
        if (getOperations().isEmpty()) {
            throw ServiceNowException.badInput("Operations", "must hold at least one, such as read.");
        }
        tables();
    }

    /** Whether a job may know of the connector at all; null stands for Jenkins itself, which may. */
    boolean admits(Item item) {
        if (usableBy == null || item == null) {
            return true;
        }
        return Arrays.stream(usableBy.split("\n")).anyMatch(glob -> matches(glob, item.getFullName()));
    }

    /**
     * Whether the name of a job matches an Ant glob. Ant matches with the separator of the machine that it runs on; names of
     * jobs know only the slash.
     */
    public static boolean matches(String glob, String name) {
        String pattern = glob.trim().replaceFirst("^/+", "").replaceFirst("/$", "/**");
        return SelectorUtils.matchPath(local(pattern), local(name), true);
    }

    private static String local(String path) {
        return path.replace('/', File.separatorChar);
    }

    /** Refuses what these rules do not allow; before any call. */
    void check(String connector, ConnectorUse use) throws ServiceNowException {
        String advice =
                "; somebody who administers Jenkins can change that under Manage Jenkins › ServiceNow connectors.";
        for (Operation operation : Operation.values()) {
            if (use.operations().contains(operation) && !getOperations().contains(operation.word())) {
                throw ServiceNowException.badInput(
                        "connector",
                        "'" + connector + "' does not allow the operation " + operation.word()
                                + (use.table() == null ? "" : " (asked for on " + use.table() + ")") + advice);
            }
        }
        Set<String> tables = tables();
        if (use.table() != null && !tables.contains(ANY) && !tables.contains(use.table())) {
            throw ServiceNowException.badInput(
                    "ticketType",
                    "is " + use.table() + ", which the connector '" + connector + "' does not allow, only "
                            + String.join(", ", tables) + advice);
        }
    }

    /** The form of the rules. */
    @Extension
    public static class DescriptorImpl extends Descriptor<UseRules> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.UseRules_displayName();
        }

        @POST
        public FormValidation doCheckTicketTypes(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            UseRules rules = new UseRules();
            rules.setTicketTypes(value);
            return ConnectorDescriptor.checked(rules::tables);
        }

        @POST
        public FormValidation doCheckStepsMayChooseAgent(@AncestorInPath Item item, @QueryParameter boolean value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            return value ? FormValidation.warning(Messages.UseRules_anyAgentSeesSecret()) : FormValidation.ok();
        }

        /** Everything that the form offers. */
        public List<String> words() {
            return Arrays.stream(Operation.values()).map(Operation::word).toList();
        }

        /** Whether the form ticks an operation. */
        public boolean isOn(UseRules rules, String word) {
            return (rules == null ? Operation.USUAL : rules.getOperations()).contains(word);
        }
    }
}
