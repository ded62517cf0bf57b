package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.io.Serializable;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlInfo;

/**
 * A condition in Apache Commons JEXL that sees nothing but the ticket.
 *
 * <p>Three fences, each of which would hold alone against what we know: {@link ExpressionEngine} asks JEXL for the least
 * of its language with its tightest permissions; {@link ExpressionText} lets only a few signs reach its parser, whose time grows exponentially with some
 * nested brackets; {@link ExpressionRules} lets only known kinds of nodes through.
 */
final class Expression implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String where;
    private final String source;
    private final String jexl;
    private final Set<String> fields;

    private Expression(String where, String source, String jexl, Set<String> fields) {
        this.where = where;
        this.source = source;
        this.jexl = jexl;
        this.fields = fields;
    }

    /**
     * Reads an expression, JEXL or JEXL with Harness' {@code <+…>} marks.
     *
     * @param where what the user calls the place, for errors
     * @throws ServiceNowException bad input, with line, column
     */
    static Expression parse(String where, String source) throws ServiceNowException {
        String jexl = ExpressionText.read(where, source);
        try {
            Set<String> fields = ExpressionRules.check(where, jexl, ExpressionEngine.compile(jexl));
            return new Expression(where, source.strip(), jexl, fields);
        } catch (JexlException e) {
            throw ServiceNowException.badInput(where, "is not understood: " + said(jexl, e) + ".");
        } catch (StackOverflowError e) {
            throw ServiceNowException.badInput(where, "is nested too deeply.");
        }
    }

    /** The fields to ask ServiceNow for. */
    Set<String> fields() {
        return fields;
    }

    /**
     * Whether it holds for a ticket that has all {@link #fields()}.
     *
     * @throws ServiceNowException bad input, if it fails or does not come to true or false; timeout, if it takes too long
     */
    boolean holds(Ticket ticket) throws ServiceNowException {
        return holds(ticket, System::nanoTime);
    }

    boolean holds(Ticket ticket, LongSupplier clock) throws ServiceNowException {
        Object result = evaluateTwiceIfLate(ticket, clock);
        if (result instanceof Boolean holds) {
            return holds;
        }
        throw ServiceNowException.badInput(
                where,
                "must come to true or false, but came to "
                        + (result == null ? "nothing" : OneLine.quoted(result.toString())) + ".");
    }

    /** A busy machine can stop us for as long as an expression may take, but hardly twice in a row. */
    private Object evaluateTwiceIfLate(Ticket ticket, LongSupplier clock) throws ServiceNowException {
        try {
            return evaluate(ticket, clock);
        } catch (JexlException.Cancel first) {
            try {
                return evaluate(ticket, clock);
            } catch (JexlException.Cancel second) {
                throw new ServiceNowException(
                        Kind.TIMEOUT,
                        where + " was cancelled: it was interrupted, or took more than "
                                + ExpressionContext.LONGEST.toMillis() + " ms and should be simplified.",
                        Facts.NONE);
            }
        }
    }

    private Object evaluate(Ticket ticket, LongSupplier clock) throws ServiceNowException {
        JexlExpression ready = ExpressionEngine.compile(jexl);
        ExpressionContext context = ExpressionContext.of(where, ticket, fields, clock);
        try {
            return ready.evaluate(context);
        } catch (JexlException.Cancel e) {
            if (!context.isLate()) {
                // JEXL takes the interruption of the thread for its own
                Thread.currentThread().interrupt();
            }
            throw e;
        } catch (JexlException e) {
            throw ServiceNowException.badInput(
                    where, "cannot be worked out for " + Judge.name(ticket) + ": " + said(jexl, e) + ".");
        }
    }

    /** What JEXL says, with the place it says it of. */
    private static String said(String jexl, JexlException e) {
        String message = String.valueOf(e.getMessage());
        JexlInfo info = e.getInfo();
        if (info == null) {
            return OneLine.of(message);
        }
        String prefix = info.toString();
        String what = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        String cause =
                e.getCause() instanceof ArithmeticException ? e.getCause().getMessage() : what.strip();
        return OneLine.of(cause) + " at " + ExpressionText.place(jexl, info);
    }

    /** The expression as the user wrote it. */
    @Override
    public String toString() {
        return OneLine.of(source);
    }
}
