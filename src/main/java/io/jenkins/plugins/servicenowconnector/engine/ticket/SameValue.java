package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether a field holds what was sent, in whatever form ServiceNow gives it back (servicenow-rest §1.4, §1.7). */
final class SameValue {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,10})?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d(:\\d\\d)?)?");
    private static final Map<String, String> TRUTHS =
            Map.of("true", "true", "1", "true", "false", "false", "0", "false");

    private SameValue() {}

    static boolean test(String sent, FieldValue stored) {
        String wanted = plain(sent);
        String value = plain(stored.value());
        // a reference or a choice is sent by name and comes back as the name is spelt there
        return wanted.equals(value)
                || wanted.equalsIgnoreCase(plain(stored.displayValue()))
                || isSameTruth(wanted, value)
                || isSameNumber(wanted, value)
                || isSameMoment(wanted, value)
                || isSameList(wanted, value)
                || isSameList(wanted.toLowerCase(Locale.ROOT), lowDisplay(stored));
    }

    /** Whether the stored text is the beginning of the one that was sent. */
    static boolean isShortened(String sent, FieldValue stored) {
        String value = plain(stored.value());
        boolean isText =
                stored.displayValue().isEmpty() || stored.displayValue().equals(stored.value());
        return isText && !value.isEmpty() && !isNumber(value) && plain(sent).startsWith(value);
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    static boolean isDate(String text) {
        return DATE.matcher(text).matches();
    }

    /** ServiceNow drops surrounding spaces, and has its own idea of where a line ends. */
    static String plain(String text) {
        return text.replaceAll("\\r\\n?", "\n").trim();
    }

    private static boolean isSameTruth(String wanted, String value) {
        String low = wanted.toLowerCase(Locale.ROOT);
        boolean isTruth = TRUTHS.containsKey(low) && TRUTHS.containsKey(value);
        return isTruth && TRUTHS.get(low).equals(TRUTHS.get(value));
    }

    private static boolean isSameNumber(String wanted, String value) {
        return isNumber(wanted) && isNumber(value) && new BigDecimal(wanted).compareTo(new BigDecimal(value)) == 0;
    }

    private static boolean isSameMoment(String wanted, String value) {
        return isDate(wanted) && isDate(value) && whole(wanted).equals(whole(value));
    }

    private static String whole(String date) {
        return switch (date.length()) {
            case 10 -> date + " 00:00:00";
            case 16 -> date + ":00";
            default -> date;
        };
    }

    /** The order of a list is ServiceNow's own. */
    private static boolean isSameList(String wanted, String value) {
        return wanted.contains(",") && Arrays.equals(parts(wanted), parts(value));
    }

    private static String[] parts(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .sorted()
                .distinct()
                .toArray(String[]::new);
    }

    private static String lowDisplay(FieldValue stored) {
        return plain(stored.displayValue()).toLowerCase(Locale.ROOT);
    }
}
