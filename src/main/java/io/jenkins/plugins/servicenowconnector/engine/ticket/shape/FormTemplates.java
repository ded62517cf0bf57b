package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads form templates ({@code sys_template}), which the Table API does not apply by itself. */
final class FormTemplates {

    private static final String TABLE = "sys_template";
    private static final int MOST = 100;
    private static final List<String> FIELDS =
            List.of("sys_id", "name", "table", "active", "template", "global", "user", "group", "next", "next_child");

    private final TableApi tables;

    FormTemplates(TableApi tables) {
        this.tables = tables;
    }

    /**
     * The fields of a template.
     *
     * @param name its name or sys_id
     * @param lineage the ticket's table with those that it extends; a template of the table itself wins
     * @param lines takes what is not applied
     */
    Map<String, String> read(String name, List<String> lineage, List<String> lines)
            throws ServiceNowException, InterruptedException {
        Row template = choose(name, lineage);
        TemplateText text = TemplateText.parse(template.value("template"));
        String called = "Form template '" + template.value("name") + "'";
        lines.add(called + " gives "
                + (text.values().isEmpty()
                        ? "nothing"
                        : String.join(", ", text.values().keySet()))
                + ".");
        if (!text.skipped().isEmpty()) {
            lines.add("Warning: of " + called + " not applied: " + String.join(", ", text.skipped()) + ".");
        }
        if (!template.value("next").isEmpty() || !template.value("next_child").isEmpty()) {
            lines.add("Warning: " + called + " makes further records in ServiceNow's forms; these are not made here.");
        }
        return text.values();
    }

    private Row choose(String name, List<String> lineage) throws ServiceNowException, InterruptedException {
        List<Row> named = named(name, lineage);
        List<Row> active = named.stream()
                .filter(row -> !row.value("active").equals("false"))
                .toList();
        List<Row> visible = visible(active);
        if (visible.isEmpty()) {
            throw none(name, lineage, named, active);
        }
        Comparator<Row> nearest = Comparator.comparing(row -> lineage.indexOf(row.value("table")));
        String table = visible.stream().min(nearest).orElseThrow().value("table");
        List<Row> best =
                visible.stream().filter(row -> row.value("table").equals(table)).toList();
        if (best.size() > 1) {
            throw Candidates.error(
                    Kind.AMBIGUOUS,
                    TABLE,
                    "formTemplate: there is more than one active template '" + name + "' for " + table + ": "
                            + Candidates.list(best.stream()
                                    .map(row -> row.value("sys_id"))
                                    .toList())
                            + ". Rename one in ServiceNow, or give its sys_id.");
        }
        return best.get(0);
    }

    private List<Row> named(String name, List<String> lineage) throws ServiceNowException, InterruptedException {
        String key = RecordLookup.isSysId(name) ? "sys_id" : "name";
        EncodedQuery query = EncodedQuery.where(key, name).and(EncodedQuery.in("table", lineage));
        return tables.query(TABLE, query, FIELDS, MOST).rows().stream()
                .filter(row -> row.value(key).equalsIgnoreCase(name))
                .filter(row -> lineage.contains(row.value("table")))
                .toList();
    }

    /** Personal and group templates are for their user or group only; who that is matters to few, so it is asked late. */
    private List<Row> visible(List<Row> templates) throws ServiceNowException, InterruptedException {
        List<Row> visible = new ArrayList<>(templates);
        visible.removeIf(row -> !isForEverybody(row));
        List<Row> personal = new ArrayList<>(templates);
        personal.removeAll(visible);
        if (!personal.isEmpty()) {
            String me = me();
            for (Row row : personal) {
                if (isMine(row, me)) {
                    visible.add(row);
                }
            }
        }
        return visible;
    }

    private static boolean isForEverybody(Row row) {
        return row.value("global").equals("true")
                || row.value("user").isEmpty() && row.value("group").isEmpty();
    }

    /** Without knowing who we are, what ServiceNow shows us counts as ours. */
    private boolean isMine(Row row, String me) throws ServiceNowException, InterruptedException {
        return me.isEmpty()
                || row.value("user").equals(me)
                || !row.value("group").isEmpty() && isMember(me, row.value("group"));
    }

    /** Our own sys_id; empty if it cannot be learnt. */
    private String me() throws ServiceNowException, InterruptedException {
        // one of the few expressions that guarded instances still evaluate (servicenow-rest §1.5, §8)
        EncodedQuery query = new EncodedQuery("user_name=javascript:gs.getUserName()");
        List<Row> rows = readable("sys_user", query, List.of("sys_id", "user_name"));
        return rows.size() == 1 ? rows.get(0).value("sys_id") : "";
    }

    private boolean isMember(String user, String group) throws ServiceNowException, InterruptedException {
        EncodedQuery query = EncodedQuery.where("user", user).and(EncodedQuery.where("group", group));
        return readable("sys_user_grmember", query, List.of("user", "group")).stream()
                .anyMatch(row ->
                        row.value("user").equals(user) && row.value("group").equals(group));
    }

    private List<Row> readable(String table, EncodedQuery query, List<String> fields)
            throws ServiceNowException, InterruptedException {
        try {
            return tables.query(table, query, fields, 2).rows();
        } catch (ServiceNowException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    private static ServiceNowException none(String name, List<String> lineage, List<Row> named, List<Row> active) {
        String why = named.isEmpty()
                ? "there is no such template for " + String.join(" or ", lineage)
                        + " that the account may see; check the name, and the account's right to read sys_template."
                : active.isEmpty()
                        ? "the template is not active."
                        : "the template belongs to another user or group; make it global, or give the account's own.";
        return Candidates.error(Kind.NOT_FOUND, TABLE, "formTemplate: '" + name + "': " + why);
    }
}
