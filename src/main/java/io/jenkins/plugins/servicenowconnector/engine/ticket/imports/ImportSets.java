package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.ImportSetApi;
import io.jenkins.plugins.servicenowconnector.engine.rest.ImportSetApi.ImportAnswer;
import io.jenkins.plugins.servicenowconnector.engine.rest.ImportSetApi.TransformAnswer;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts rows into staging tables: one request a row, in order, and no row a second time. */
public final class ImportSets {

    /** Said where the list of outcomes is empty (servicenow-rest §2.1). */
    private static final String NONE_RAN =
            "no transform map answered: none is active for this staging table, it runs later, or the account may not"
                    + " see what came of it";

    /** The end of a record's address, which alone can be trusted: its host may be another one (§1.3). */
    private static final Pattern SYS_ID = Pattern.compile("(?:.*/)?([0-9a-f]{32})");

    private final ImportSetApi api;

    public ImportSets(Instance instance) {
        api = new ImportSetApi(instance);
    }

    /**
     * Sends the rows. It ends with the first that got no good answer; a row that fails in its transform ends nothing.
     *
     * @param order what to send
     * @param each is told every outcome as soon as it is known
     * @return what became of the rows; {@link Imported#check} raises an error if anything is wrong
     */
    public Imported run(ImportRows order, Consumer<ImportOutcome> each) throws InterruptedException {
        List<ImportOutcome> outcomes = new ArrayList<>();
        int count = order.rows().size();
        for (int i = 0; i < count; i++) {
            try {
                ImportAnswer answer =
                        api.insert(order.stagingTable(), order.rows().get(i));
                List<ImportOutcome> ofRow = outcomes(i + 1, order.stagingTable(), answer);
                outcomes.addAll(ofRow);
                ofRow.forEach(each);
            } catch (ServiceNowException e) {
                return new Imported(outcomes, count, i, e);
            }
        }
        return new Imported(outcomes, count, count, null);
    }

    private static List<ImportOutcome> outcomes(int row, String stagingTable, ImportAnswer answer) {
        if (answer.transforms().isEmpty()) {
            return List.of(
                    new ImportOutcome(row, answer.importSet(), stagingTable, "", "", "", "", "", "", NONE_RAN, ""));
        }
        return answer.transforms().stream()
                .map(each -> outcome(row, stagingTable, answer.importSet(), each))
                .toList();
    }

    private static ImportOutcome outcome(int row, String stagingTable, String importSet, TransformAnswer answer) {
        return new ImportOutcome(
                row,
                importSet,
                stagingTable,
                answer.map(),
                answer.status().toLowerCase(Locale.ROOT),
                answer.table(),
                sysId(answer),
                answer.displayName(),
                answer.displayValue(),
                answer.errorMessage(),
                answer.statusMessage());
    }

    private static String sysId(TransformAnswer answer) {
        Matcher matcher = SYS_ID.matcher(answer.sysId().isEmpty() ? answer.link() : answer.sysId());
        return matcher.matches() ? matcher.group(1) : "";
    }
}
