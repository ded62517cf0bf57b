package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What names, numbers and keys may look like.
 *
 * <p>They become part of addresses and encoded queries, where a stray {@code ^OR…} or {@code javascript:…} would change what is
 * asked (servicenow-rest §1.5); so anything unusual is refused here, before any call.
 */
public final class Syntax {

    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,79}");
    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}");
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");
    private static final Pattern DOTTED_FIELD = Pattern.compile(FIELD + "(\\." + FIELD + "){0,5}");

    private Syntax() {}

    /** A table's name, returned in lower case. */
    public static String table(String parameter, String text) throws ServiceNowException {
        String name = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        return check(TABLE, parameter, name, "a table's name such as change_request (letters, digits and underscores)");
    }

    /** A record's number such as {@code CHG0030001}, returned without surrounding spaces. */
    public static String number(String parameter, String text) throws ServiceNowException {
        return check(NUMBER, parameter, text == null ? "" : text.strip(), "a record's number such as CHG0030001");
    }

    /** Whether this is a record's key in the form in which it is stored: 32 hex digits in lower case. */
    public static boolean isSysId(String text) {
        return SYS_ID.matcher(text).matches();
    }

    /** A record's key of 32 hex digits, returned in lower case. */
    public static String sysId(String parameter, String text) throws ServiceNowException {
        String key = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        return check(SYS_ID, parameter, key, "a sys_id of 32 hex digits");
    }

    /** The name of a field that is written: no dots. */
    public static String field(String parameter, String text) throws ServiceNowException {
        return check(FIELD, parameter, text == null ? "" : text.strip(), "a field's name such as short_description");
    }

    /** The name of a field that is read: dots lead to fields of other records. */
    public static String readField(String parameter, String text) throws ServiceNowException {
        return check(
                DOTTED_FIELD,
                parameter,
                text == null ? "" : text.strip(),
                "a field's name such as state or cmdb_ci.name");
    }

    private static String check(Pattern pattern, String parameter, String text, String expected)
            throws ServiceNowException {
        if (text.isEmpty()) {
            throw ServiceNowException.badInput(parameter, "must not be blank; give " + expected + ".");
        }
        if (!pattern.matcher(text).matches() || text.equalsIgnoreCase("null")) {
            throw ServiceNowException.badInput(parameter, "is '" + shown(text) + "', which is not " + expected + ".");
        }
        return text;
    }

    private static String shown(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() <= 60 ? safe : safe.substring(0, 60) + "…";
    }
}
