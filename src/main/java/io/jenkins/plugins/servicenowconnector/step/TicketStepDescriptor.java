package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.connector.FormChoices;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowStep.ServiceNowStepDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What the forms of steps with tickets have in common: a map is shown as rows, because no form binds one.
 *
 * @param <S> the step
 */
public abstract class TicketStepDescriptor<S extends TicketStep> extends ServiceNowStepDescriptor {

    private final Map<String, Function<S, Map<String, Object>>> getters = new LinkedHashMap<>();
    private final Map<String, BiConsumer<S, Map<String, Object>>> setters = new LinkedHashMap<>();

    /** All of them, for forms that let people choose. */
    public static List<Descriptor<Step>> choices() {
        return ExtensionList.lookup(TicketStepDescriptor.class).stream()
                .<Descriptor<Step>>map(each -> each)
                .toList();
    }

    /** Declares a parameter that is a map. */
    protected final void rows(
            String parameter, Function<S, Map<String, Object>> getter, BiConsumer<S, Map<String, Object>> setter) {
        getters.put(parameter, getter);
        setters.put(parameter, setter);
    }

    @Override
    @SuppressWarnings("unchecked")
    public S newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws Descriptor.FormException {
        JSONObject rest = JSONObject.fromObject(form);
        setters.keySet().forEach(rest::remove);
        S step = (S) super.newInstance(request, rest);
        setters.forEach((parameter, setter) -> setter.accept(step, FieldRows.read(parameter, form)));
        return step;
    }

    /** The rows that the form shows for a parameter that is a map; none for a new step. */
    public List<FieldRow> rowsOf(S step, String parameter) {
        return FieldRows.of(step == null ? null : getters.get(parameter).apply(step));
    }

    /**
     * Adds rows to the fields of a step, or to the row that it imports; for whoever cannot give a map.
     *
     * @throws IllegalArgumentException if the step has none
     */
    public static void addFields(TicketStep step, List<FieldRow> rows) {
        add(step, step instanceof ServiceNowImportSetStep ? "row" : "fields", rows);
    }

    /**
     * Adds rows to the fields by name of a step.
     *
     * @throws IllegalArgumentException if the step has none
     */
    public static void addNames(TicketStep step, List<FieldRow> rows) {
        add(step, "names", rows);
    }

    @SuppressWarnings("unchecked")
    private static void add(TicketStep step, String parameter, List<FieldRow> rows) {
        if (rows == null || rows.isEmpty()) {
            return;
        }
        TicketStepDescriptor<TicketStep> descriptor = (TicketStepDescriptor<TicketStep>) step.getDescriptor();
        if (!descriptor.setters.containsKey(parameter)) {
            throw new IllegalArgumentException(descriptor.getFunctionName() + " has no rows of " + parameter);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> known = descriptor.getters.get(parameter).apply(step);
        if (known != null) {
            fields.putAll(known);
        }
        fields.putAll(FieldRows.map(rows));
        descriptor.setters.get(parameter).accept(step, fields);
    }

    /** The form of one row. */
    public Descriptor<?> getRow() {
        return ExtensionList.lookupSingleton(FieldRow.DescriptorImpl.class);
    }

    /** What the form shows for a list of texts: one in each line. */
    public String lines(List<String> texts) {
        return texts == null ? "" : String.join("\n", texts);
    }

    /** The form templates of a table. */
    @POST
    public ComboBoxModel doFillFormTemplateItems(
            @AncestorInPath Item item, @QueryParameter String connector, @QueryParameter String ticketType) {
        if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
            return new ComboBoxModel();
        }
        String table = tableOr(ticketType);
        return FormChoices.offer(item, connector, table, "formTemplates", lists -> lists.formTemplates(table));
    }

    /** Says why there is no template to choose from. */
    @POST
    public FormValidation doCheckFormTemplate(
            @AncestorInPath Item item, @QueryParameter String connector, @QueryParameter String ticketType) {
        if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
            return FormValidation.ok();
        }
        String table = tableOr(ticketType);
        return FormChoices.hint(item, connector, table, "formTemplates", lists -> lists.formTemplates(table));
    }
}
