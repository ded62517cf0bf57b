package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a condition wants, read from what a user may give as its value. */
final class WantedValues {

    private static final int LONGEST = 4_000;
    private static final int MOST = 500;

    private WantedValues() {}

    /**
     * The wanted texts, at least one; an empty one stands for an empty field.
     *
     * @param where what the user calls the place, for the error
     */
    static List<String> of(String where, Operator operator, Object value) throws ServiceNowException {
        if (value instanceof Collection<?> values) {
            return ofList(where, operator, values);
        }
        String text = text(where, value);
        if (text.isBlank()) {
            return List.of("");
        }
        return operator.takesList() ? checked(where, ValueList.parse(where, text)) : List.of(text);
    }

    private static List<String> ofList(String where, Operator operator, Collection<?> values)
            throws ServiceNowException {
        if (!operator.takesList()) {
            throw ServiceNowException.badInput(where, "has a list as value: only in as well as not in take one.");
        }
        if (values.isEmpty()) {
            throw ServiceNowException.badInput(where, "has an empty list as value; give '' for an empty field.");
        }
        List<String> texts = new ArrayList<>();
        for (Object one : values) {
            if (one == null) {
                throw ServiceNowException.badInput(where, "has null in its list; give '' for an empty field.");
            }
            String text = text(where, one);
            texts.add(text.isBlank() ? "" : text);
        }
        return checked(where, texts);
    }

    private static List<String> checked(String where, List<String> texts) throws ServiceNowException {
        if (texts.size() > MOST) {
            throw ServiceNowException.badInput(where, "lists more than " + MOST + " values.");
        }
        for (String text : texts) {
            text(where, text);
        }
        return texts;
    }

    private static String text(String where, Object value) throws ServiceNowException {
        String text = plain(where, value);
        if (text.length() > LONGEST) {
            throw ServiceNowException.badInput(where, "has a value of more than " + LONGEST + " characters.");
        }
        if (text.equals("null")) {
            // "${params.X}" of an unset parameter; with != it would hold for every ticket
            throw ServiceNowException.badInput(
                    where, "has the text null as value, as if a variable were not set; give '' for an empty field.");
        }
        return text;
    }

    private static String plain(String where, Object value) throws ServiceNowException {
        if (value == null) {
            return "";
        }
        if (value instanceof CharSequence || value instanceof Boolean || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return number(where, number);
        }
        throw ServiceNowException.badInput(
                where,
                "has a value that is neither text nor number nor a list of them: it is a "
                        + value.getClass().getSimpleName() + ".");
    }

    private static String number(String where, Number number) throws ServiceNowException {
        if (number instanceof BigDecimal decimal) {
            return Math.abs(decimal.scale()) <= LONGEST ? decimal.toPlainString() : decimal.toString();
        }
        if (number instanceof Double || number instanceof Float) {
            double real = number.doubleValue();
            if (Double.isNaN(real) || Double.isInfinite(real)) {
                throw ServiceNowException.badInput(where, "has a value that is no number.");
            }
            return new BigDecimal(number.toString()).toPlainString();
        }
        return number.toString();
    }
}
