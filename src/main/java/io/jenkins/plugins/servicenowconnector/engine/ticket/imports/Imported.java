package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Doubt;
import java.io.Serializable;
import java.util.List;

/**
 * What became of rows for a staging table.
 *
 * @param outcomes in the order of the rows, one for each transform map that ran; one without a status where none did
 * @param rows how many rows there were
 * @param answered how many of them, from the first, got an answer
 * @param failure why it ended before the last one; null if all were answered
 */
public record Imported(List<ImportOutcome> outcomes, int rows, int answered, ServiceNowException failure)
        implements Serializable {

    /** Nothing has been sent yet. */
    public static final Imported NOTHING = new Imported(List.of(), 0, 0, null);

    /** So many are named in an error; all of them stand in the log. */
    private static final int NAMED = 5;

    public Imported {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether the rest may be sent later: what keeps it from being sent passes by itself, and no row is in doubt. */
    public boolean mayGoOn() {
        return failure != null && failure.isPassing() && !isInDoubt();
    }

    /** Whether a row may have arrived without an answer. */
    public boolean isInDoubt() {
        return failure != null && Doubt.remains(failure);
    }

    /**
     * Raises an error if a row was not sent, not answered or not transformed.
     *
     * @throws ServiceNowException {@link Kind#OUTCOME_UNKNOWN} for a row in doubt, {@link Kind#NOT_TAKEN} for rows that failed
     *     in their transform, else what kept a row from being sent
     */
    public void check() throws ServiceNowException {
        if (isInDoubt()) {
            throw new ServiceNowException(Kind.OUTCOME_UNKNOWN, doubt(), failure.facts());
        }
        if (failure != null && rows > 1) {
            throw new ServiceNowException(failure.kind(), failure.sentence() + " " + unsent() + bad(), failure.facts());
        }
        if (failure != null) {
            throw failure;
        }
        if (outcomes.stream().anyMatch(each -> !each.isGood())) {
            throw new ServiceNowException(
                    Kind.NOT_TAKEN, "ServiceNow took the rows but not all were transformed." + bad(), Facts.NONE);
        }
    }

    private String doubt() {
        return "Whether row " + (answered + 1) + " of " + rows + " was imported is unknown: " + failure.sentence() + " "
                + (rows > 1 ? unsent() : "")
                + "It is not sent again by itself; if the transform map has a coalesce field,"
                + " running this again makes no second record." + bad();
    }

    /** Which rows were answered, which was the one that failed, which were not sent. */
    private String unsent() {
        String before = answered == 0 ? "" : "Rows 1 to " + answered + " were sent and answered. ";
        int first = answered + 2;
        String after = first > rows ? "" : "Rows " + first + " to " + rows + " were not sent. ";
        String failed = isInDoubt() ? "" : "Row " + (answered + 1) + " was not imported. ";
        return before + failed + after;
    }

    private String bad() {
        List<ImportOutcome> bad =
                outcomes.stream().filter(each -> !each.isGood()).toList();
        StringBuilder text = new StringBuilder();
        bad.stream()
                .limit(NAMED)
                .forEach(each -> text.append(' ').append(each.sentence()).append('.'));
        return bad.size() <= NAMED ? text.toString() : text + " And " + (bad.size() - NAMED) + " more.";
    }
}
