package io.jenkins.plugins.servicenowconnector.engine;

/** How text of a ticket is shown in a line of a log, which it must neither break nor fill. */
public final class OneLine {

    private static final int LONGEST = 200;

    private OneLine() {}

    /** The text on one line, cut where it is long; an empty one is named so. */
    public static String of(String text) {
        if (text.isEmpty()) {
            return "(empty)";
        }
        String line = text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** The text on one line between quotation marks. */
    public static String quoted(String text) {
        return '"' + (text.isEmpty() ? "" : of(text)) + '"';
    }

    /** What is stored, followed by what people read where that differs. */
    public static String both(String value, String displayValue) {
        return value.equals(displayValue) ? of(value) : of(value) + " (" + of(displayValue) + ")";
    }
}
