package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of an {@code in} condition as text: commas separate, quotes protect, two quotes inside quotes are one.
 *
 * <p>Blanks around an item do not count unless they are quoted. An empty item must be quoted, so that a comma too many
 * does not let empty fields pass.
 */
final class ValueList {

    private final String where;
    private final String text;
    private int at;

    private ValueList(String where, String text) {
        this.where = where;
        this.text = text;
    }

    /**
     * Takes the text apart.
     *
     * @param where what the user calls the place, for the error
     */
    static List<String> parse(String where, String text) throws ServiceNowException {
        return new ValueList(where, text).items();
    }

    /** The text that {@link #parse} takes apart into these items. */
    static String format(List<String> items) {
        List<String> parts = new ArrayList<>();
        for (String item : items) {
            boolean plain = !item.isEmpty() && item.equals(item.strip()) && item.indexOf(',') < 0;
            parts.add(plain && item.indexOf('"') < 0 ? item : '"' + item.replace("\"", "\"\"") + '"');
        }
        return String.join(", ", parts);
    }

    private List<String> items() throws ServiceNowException {
        List<String> items = new ArrayList<>();
        do {
            skipBlanks();
            items.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            skipBlanks();
        } while (nextComma());
        return items;
    }

    private boolean nextComma() throws ServiceNowException {
        if (at == text.length()) {
            return false;
        }
        if (text.charAt(at) != ',') {
            throw wrong("something between a closing quote and the comma");
        }
        at++;
        return true;
    }

    private String plain() throws ServiceNowException {
        int end = text.indexOf(',', at);
        String item = text.substring(at, end < 0 ? text.length() : end).strip();
        if (item.isEmpty()) {
            throw wrong("an empty item; write \"\" for an empty field");
        }
        if (item.indexOf('"') >= 0) {
            throw wrong("a quote inside an item; quote the whole item with each of its quotes twice");
        }
        at = end < 0 ? text.length() : end;
        return item;
    }

    private String quoted() throws ServiceNowException {
        StringBuilder item = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) != '"') {
                item.append(text.charAt(i));
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                item.append('"');
                i++;
            } else {
                at = i + 1;
                return item.toString();
            }
        }
        throw wrong("a quote that is not closed");
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private ServiceNowException wrong(String what) {
        return ServiceNowException.badInput(
                where, "has a list with " + what + ", at character " + (at + 1) + " of " + OneLine.quoted(text) + ".");
    }
}
