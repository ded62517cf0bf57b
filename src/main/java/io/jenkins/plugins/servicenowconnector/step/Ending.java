package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.engine.approval.OnNotRun;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What a user chose for the end of a wait that brings no approval.
 *
 * @param buildResult the name of the result that the build ends with
 * @param onNotRun what becomes of the change; null if that depends on who created it
 * @param returnsOutcome whether the Pipeline gets the outcome instead, and goes on
 */
record Ending(String buildResult, OnNotRun onNotRun, boolean returnsOutcome) implements Serializable {

    static final String USUAL_RESULT = Result.ABORTED.toString();

    /** Not SUCCESS: a deployment that nobody has approved must not look like one that was made. */
    static final List<String> OTHER_RESULTS =
            List.of(Result.FAILURE.toString(), Result.UNSTABLE.toString(), Result.NOT_BUILT.toString());

    /**
     * Reads what a user wrote; null stands for the default.
     *
     * @param table the tickets' table: only changes are canceled
     * @throws ServiceNowException bad input
     */
    static Ending of(String buildResult, String onNotRun, boolean returnsOutcome, String table)
            throws ServiceNowException {
        String result = buildResult == null ? USUAL_RESULT : buildResult.toUpperCase(Locale.ROOT);
        if (!result.equals(USUAL_RESULT) && !OTHER_RESULTS.contains(result)) {
            throw ServiceNowException.badInput(
                    "buildResult",
                    "cannot be '" + buildResult + "': use " + USUAL_RESULT + ", " + String.join(", ", OTHER_RESULTS)
                            + ".");
        }
        OnNotRun choice = OnNotRun.parse(onNotRun);
        if (choice == OnNotRun.CANCEL && !table.equals(LeftChange.TABLE)) {
            throw ServiceNowException.badInput(
                    "onNotRun", "cancels a change_request only, and this ticket is of the type " + table + ".");
        }
        return new Ending(result, choice, returnsOutcome);
    }

    /** The result that the build ends with. */
    Result result() {
        return Result.fromString(buildResult);
    }
}
