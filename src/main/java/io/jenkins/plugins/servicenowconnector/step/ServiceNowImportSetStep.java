package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.connector.FormChoices;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.imports.ImportRows;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code serviceNowImportSet}: puts rows into a staging table and tells what the transform maps made of them. */
public class ServiceNowImportSetStep extends TicketStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private String stagingTable;
    private LinkedHashMap<String, Object> row;
    private ArrayList<LinkedHashMap<String, Object>> rows;
    private String json;

    @DataBoundConstructor
    public ServiceNowImportSetStep() {}

    /** The staging table. */
    public String getStagingTable() {
        return stagingTable;
    }

    @DataBoundSetter
    public void setStagingTable(String stagingTable) {
        this.stagingTable = Util.fixEmptyAndTrim(stagingTable);
    }

    /** One row, columns by name; null if several are given. */
    public Map<String, Object> getRow() {
        return FieldRows.copy(row);
    }

    @DataBoundSetter
    public void setRow(Map<String, Object> row) {
        this.row = FieldRows.plainOrNull(row);
    }

    /** Several rows; null if one is given. */
    public List<Map<String, Object>> getRows() {
        return rows == null ? null : new ArrayList<>(rows);
    }

    @DataBoundSetter
    public void setRows(List<Map<String, Object>> rows) {
        // Job DSL gives an empty list for none
        this.rows = rows == null || rows.isEmpty()
                ? null
                : new ArrayList<>(rows.stream().map(FieldRows::plain).toList());
    }

    /** One row or a list of rows as JSON; null if they are given otherwise. */
    public String getJson() {
        return json;
    }

    @DataBoundSetter
    public void setJson(String json) {
        this.json = Util.fixEmptyAndTrim(json);
    }

    @Override
    protected TicketWork work(FoundConnector connector) throws ServiceNowException {
        return new ImportWork(ImportRows.of(stagingTable, row, rows, json));
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends TicketStepDescriptor<ServiceNowImportSetStep> {

        public DescriptorImpl() {
            rows("row", ServiceNowImportSetStep::getRow, ServiceNowImportSetStep::setRow);
        }

        @Override
        public String getFunctionName() {
            return "serviceNowImportSet";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowImportSetStep_displayName();
        }

        /** The staging tables of the instance. */
        @POST
        public ComboBoxModel doFillStagingTableItems(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            return FormChoices.offer(item, connector, null, "stagingTables", FormLists::stagingTables);
        }

        /** Says why there is no table to choose from. */
        @POST
        public FormValidation doCheckStagingTable(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return FormChoices.hint(item, connector, null, "stagingTables", FormLists::stagingTables);
        }
    }
}
