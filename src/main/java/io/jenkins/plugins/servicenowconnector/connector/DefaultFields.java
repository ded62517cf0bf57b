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
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The fields that every new ticket of one type gets, such as an assignment group. */
public class DefaultFields implements Describable<DefaultFields>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String ticketType;
    private List<DefaultField> fields;

    /** @param ticketType the table */
    @DataBoundConstructor
    public DefaultFields(String ticketType) {
        this.ticketType = Util.fixNull(ticketType).trim();
    }

    /** The table. */
    public String getTicketType() {
        return ticketType;
    }

    /** The fields with their values. */
    public List<DefaultField> getFields() {
        return fields == null ? List.of() : new ArrayList<>(fields);
    }

    @DataBoundSetter
    public void setFields(List<DefaultField> fields) {
        this.fields = fields == null || fields.isEmpty() ? null : new ArrayList<>(fields);
    }

    /** The table in the form in which it is compared. */
    String table() throws ServiceNowException {
        return Syntax.table("Default fields: ticket type", ticketType);
    }

    /** The fields by name. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        getFields().forEach(field -> values.put(field.getName(), field.getValue()));
        return values;
    }

    /**
     * The fields for tickets of one table.
     *
     * @param all the fields for every table
     * @param table the table in lower case
     * @return values by name, empty if there are none
     */
    static Map<String, String> of(List<DefaultFields> all, String table) throws ServiceNowException {
        for (DefaultFields each : all) {
            if (each.table().equals(table)) {
                return each.values();
            }
        }
        return Map.of();
    }

    /**
     * Refuses fields with which no ticket can be created, and a table that is there twice.
     *
     * @param all the fields for every table
     */
    public static void check(List<DefaultFields> all) throws ServiceNowException {
        Set<String> tables = new HashSet<>();
        for (DefaultFields each : all) {
            each.check();
            if (!tables.add(each.table())) {
                throw ServiceNowException.badInput("Default fields", "has " + each.table() + " twice.");
            }
        }
    }

    private void check() throws ServiceNowException {
        try {
            String type = table().equals("change_request") ? values().get("type") : null;
            NewTicket.of(table(), null, null, type, values());
        } catch (ServiceNowException e) {
            throw ServiceNowException.badInput("Default fields of " + ticketType + ":", e.sentence());
        }
    }

    /** The form of the fields of one type. */
    @Extension
    public static class DescriptorImpl extends Descriptor<DefaultFields> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DefaultFields_displayName();
        }

        @POST
        public FormValidation doCheckTicketType(@AncestorInPath Item item, @QueryParameter String value) {
            (item == null ? Jenkins.get() : item).checkPermission(item == null ? Jenkins.ADMINISTER : Item.CONFIGURE);
            return ConnectorDescriptor.checked(() -> new DefaultFields(value).table());
        }
    }
}
