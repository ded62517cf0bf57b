package io.jenkins.plugins.servicenowconnector.engine.ticket.form;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.rest.UserQuery;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSearch;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What forms offer in their drop-downs, read from the instance: few rows with few fields.
 *
 * <p>What the account may not read is an error of kind {@link Kind#FORBIDDEN} that names the missing right; where nothing came
 * back, the list's hint names it.
 */
public final class FormLists {

    /** The usual tickets, also for accounts that may not look tables up. */
    private static final Map<String, String> USUAL = Map.of(
            "change_request", "Change Request",
            "change_task", "Change Task",
            "incident", "Incident",
            "problem", "Problem");

    private static final int MOST_TICKETS = 50;
    private static final Comparator<FormOption> BY_LABEL =
            Comparator.comparing(FormOption::label, String.CASE_INSENSITIVE_ORDER);

    private static final String PARENT_NAME = "super_class.name";

    private final Instance instance;
    private final FormQuery forms;

    public FormLists(Instance instance) {
        this.instance = instance;
        forms = new FormQuery(instance);
    }

    /**
     * The tables of tickets: those that extend {@code task} or one of the four usual ones, without those that are never
     * written. The four alone, with a hint, where tables may not be listed.
     */
    public FormList<FormOption> ticketTypes() throws ServiceNowException, InterruptedException {
        Map<String, String> labels = new TreeMap<>(USUAL);
        List<String> parents = new ArrayList<>(List.of("task"));
        parents.addAll(USUAL.keySet());
        String hint = "";
        try {
            List<Row> rows = forms.rows(
                    TableLineage.TABLES, Map.of(PARENT_NAME, parents), List.of("name", "label"), FormQuery.MOST);
            rows.forEach(row -> labels.put(row.value("name"), labelOf(row, "label", "name")));
            hint = rows.isEmpty() ? FormQuery.nothingSeen(TableLineage.TABLES) : "";
        } catch (ServiceNowException e) {
            if (e.kind() != Kind.FORBIDDEN) {
                throw e;
            }
            hint = e.sentence();
        }
        labels.keySet().removeIf(NeverWritten::isTable);
        return new FormList<>(
                labels.entrySet().stream()
                        .map(each -> new FormOption(each.getKey(), each.getValue()))
                        .sorted(Comparator.comparing((FormOption each) -> !USUAL.containsKey(each.value()))
                                .thenComparing(BY_LABEL))
                        .toList(),
                hint);
    }

    /** The fields of a table with those of its parents, by label. */
    public FormList<FormField> fields(String table) throws ServiceNowException, InterruptedException {
        return new FormDictionary(forms).fields(Syntax.table("ticketType", table));
    }

    /** The choices of a field in their own order: English, active, the parent table's where the table has none. */
    public FormList<FormOption> choices(String table, String field) throws ServiceNowException, InterruptedException {
        return new FormDictionary(forms).choices(Syntax.table("ticketType", table), Syntax.field("field", field));
    }

    /** The active templates of standard changes by name: a step takes the name. */
    public FormList<FormOption> changeTemplates() throws ServiceNowException, InterruptedException {
        return named("std_change_record_producer", Map.of("active", List.of("true")), "short_description");
    }

    /** The active form templates for a table or its parents, by name. */
    public FormList<FormOption> formTemplates(String table) throws ServiceNowException, InterruptedException {
        List<String> family = forms.lineage(Syntax.table("ticketType", table));
        return named("sys_template", Map.of("active", List.of("true"), "table", family), "short_description");
    }

    /** The staging tables of import sets. */
    public FormList<FormOption> stagingTables() throws ServiceNowException, InterruptedException {
        List<Row> rows = forms.rows(
                TableLineage.TABLES,
                Map.of(PARENT_NAME, List.of("sys_import_set_row")),
                List.of("name", "label"),
                FormQuery.MOST);
        return sorted(FormQuery.list(
                TableLineage.TABLES, rows, row -> new FormOption(row.value("name"), labelOf(row, "label", "name"))));
    }

    /**
     * Open tickets, at most 50, with number and short description.
     *
     * @param filter an encoded query; null or blank for all
     */
    public FormList<FormOption> openTickets(String table, String filter)
            throws ServiceNowException, InterruptedException {
        String type = Syntax.table("ticketType", table);
        TicketSelection selection = new TicketSelection(type, null, open(filter), Map.of(), MOST_TICKETS);
        try {
            List<Ticket> found = new TicketSearch(instance)
                    .some(selection, Set.of("sys_id", "number", "short_description", "active"));
            List<FormOption> options = found.stream()
                    .filter(ticket -> ticket.value("active").equals("true"))
                    .limit(MOST_TICKETS)
                    .map(ticket -> new FormOption(ticket.number(), ticket.value("short_description")))
                    .toList();
            return new FormList<>(options, options.isEmpty() ? FormQuery.nothingSeen(type) : "");
        } catch (ServiceNowException e) {
            throw e.kind() == Kind.FORBIDDEN ? FormQuery.refused(type, e) : e;
        }
    }

    /** In a query with several groups, a condition at the end would hold for the last group alone (servicenow-rest §1.5). */
    private static UserQuery open(String filter) throws ServiceNowException {
        if (filter == null || filter.isBlank()) {
            return UserQuery.parse("filter", "active=true");
        }
        UserQuery given = UserQuery.parse("filter", filter);
        boolean hasGroups = given.query().text().contains("^NQ");
        return hasGroups
                ? given
                : UserQuery.parse("filter", "active=true^" + given.query().text());
    }

    private FormList<FormOption> named(String table, Map<String, List<String>> conditions, String description)
            throws ServiceNowException, InterruptedException {
        List<Row> rows = forms.rows(table, conditions, List.of("name", description), FormQuery.MOST);
        return sorted(FormQuery.list(
                table, rows, row -> new FormOption(row.value("name"), labelOf(row, "name", description))));
    }

    private static String labelOf(Row row, String field, String other) {
        return row.value(field).isEmpty() ? row.value(other) : row.value(field);
    }

    private static FormList<FormOption> sorted(FormList<FormOption> list) {
        return new FormList<>(list.entries().stream().sorted(BY_LABEL).toList(), list.hint());
    }
}
