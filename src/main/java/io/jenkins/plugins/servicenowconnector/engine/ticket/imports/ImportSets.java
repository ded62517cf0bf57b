package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.ImportSetApi;
import io.jenkins.plugins.servicenowconnector.engine.rest.ImportSetApi.ImportAnswer;
import io.jenkins.plugins.servicenowconnector.engine.rest.ImportSetApi.TransformAnswer;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NoTimeLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts rows into staging tables: one request a row, in order, and no row a second time.
 *
 * <p>It waits for nothing itself; whoever has time left runs it again with what it has come to.
 */
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
     * @param before how far an earlier run came: its answered rows are not sent again, nor is one in doubt; for a first run
     *     {@link Imported#NOTHING}
     * @param each is told every outcome as soon as it is known
     * @param isTimeUp asked before each row but the first of this run
     * @return what became of the rows; {@link Imported#check} raises an error if anything is wrong
     */
    public Imported run(ImportRows order, Imported before, Consumer<ImportOutcome> each, BooleanSupplier isTimeUp)
            throws InterruptedException {
        if (before.failure() != null && !before.mayGoOn()) {
            return before;
        }
        List<ImportOutcome> outcomes = new ArrayList<>(before.outcomes());
        int count = order.rows().size();
        for (int i = before.answered(); i < count; i++) {
            if (i > before.answered() && isTimeUp.getAsBoolean()) {
                return new Imported(outcomes, count, i, NoTimeLeft.failure());
            }
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
