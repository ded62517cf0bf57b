package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.jexl3.JexlInfo;

/**
 * The text of an expression before JEXL sees it: measured, searched for signs that are never needed, rid of Harness' marks.
 *
 * <p>Lengths stay as they are, so that JEXL's columns are the user's. What stands in quotes is left alone.
 */
final class ExpressionText {

    static final int LONGEST = 4_000;
    static final int DEEPEST = 50;

    private static final int LONGEST_PATH = 300;

    /** No braces, semicolons, comments, regular expressions, templates, annotations: JEXL knows more signs than conditions need. */
    private static final String SIGNS = " \t\r\n.,()[]<>=!&|+-?:^$~_";

    /** All inside a mark that is no more than a path, which needs no brackets. */
    private static final Pattern PATH = Pattern.compile("\\s*ticket(\\s*\\.\\s*(\\w+|'[\\w.]+'|\"[\\w.]+\"))*\\s*");

    private static final Pattern TICKET = Pattern.compile("\\s*[!(]*\\s*ticket\\s*[.\\[].*", Pattern.DOTALL);

    private static final Pattern MARK = Pattern.compile("<\\+\\s*ticket\\s*[.\\[][^<>]*>");

    private final String where;
    private final char[] text;
    private final Deque<Integer> marks = new ArrayDeque<>();
    private int brackets;
    private int squares;

    private ExpressionText(String where, String source) {
        this.where = where;
        this.text = source.toCharArray();
    }

    /**
     * Turns what a user wrote into what JEXL reads.
     *
     * @param where what the user calls the place, for errors
     * @throws ServiceNowException bad input, with line, column
     */
    static String read(String where, String source) throws ServiceNowException {
        if (source.length() > LONGEST) {
            throw ServiceNowException.badInput(where, "is longer than " + LONGEST + " characters.");
        }
        return new ExpressionText(where, source.strip()).scan();
    }

    /** A place in the text that {@link #read} gave, in the user's lines with columns. */
    static String place(String jexl, JexlInfo info) {
        // JEXL does not count the blanks that a mark at the beginning leaves
        int indent = info.getLine() == 1 ? jexl.length() - jexl.stripLeading().length() : 0;
        return "line " + info.getLine() + ", column " + (info.getColumn() + indent);
    }

    private String scan() throws ServiceNowException {
        for (int i = 0; i < text.length; i++) {
            char sign = text[i];
            if (sign == '\'' || sign == '"') {
                i = endOfText(i);
            } else if (sign == '<' && i + 1 < text.length && text[i + 1] == '+') {
                openMark(i);
                i++;
            } else if (sign == '>' && !marks.isEmpty()) {
                closeMark(i);
            } else {
                check(i);
            }
        }
        if (!marks.isEmpty()) {
            throw wrong("a <+ without its >", marks.pop());
        }
        return new String(text);
    }

    private void check(int at) throws ServiceNowException {
        char sign = text[at];
        boolean word = sign < 128 && Character.isLetterOrDigit(sign);
        if (!word && SIGNS.indexOf(sign) < 0) {
            throw wrong("the sign " + OneLine.quoted(String.valueOf(sign)) + ", which conditions do not need,", at);
        }
        if (sign == '.' && at + 1 < text.length && text[at + 1] == '.') {
            throw wrong("a range", at);
        }
        if ((sign == '-' || sign == '=') && at + 1 < text.length && text[at + 1] == '>') {
            throw wrong("a function of its own", at);
        }
        count(sign, at);
    }

    private void count(char sign, int at) throws ServiceNowException {
        switch (sign) {
            case '(' -> brackets++;
            case ')' -> brackets--;
            case '[' -> squares++;
            case ']' -> squares--;
            default -> {
                return;
            }
        }
        if (brackets < 0 || squares < 0) {
            throw wrong("a closing bracket without an opening one", at);
        }
        if (brackets > DEEPEST) {
            throw wrong("more than " + DEEPEST + " brackets inside each other", at);
        }
        if (squares > 1) {
            // beyond this, JEXL's parser takes twice as long for each further one
            throw wrong("square brackets inside each other", at);
        }
    }

    private int endOfText(int start) throws ServiceNowException {
        for (int i = start + 1; i < text.length; i++) {
            if (text[i] == '\\') {
                i++;
            } else if (text[i] == text[start]) {
                checkText(start + 1, i);
                return i;
            }
        }
        throw wrong("a quote that is not closed", start);
    }

    /** Nobody compares with a mark itself: Harness puts in its value in quotes too, and here the text would never match. */
    private void checkText(int from, int to) throws ServiceNowException {
        Matcher mark = MARK.matcher(new String(text, from, to - from));
        if (mark.find()) {
            throw wrong(
                    OneLine.quoted(mark.group()) + " inside quotes, where it is a text only: write it without quotes,",
                    from - 1);
        }
    }

    private void openMark(int at) throws ServiceNowException {
        if (!marks.isEmpty()) {
            throw wrong("a <+ inside another", at);
        }
        marks.push(at);
    }

    private void closeMark(int at) throws ServiceNowException {
        int open = marks.pop();
        String inside = new String(text, open + 2, at - open - 2);
        if (!TICKET.matcher(inside).matches()) {
            throw ServiceNowException.badInput(
                    where,
                    "has " + OneLine.quoted("<+" + inside + ">")
                            + ": only <+ticket.…> is known here; compare with a value of the build in a condition,"
                            + " such as [field: 'u_branch', value: env.BRANCH_NAME].");
        }
        boolean path = inside.length() <= LONGEST_PATH && PATH.matcher(inside).matches();
        text[open] = path ? ' ' : '(';
        text[open + 1] = ' ';
        text[at] = path ? ' ' : ')';
    }

    private ServiceNowException wrong(String what, int at) {
        long line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            column = text[i] == '\n' ? 1 : column + 1;
            line += text[i] == '\n' ? 1 : 0;
        }
        return ServiceNowException.badInput(where, "has " + what + " at line " + line + ", column " + column + ".");
    }
}
