package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the version of a standard change template that a new change is to be made from, through the Table API: the Change API
 * drops description and identity (servicenow-rest §3.3, §14).
 */
final class StandardTemplates {

    /** The field of a change that leads to the version. */
    static final String FIELD = "std_change_producer_version";

    private static final String TABLE = "std_change_producer_version";
    private static final String TEMPLATE = "std_change_producer";
    private static final String NAME = TEMPLATE + ".name";
    private static final String ACTIVE = TEMPLATE + ".active";

    /** A template gets a version with each revision. */
    private static final int MOST = 1000;

    private final TableApi tables;

    StandardTemplates(TableApi tables) {
        this.tables = tables;
    }

    /**
     * The newest version.
     *
     * @param name name or sys_id of the template
     * @param lines takes which version it is
     * @return the version's sys_id
     */
    String newest(String name, List<String> lines) throws ServiceNowException, InterruptedException {
        List<Row> versions = versions(name);
        List<String> templates =
                versions.stream().map(row -> row.value(TEMPLATE)).distinct().toList();
        if (templates.size() > 1) {
            throw Candidates.error(
                    Kind.AMBIGUOUS,
                    TABLE,
                    "changeTemplate: there is more than one active standard change template '" + name + "': "
                            + Candidates.list(templates) + ". Rename one in ServiceNow, or give its sys_id.");
        }
        Row newest = versions.stream()
                .max(Comparator.comparing(StandardTemplates::version))
                .orElseThrow(() -> none(name));
        lines.add("Standard change template '" + newest.value(NAME) + "', version " + newest.value("version") + ".");
        return newest.value("sys_id");
    }

    /** What cannot be compared with the name asked for does not count: the condition may have been dropped (§1.5). */
    private List<Row> versions(String name) throws ServiceNowException, InterruptedException {
        String key = RecordLookup.isSysId(name) ? TEMPLATE : NAME;
        List<String> fields = List.of("sys_id", "name", "version", TEMPLATE, NAME, ACTIVE);
        return tables.query(TABLE, EncodedQuery.where(key, name), fields, MOST).rows().stream()
                .filter(row -> row.value(key).equalsIgnoreCase(name))
                .filter(row -> !row.value(ACTIVE).equals("false"))
                .toList();
    }

    private static long version(Row row) {
        String version = row.value("version");
        return version.matches("\\d{1,9}") ? Long.parseLong(version) : -1;
    }

    private static ServiceNowException none(String name) {
        return Candidates.error(
                Kind.NOT_FOUND,
                TABLE,
                "changeTemplate: there is no active standard change template '" + name + "' with a published version"
                        + " that the account may see; check the name, and give the account the right to read"
                        + " std_change_producer_version and std_change_record_producer.");
    }
}
