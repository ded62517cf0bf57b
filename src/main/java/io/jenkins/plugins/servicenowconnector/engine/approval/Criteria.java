package io.jenkins.plugins.servicenowconnector.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The test that a ticket is put to: conditions, an expression, or both, which then must both hold. */
public final class Criteria implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MOST = 100;

    private final String parameter;
    private final Match match;
    private final List<Condition> conditions;

    @CheckForNull
    private final Expression expression;

    private Criteria(String parameter, Match match, List<Condition> conditions, @CheckForNull Expression expression) {
        this.parameter = parameter;
        this.match = match;
        this.conditions = List.copyOf(conditions);
        this.expression = expression;
    }

    /**
     * Reads criteria from what a user gave.
     *
     * @param parameter what the user calls them, such as {@code approvalCriteria}
     * @param match {@code all} (also if null or blank) or {@code any}
     * @param conditions maps with {@code field}, {@code operator}, {@code value}; null means none
     * @param expression JEXL, only {@code ticket} visible; null or blank means none
     * @throws ServiceNowException bad input, which names the parameter with the place of the mistake
     */
    public static Criteria parse(
            String parameter, String match, List<? extends Map<String, ?>> conditions, String expression)
            throws ServiceNowException {
        List<Condition> read = new ArrayList<>();
        if (conditions != null) {
            for (Map<String, ?> one : conditions) {
                read.add(Condition.parse(place(parameter, read.size() + 1), one));
            }
        }
        return of(parameter, match, read, expression);
    }

    /**
     * Reads criteria from conditions that are read already.
     *
     * @throws ServiceNowException bad input, as {@link #parse}
     */
    public static Criteria of(String parameter, String match, List<Condition> conditions, String expression)
            throws ServiceNowException {
        Match how = Word.parse(parameter + " match", match, Match.values());
        boolean bare = expression == null || expression.isBlank();
        if (conditions.isEmpty() && bare) {
            throw ServiceNowException.badInput(parameter, "is empty: give conditions, an expression, or both.");
        }
        if (conditions.size() > MOST) {
            throw ServiceNowException.badInput(parameter, "has more than " + MOST + " conditions.");
        }
        return new Criteria(
                parameter, how, conditions, bare ? null : Expression.parse(parameter + " expression", expression));
    }

    /**
     * Reads criteria that must all hold from text, a condition on each line: {@code cmdb_ci.name = payments-prod}.
     *
     * @param text null or blank gives null, as nobody asks for anything
     * @throws ServiceNowException bad input, which names the parameter with the line
     */
    @CheckForNull
    public static Criteria parseLines(String parameter, String text) throws ServiceNowException {
        List<Condition> read = new ArrayList<>();
        int line = 0;
        for (String one : text == null ? new String[0] : text.split("\\R")) {
            line++;
            if (!one.isBlank()) {
                read.add(ConditionLine.parse(parameter + " line " + line, one));
            }
        }
        return read.isEmpty() ? null : of(parameter, "all", read, null);
    }

    /** What the condition at this position, counted from 1, is called in errors. */
    public static String place(String parameter, int position) {
        return parameter + " condition " + position;
    }

    /** The fields to ask ServiceNow for, dot-walked ones included. */
    public Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        conditions.forEach(condition -> fields.add(condition.field()));
        if (expression != null) {
            fields.addAll(expression.fields());
        }
        return Collections.unmodifiableSet(fields);
    }

    /**
     * Puts a ticket to the test.
     *
     * @throws ServiceNowException not found, if the ticket lacks a field that is named here; bad input, if the expression
     *     fails; timeout, if it takes too long
     */
    public Verdict check(Ticket ticket) throws ServiceNowException {
        for (String field : fields()) {
            require(parameter, ticket, field);
        }
        List<Finding> findings = new ArrayList<>();
        conditions.forEach(condition -> findings.add(condition.check(ticket)));
        boolean met = conditions.isEmpty()
                || (match == Match.ALL
                        ? findings.stream().allMatch(Finding::met)
                        : findings.stream().anyMatch(Finding::met));
        if (expression != null) {
            boolean holds = expression.holds(ticket);
            findings.add(new Finding(expression.toString(), "", "", "", holds));
            met &= holds;
        }
        return new Verdict(parameter, met, findings);
    }

    /** Refuses a ticket that lacks a field, which no later look will mend. */
    static void require(String parameter, Ticket ticket, String field) throws ServiceNowException {
        if (!ticket.has(field)) {
            throw new ServiceNowException(
                    ServiceNowException.Kind.NOT_FOUND,
                    parameter + " names the field " + field + ", which is not in ServiceNow's answer: " + ticket.table()
                            + " has no such field, or the connector's user may not read it.",
                    Facts.NONE);
        }
    }

    /** What the user calls these criteria. */
    public String parameter() {
        return parameter;
    }

    /** The criteria on one line, for a log. */
    public String describe() {
        String joint = match == Match.ALL ? " and " : " or ";
        String text = conditions.stream().map(Condition::toString).collect(Collectors.joining(joint));
        if (expression == null) {
            return text;
        }
        boolean brackets = match == Match.ANY && conditions.size() > 1;
        String before = brackets ? "(" + text + ")" : text;
        return conditions.isEmpty() ? expression.toString() : before + " and " + expression;
    }

    @Override
    public String toString() {
        return parameter + ": " + describe();
    }
}
