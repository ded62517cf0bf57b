package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A condition written on one line: field, operator, value. */
final class ConditionLine {

    private static final Pattern LINE =
            Pattern.compile("\\s*([\\w.]+)(?:\\s*(!=|=(?!=))|\\s+(not\\s+in|in)(?=\\s|$))\\s*(.*?)\\s*");

    private ConditionLine() {}

    /**
     * Takes the line apart.
     *
     * @param where what the user calls the place, for the error
     */
    static Condition parse(String where, String line) throws ServiceNowException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw ServiceNowException.badInput(
                    where,
                    "is " + OneLine.quoted(line.strip()) + ": write field = value; !=, in and not in are known too.");
        }
        String operator = parts.group(2) == null ? parts.group(3) : parts.group(2);
        return Condition.parse(where, parts.group(1), operator, parts.group(4));
    }
}
