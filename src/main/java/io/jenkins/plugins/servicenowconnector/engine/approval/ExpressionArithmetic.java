package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import java.lang.reflect.Array;
import java.math.MathContext;
import java.util.regex.Pattern;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlOperator;

/**
 * How expressions compare, where JEXL's own ways would open a gate by mistake.
 *
 * <p>JEXL reads an empty text as the number 0, which is the state Review, or as false. Here a text equals a number or a
 * boolean only if it reads as one. JEXL takes a text on the right of {@code =~} as a regular expression, whose cost has no
 * bound; here the right side is always a list.
 */
final class ExpressionArithmetic extends JexlArithmetic {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?");

    ExpressionArithmetic() {
        super(true);
    }

    /** Options never change how we compare. */
    @Override
    protected JexlArithmetic createWithOptions(boolean strict, MathContext context, int scale) {
        return this;
    }

    @Override
    public boolean equals(Object left, Object right) {
        return comparable(left, right) && comparable(right, left) && super.equals(left, right);
    }

    @Override
    public boolean strictEquals(Object left, Object right) {
        return comparable(left, right) && comparable(right, left) && super.strictEquals(left, right);
    }

    @Override
    protected int compare(Object left, Object right, JexlOperator operator) {
        if (!comparable(left, right) || !comparable(right, left)) {
            throw new ArithmeticException(
                    "the text " + OneLine.quoted(String.valueOf(left instanceof Number ? right : left))
                            + " is no number to compare with");
        }
        return super.compare(left, right, operator);
    }

    private static boolean comparable(Object one, Object other) {
        if (!(one instanceof CharSequence text)) {
            return true;
        }
        if (other instanceof Number) {
            return NUMBER.matcher(text).matches();
        }
        return !(other instanceof Boolean)
                || text.toString().equals("true")
                || text.toString().equals("false");
    }

    /** Only true and false may be joined by and, or, not: JEXL takes any other text for true. */
    @Override
    public boolean toBoolean(Object value) {
        return truth(value);
    }

    @Override
    protected boolean toBoolean(boolean strict, Object value) {
        return truth(value);
    }

    @Override
    public boolean testPredicate(Object value) {
        return truth(value);
    }

    private static boolean truth(Object value) {
        if ("true".equals(value) || "false".equals(value)) {
            return "true".equals(value);
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new ArithmeticException(OneLine.quoted(String.valueOf(value)) + " is neither true nor false");
    }

    /** Joins texts, as far as they stay short; two numbers are added. */
    @Override
    public Object add(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return super.add(left, right);
        }
        String text = String.valueOf(left) + right;
        if (text.length() > ExpressionContext.LONGEST_TEXT) {
            throw new ArithmeticException(
                    "a joined text is longer than " + ExpressionContext.LONGEST_TEXT + " characters");
        }
        return text;
    }

    /** Whether a list holds the value, each element compared as by {@code ==}. */
    @Override
    public Boolean contains(Object container, Object value) {
        if (container == null || !container.getClass().isArray()) {
            throw new ArithmeticException("the right side of =~ is no list");
        }
        for (int i = 0; i < Array.getLength(container); i++) {
            if (equals(value, Array.get(container, i))) {
                return true;
            }
        }
        return false;
    }
}
