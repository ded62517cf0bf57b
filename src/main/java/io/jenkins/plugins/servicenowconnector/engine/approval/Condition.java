package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One field compared with what is wanted of it; case counts.
 *
 * <p>A bare field name matches by the stored value or by the display value, {@code !=} as well as {@code not in} are the
 * exact negation of that. An empty wanted value means that nothing is stored in the field.
 */
public final class Condition implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Set<String> KEYS = Set.of("field", "operator", "value");

    private final FieldName field;
    private final Operator operator;
    private final List<String> wanted;

    private Condition(FieldName field, Operator operator, List<String> wanted) {
        this.field = field;
        this.operator = operator;
        this.wanted = List.copyOf(wanted);
    }

    /**
     * Reads a condition from its three parts.
     *
     * @param where what the user calls the place, such as {@code approvalCriteria condition 2}
     * @param field {@code state}, {@code state.value}, {@code cmdb_ci.name}, {@code cmdb_ci.name.displayValue}
     * @param operator {@code =} (also if null or blank), {@code !=}, {@code in}, {@code not in}
     * @param value a text, number or boolean, for {@code in} also a list of them; null or blank means "is empty"
     * @throws ServiceNowException bad input
     */
    public static Condition parse(String where, String field, String operator, Object value)
            throws ServiceNowException {
        FieldName name = FieldName.parse(where, field);
        String here = where + " (" + name + ")";
        Operator how = Operator.parse(here, operator);
        return new Condition(name, how, WantedValues.of(here, how, value));
    }

    /**
     * Reads a condition from a map with {@code field}, {@code operator}, {@code value}.
     *
     * @throws ServiceNowException bad input, also for any other key
     */
    public static Condition parse(String where, Map<String, ?> parts) throws ServiceNowException {
        if (parts == null) {
            throw ServiceNowException.badInput(where, "is null: give field, operator, value.");
        }
        for (String key : parts.keySet()) {
            if (!KEYS.contains(key)) {
                throw ServiceNowException.badInput(
                        where, "has the unknown key " + OneLine.quoted(key) + ": use field, operator, value.");
            }
        }
        return parse(where, text(where, parts, "field"), text(where, parts, "operator"), parts.get("value"));
    }

    private static String text(String where, Map<String, ?> parts, String key) throws ServiceNowException {
        Object part = parts.get(key);
        if (part == null || part instanceof CharSequence) {
            return part == null ? null : part.toString();
        }
        throw ServiceNowException.badInput(where, "needs a text as " + key + ".");
    }

    /**
     * The text for a list of values that {@link #parse} takes apart again, for places that hold only text.
     *
     * @throws ServiceNowException bad input, if an item is neither text nor number nor boolean
     */
    public static String listText(String where, List<?> values) throws ServiceNowException {
        return ValueList.format(WantedValues.of(where, Operator.IN, values));
    }

    /**
     * The items of a list that is written as text.
     *
     * @throws ServiceNowException bad input, if a quote is not closed or an item is missing
     */
    public static List<String> listValues(String where, String text) throws ServiceNowException {
        return ValueList.parse(where, text);
    }

    /** The field to ask ServiceNow for. */
    public String field() {
        return field.name();
    }

    /** Compares; the ticket must have the field. */
    Finding check(Ticket ticket) {
        FieldValue held = field.in(ticket);
        boolean found = wanted.stream().anyMatch(one -> matches(held, one));
        return new Finding(toString(), field.name(), held.value(), held.displayValue(), found != operator.isNegated());
    }

    private boolean matches(FieldValue held, String one) {
        return switch (field.kind()) {
            case VALUE -> held.value().equals(one);
            case DISPLAY_VALUE -> held.displayValue().equals(one);
            // a reference without a readable name has an empty display value, yet it is not empty
            case EITHER ->
                held.value().equals(one)
                        || (!one.isEmpty() && held.displayValue().equals(one));
        };
    }

    /** The condition as it would be written on one line. */
    @Override
    public String toString() {
        if (wanted.equals(List.of(""))) {
            return field + (operator.isNegated() ? " is not empty" : " is empty");
        }
        return field + " " + operator + " "
                + OneLine.of(operator.takesList() ? ValueList.format(wanted) : wanted.get(0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition that
                && field.equals(that.field)
                && operator == that.operator
                && wanted.equals(that.wanted);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * field.hashCode() + operator.ordinal()) + wanted.hashCode();
    }
}
